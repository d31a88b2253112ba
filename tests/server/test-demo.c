/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The demo, filled in at many moments: who is there, what today looks like, what must never be.
 * How it is served is in the test-api files.
 */

#include "config.h"

#include "rounds-appointment-repository.h"
#include "rounds-demo.h"
#include "rounds-json.h"
#include "rounds-meeting-repository.h"
#include "rounds-passwords.h"
#include "rounds-server-error.h"
#include "rounds-server-schema.h"
#include "rounds-test.h"
#include "rounds-test-sanitized.h"
#include "server-database.h"
#include "rounds-user-repository.h"
#include "rounds-wall-time.h"

/* Working days, weekends, the minutes around midnight, both DST changes of Berlin, a leap day. */
static const char *const moments[] = {
  "2026-11-23T09:02:00Z", "2026-11-22T13:30:00Z", "2026-11-23T22:58:00Z", "2026-11-23T23:00:00Z",
  "2026-11-23T23:04:00Z", "2026-03-29T00:59:00Z", "2026-10-25T01:30:00Z", "2028-02-29T12:00:00Z",
  "2026-12-31T22:45:00Z", "2026-07-06T05:00:00Z",
};

static gint64
parse_moment (const char *text)
{
  gint64 moment = 0;

  g_assert_true (rounds_time_from_rfc3339 (text, &moment));
  return moment;
}

static void
migrate (RoundsDb *db)
{
  g_assert_true (rounds_server_schema_migrate (db, NULL));
}

static RoundsDb *
open_empty (void)
{
  return server_database_open_filled ("schema", migrate);
}

static RoundsDb *
open_filled_at (const char *moment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = open_empty ();

  rounds_demo_fill (db, parse_moment (moment), &error);
  g_assert_no_error (error);
  return g_steal_pointer (&db);
}

static void
fill (RoundsDb *db)
{
  g_autoptr (GError) error = NULL;

  migrate (db);
  rounds_demo_fill (db, parse_moment (moments[0]), &error);
  g_assert_no_error (error);
}

/* At the first of the moments. */
static RoundsDb *
open_filled (void)
{
  return server_database_open_filled ("demo-at-first-moment", fill);
}

static gint64
ask_number (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

static RoundsUser *
find_account (RoundsDb *db, const char *name)
{
  g_autofree char *email = g_strconcat (name, "@example.org", NULL);
  g_autofree char *password_hash = NULL;
  g_autoptr (RoundsUser) user = NULL;
  g_autoptr (GError) error = NULL;

  rounds_user_repository_find_by_email (db, email, &user, &password_hash, &error);
  g_assert_no_error (error);
  g_assert_nonnull (user);
  g_assert_nonnull (password_hash);
  return g_steal_pointer (&user);
}

static void
test_accounts (void)
{
  static const struct
  {
    const char *name;
    RoundsRole role;
    gboolean elsewhere;
  } accounts[] = {
    { "doctor", ROUNDS_ROLE_DOCTOR, FALSE },    { "doctor2", ROUNDS_ROLE_DOCTOR, FALSE },
    { "desk", ROUNDS_ROLE_HOSPITAL, FALSE },    { "desk2", ROUNDS_ROLE_HOSPITAL, TRUE },
    { "admin", ROUNDS_ROLE_ADMIN, TRUE },       { "patient", ROUNDS_ROLE_PATIENT, FALSE },
    { "patient2", ROUNDS_ROLE_PATIENT, FALSE },
  };
  g_autoptr (RoundsDb) db = open_filled ();
  g_autoptr (RoundsUser) doctor = find_account (db, "doctor");
  g_autofree char *hash = NULL;
  gboolean outdated = TRUE;
  g_autoptr (RoundsUser) again = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (RoundsUser) user = find_account (db, accounts[i].name);

      g_assert_cmpint (user->role, ==, accounts[i].role);
      g_assert_cmpint (g_strcmp0 (user->hospital_id, doctor->hospital_id) != 0, ==,
                       accounts[i].elsewhere);
    }

  g_assert_true (
      rounds_user_repository_find_by_email (db, "DOCTOR@example.org", &again, &hash, NULL));
  g_assert_true (rounds_password_verify (hash, ROUNDS_DEMO_PASSWORD, &outdated));
  g_assert_false (outdated);
  g_assert_cmpint (ask_number (db, "SELECT count (*) FROM users WHERE role = 'doctor'"), >=, 3);
  g_assert_cmpint (ask_number (db, "SELECT count (*) FROM users WHERE role = 'patient'"), >=, 40);
  g_assert_cmpint (ask_number (db, "SELECT count (DISTINCT timezone) FROM hospitals"), ==, 2);
}

static void
test_every_status (void)
{
  g_autoptr (RoundsDb) db = open_filled ();

  g_assert_cmpint (ask_number (db, "SELECT count (DISTINCT status) FROM appointments"), ==,
                   ROUNDS_N_APPOINTMENT_STATUSES);
  g_assert_cmpint (ask_number (db, "SELECT count (DISTINCT status) FROM meetings"), ==,
                   ROUNDS_N_MEETING_STATUSES);
  g_assert_cmpint (ask_number (db, "SELECT count (DISTINCT type) FROM meetings"), ==, 3);
  g_assert_cmpint (ask_number (db, "SELECT count (*) FROM appointments"), >, 500);
}

/* What is true whenever the demo is started. */
static void
check_rules (RoundsDb *db, gint64 now)
{
  static const char *const never[] = {
    /* Two appointments at once, of a doctor and of a patient. */
    "SELECT count (*) FROM appointments a JOIN appointments b ON a.doctor_id = b.doctor_id"
    " AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
    " AND a.status <> 'cancelled' AND b.status <> 'cancelled'",
    "SELECT count (*) FROM appointments a JOIN appointments b ON a.patient_id = b.patient_id"
    " AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
    " AND a.status <> 'cancelled' AND b.status <> 'cancelled'",
    /* Somebody else's patient, doctor or department. */
    "SELECT count (*) FROM appointments a JOIN users u ON u.id IN (a.doctor_id, a.patient_id)"
    " WHERE u.hospital_id <> a.hospital_id",
    "SELECT count (*) FROM appointments a WHERE department NOT IN"
    " (SELECT name FROM hospital_departments d WHERE d.hospital_id = a.hospital_id)",
    /* Time that runs backwards. */
    "SELECT count (*) FROM appointments WHERE updated_at < created_at",
    "SELECT count (*) FROM appointments WHERE started_at < arrived_at OR ended_at < started_at"
    " OR updated_at < COALESCE (ended_at, started_at, arrived_at)",
    "SELECT count (*) FROM appointments WHERE arrived_at IS NULL"
    " AND status IN ('arrived', 'active', 'completed')",
    "SELECT count (*) FROM appointments WHERE started_at IS NULL"
    " AND status IN ('active', 'completed')",
    "SELECT count (*) FROM appointments WHERE (ended_at IS NULL) <> (status <> 'completed')",
    "SELECT count (*) FROM appointments WHERE arrived_at IS NOT NULL"
    " AND status IN ('requested', 'confirmed')",
    "SELECT count (*) FROM meetings WHERE updated_at < created_at OR ended_at < started_at",
    "SELECT count (*) FROM meetings WHERE (status = 'completed') <> (duration IS NOT NULL)",
    "SELECT count (*) FROM meetings WHERE (status IN ('active', 'completed'))"
    " <> (started_at IS NOT NULL)",
    /* Names that were written badly. */
    "SELECT count (*) FROM appointments WHERE trim (patient_full_name) <> patient_full_name",
  };
  g_autofree char *future = g_strdup_printf (
      "SELECT count (*) FROM appointments WHERE status IN ('completed', 'no-show')"
      " AND starts_at > %" G_GINT64_FORMAT
      " UNION ALL SELECT count (*) FROM meetings WHERE ended_at > %" G_GINT64_FORMAT,
      now, now);

  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_cmpint (ask_number (db, never[i]), ==, 0);
  g_assert_cmpint (ask_number (db, future), ==, 0);
}

/* The doctor's today, whatever day or hour it is. */
static void
check_today (RoundsDb *db, gint64 now)
{
  g_autoptr (RoundsUser) doctor = find_account (db, "doctor");
  g_autoptr (GPtrArray) appointments
      = rounds_appointment_repository_list_page (db, doctor, &ROUNDS_PAGE_ALL, NULL);
  g_autoptr (GPtrArray) meetings
      = rounds_meeting_repository_list_page (db, doctor, &ROUNDS_PAGE_ALL, NULL);
  RoundsTimeRange today = rounds_wall_time_day_of ("Europe/Berlin", now);
  guint n = 0, arrived = 0, virtual_arrived = 0, in_person = 0, soon = 0, n_meetings = 0;

  for (guint i = 0; i < appointments->len; i++)
    {
      const RoundsAppointment *a = g_ptr_array_index (appointments, i);

      if (!rounds_time_range_contains (today, a->starts_at))
        continue;
      n++;
      arrived += a->status == ROUNDS_APPOINTMENT_ARRIVED;
      virtual_arrived
          += a->status == ROUNDS_APPOINTMENT_ARRIVED && a->type == ROUNDS_APPOINTMENT_VIRTUAL;
      in_person += a->type == ROUNDS_APPOINTMENT_IN_PERSON;
      soon += a->status == ROUNDS_APPOINTMENT_CONFIRMED && a->type == ROUNDS_APPOINTMENT_VIRTUAL
              && ABS (a->starts_at - now) <= 20 * ROUNDS_MINUTE;
    }
  for (guint i = 0; i < meetings->len; i++)
    n_meetings += rounds_time_range_contains (
        today, ((const RoundsMeeting *)g_ptr_array_index (meetings, i))->scheduled_at);

  g_assert_cmpuint (n, >=, 5);
  g_assert_cmpuint (arrived, >=, 1);
  g_assert_cmpuint (virtual_arrived, >=, 1);
  g_assert_cmpuint (in_person, >=, 1);
  g_assert_cmpuint (soon, >=, 1);
  g_assert_cmpuint (n_meetings, >=, 2);
}

/* Of a table's rows, those that are tried. They come to the same on both databases and under
 * sanitizers, where each hospital takes a second: SQLite in the plain build has all, the others
 * two. */
static gsize
count_rows (gsize all)
{
  gboolean postgres = g_strcmp0 (g_getenv ("ROUNDS_TEST_DATABASE"), "postgres") == 0;

  return postgres || ROUNDS_TEST_SANITIZED ? 2 : all;
}

static void
test_any_moment (void)
{
  for (gsize i = 0; i < count_rows (G_N_ELEMENTS (moments)); i++)
    {
      g_autoptr (RoundsDb) db = open_filled_at (moments[i]);

      g_test_message ("%s", moments[i]);
      check_rules (db, parse_moment (moments[i]));
      check_today (db, parse_moment (moments[i]));
    }
}

static void
test_patients_apart (void)
{
  g_autoptr (RoundsDb) db = open_filled ();
  g_autoptr (RoundsUser) doctor = find_account (db, "doctor");
  g_autoptr (RoundsUser) patient = find_account (db, "patient");
  g_autoptr (RoundsUser) other = find_account (db, "patient2");
  g_autoptr (GPtrArray) own
      = rounds_appointment_repository_list_page (db, patient, &ROUNDS_PAGE_ALL, NULL);
  g_autoptr (GPtrArray) others
      = rounds_appointment_repository_list_page (db, other, &ROUNDS_PAGE_ALL, NULL);

  g_assert_cmpuint (own->len, >, 0);
  g_assert_cmpuint (others->len, >, 0);
  for (guint i = 0; i < others->len; i++)
    {
      const RoundsAppointment *a = g_ptr_array_index (others, i);

      g_assert_cmpstr (a->patient_id, ==, other->id);
      g_assert_cmpstr (a->doctor_id, !=, doctor->id);
    }
}

static char *
describe (RoundsDb *db)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "SELECT id || starts_at || status || patient_full_name || coalesce (patient_id, '')"
      " FROM appointments UNION ALL SELECT id || scheduled_at || status || title FROM meetings"
      " ORDER BY 1",
      &error);

  g_assert_no_error (error);
  while (rounds_db_step (statement, &error) == ROUNDS_DB_ROW)
    g_string_append_printf (text, "%s\n", rounds_db_get_text (statement, 0));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_same_every_time (void)
{
  g_autoptr (RoundsDb) first = open_filled ();
  g_autoptr (RoundsDb) second = open_filled_at (moments[0]);
  g_autofree char *one = describe (first);
  g_autofree char *two = describe (second);

  g_assert_cmpstr (one, ==, two);
  /* But a room's name is nobody's to guess. */
  g_assert_cmpint (ask_number (first, "SELECT count (*) FROM appointments WHERE length (room_name)"
                                      " = length ('appointment-') + 24 + 1 + 16"),
                   ==,
                   ask_number (first, "SELECT count (*) FROM appointments"
                                      " WHERE type = 'virtual'"));
}

/* A second start soon after the first changes nothing. */
static void
test_twice (void)
{
  g_autoptr (RoundsDb) db = open_filled ();
  g_autofree char *before = describe (db);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_demo_fill (db, parse_moment (moments[0]) + 14 * ROUNDS_MINUTE, &error));
  g_assert_no_error (error);
  after = describe (db);
  g_assert_cmpstr (before, ==, after);
}

/* The first of the doctor's today in @status. (transfer full) */
static RoundsAppointment *
find_visit (RoundsDb *db, const RoundsUser *doctor, gint64 now, RoundsAppointmentStatus status)
{
  g_autoptr (GPtrArray) visits
      = rounds_appointment_repository_list_page (db, doctor, &ROUNDS_PAGE_ALL, NULL);
  RoundsTimeRange today = rounds_wall_time_day_of ("Europe/Berlin", now);

  for (guint i = 0; i < visits->len; i++)
    {
      RoundsAppointment *visit = g_ptr_array_index (visits, i);

      if (rounds_time_range_contains (today, visit->starts_at) && visit->status == status)
        return rounds_appointment_ref (visit);
    }
  return NULL;
}

/* Hours or weeks later today is today again; what people did in the meantime is still there. */
static void
test_laid_out_anew (void)
{
  static const gint64 later[]
      = { 16 * ROUNDS_MINUTE, 40 * ROUNDS_DAY, 3 * ROUNDS_HOUR, ROUNDS_DAY };

  for (gsize i = 0; i < count_rows (G_N_ELEMENTS (later)); i++)
    {
      g_autoptr (RoundsDb) db = open_filled ();
      gint64 first = parse_moment (moments[0]), second = first + later[i];
      g_autoptr (RoundsUser) doctor = find_account (db, "doctor");
      g_autoptr (RoundsUser) same = NULL;
      g_autoptr (RoundsAppointment) waiting
          = find_visit (db, doctor, first, ROUNDS_APPOINTMENT_ARRIVED);
      g_autoptr (RoundsAppointment) touched = rounds_appointment_copy (waiting);
      g_autoptr (RoundsAppointment) kept = NULL;
      g_autoptr (GError) error = NULL;
      gboolean stored = FALSE;

      touched->status = ROUNDS_APPOINTMENT_CANCELLED;
      touched->version++;
      touched->updated_at = first + 5 * ROUNDS_MINUTE;
      rounds_appointment_repository_update_status (db, touched, &stored, &error);
      g_assert_no_error (error);
      g_assert_true (stored);

      g_assert_true (rounds_demo_fill (db, second, &error));
      g_assert_no_error (error);
      check_today (db, second);
      check_rules (db, second);
      same = find_account (db, "doctor");
      g_assert_cmpstr (same->id, ==, doctor->id);
      rounds_appointment_repository_find (db, touched->id, &kept, &error);
      g_assert_no_error (error);
      g_assert_true (rounds_appointment_equal (kept, touched));
    }
}

static void
test_refuses_real_people (void)
{
  g_autoptr (RoundsDb) db = open_empty ();
  g_autoptr (RoundsUser) user = rounds_user_new ();
  g_autoptr (GError) error = NULL;

  user->id = g_strdup ("66f1a2b3c4d5e6f708192a3b");
  user->name = g_strdup ("Real Person");
  user->email = g_strdup ("real@hospital.example");
  user->role = ROUNDS_ROLE_ADMIN;
  user->age = -1;
  g_assert_true (rounds_user_repository_insert (db, user, NULL, 1, &error));
  g_assert_no_error (error);

  g_assert_false (rounds_demo_fill (db, parse_moment (moments[0]), &error));
  g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT);
  g_assert_cmpint (ask_number (db, "SELECT count (*) FROM users"), ==, 1);
  g_assert_cmpint (ask_number (db, "SELECT count (*) FROM hospitals"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  rounds_test_init (&argc, &argv);
  rounds_passwords_init (&error);
  g_assert_no_error (error);

  g_test_add_func ("/Rounds/Server/Demo/accounts", test_accounts);
  g_test_add_func ("/Rounds/Server/Demo/every-status", test_every_status);
  g_test_add_func ("/Rounds/Server/Demo/any-moment", test_any_moment);
  g_test_add_func ("/Rounds/Server/Demo/patients-apart", test_patients_apart);
  g_test_add_func ("/Rounds/Server/Demo/same-every-time", test_same_every_time);
  g_test_add_func ("/Rounds/Server/Demo/twice", test_twice);
  g_test_add_func ("/Rounds/Server/Demo/laid-out-anew", test_laid_out_anew);
  g_test_add_func ("/Rounds/Server/Demo/refuses-real-people", test_refuses_real_people);
  return g_test_run ();
}
