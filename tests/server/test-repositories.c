/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The repositories where the API cannot look: races, constraints, people who are switched off.
 * What comes in and goes out through HTTP is in the test-api files.
 */

#include "config.h"

#include "rounds-appointment-repository.h"
#include "rounds-demo.h"
#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-meeting-repository.h"
#include "rounds-passwords.h"
#include "rounds-route.h"
#include "rounds-server-schema.h"
#include "rounds-test.h"
#include "server-database.h"
#include "rounds-user-repository.h"

#include <string.h>

/* 2026-11-23T09:00:00Z. */
#define NOW (G_GINT64_CONSTANT (1795424400) * ROUNDS_SECOND)

typedef struct
{
  RoundsDb *db;
  RoundsUser *doctor;
  RoundsUser *desk;
} Fixture;

static RoundsUser *
find_account (RoundsDb *db, const char *email)
{
  RoundsUser *user = NULL;
  g_autoptr (GError) error = NULL;

  rounds_user_repository_find_by_email (db, email, &user, NULL, &error);
  g_assert_no_error (error);
  return user;
}

static void
fill (RoundsDb *db)
{
  g_autoptr (GError) error = NULL;

  rounds_server_schema_migrate (db, &error);
  g_assert_no_error (error);
  rounds_demo_fill (db, NOW, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->db = server_database_open_filled ("demo-of-repositories", fill);
  self->doctor = find_account (self->db, "doctor@example.org");
  self->desk = find_account (self->db, "desk@example.org");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  rounds_user_unref (self->doctor);
  rounds_user_unref (self->desk);
  rounds_db_close (self->db);
}

static RoundsMeeting *
make_meeting (Fixture *self)
{
  const char *participants[] = { self->doctor->id, self->desk->id, NULL };
  RoundsMeeting *meeting = rounds_meeting_new ();

  meeting->id = rounds_id_new ();
  meeting->created_by = g_strdup (self->doctor->id);
  g_strfreev (meeting->participants);
  meeting->participants = g_strdupv ((char **)participants);
  meeting->role_context = ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL;
  meeting->title = g_strdup ("Handover — 引き継ぎ");
  meeting->scheduled_at = NOW + ROUNDS_DAY;
  meeting->expected_minutes = 30;
  meeting->started_at = meeting->ended_at = ROUNDS_TIME_NONE;
  meeting->duration = -1;
  meeting->room_name = g_strconcat ("meeting-", meeting->id, NULL);
  meeting->version = 1;
  meeting->created_at = meeting->updated_at = NOW;
  return meeting;
}

/* All that is stored comes back, absent things as absent ones. */
static void
test_meeting_comes_back (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsMeeting) meeting = make_meeting (self);
  g_autoptr (RoundsMeeting) found = NULL;
  g_autoptr (RoundsMeeting) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_meeting_repository_insert (self->db, meeting, &error));
  g_assert_true (rounds_meeting_repository_find (self->db, meeting->id, &found, &error));
  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_true (rounds_meeting_equal (found, meeting));

  g_assert_true (
      rounds_meeting_repository_find (self->db, "ffffffffffffffffffffffff", &none, &error));
  g_assert_no_error (error);
  g_assert_null (none);
}

/* Whoever was slower is told, and changes nothing. */
static void
test_second_change_loses (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsMeeting) meeting = make_meeting (self);
  g_autoptr (RoundsMeeting) first = NULL;
  g_autoptr (RoundsMeeting) second = NULL;
  g_autoptr (RoundsMeeting) found = NULL;
  g_autoptr (GError) error = NULL;
  gboolean stored = FALSE;

  g_assert_true (rounds_meeting_repository_insert (self->db, meeting, &error));
  first = rounds_meeting_with_status (meeting, ROUNDS_MEETING_ACTIVE, "first", NOW + 1);
  second = rounds_meeting_with_status (meeting, ROUNDS_MEETING_CANCELLED, "second", NOW + 2);
  first->version = second->version = 2;

  g_assert_true (rounds_meeting_repository_update_status (self->db, first, &stored, &error));
  g_assert_true (stored);
  g_assert_true (rounds_meeting_repository_update_status (self->db, second, &stored, &error));
  g_assert_no_error (error);
  g_assert_false (stored);

  g_assert_true (rounds_meeting_repository_find (self->db, meeting->id, &found, &error));
  g_assert_true (rounds_meeting_equal (found, first));
}

static void
test_second_visit_change_loses (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) visits
      = rounds_appointment_repository_list_page (self->db, self->doctor, &ROUNDS_PAGE_ALL, NULL);
  RoundsAppointment *visit = g_ptr_array_index (visits, 0);
  g_autoptr (RoundsAppointment) changed = rounds_appointment_copy (visit);
  g_autoptr (RoundsAppointment) found = NULL;
  g_autoptr (GError) error = NULL;
  gboolean stored = FALSE;

  changed->version = visit->version + 1;
  g_set_str (&changed->notes, "first");
  g_assert_true (rounds_appointment_repository_update_status (self->db, changed, &stored, &error));
  g_assert_true (stored);
  g_set_str (&changed->notes, "second");
  g_assert_true (rounds_appointment_repository_update_status (self->db, changed, &stored, &error));
  g_assert_no_error (error);
  g_assert_false (stored);

  g_assert_true (rounds_appointment_repository_find (self->db, visit->id, &found, &error));
  g_assert_cmpstr (found->notes, ==, "first");
}

/* People and hospitals that are not there: the database refuses, and nothing half is left. */
static void
test_constraints (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsMeeting) meeting = make_meeting (self);
  g_autoptr (RoundsMeeting) found = NULL;
  g_autoptr (RoundsUser) twin = rounds_user_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&meeting->participants[1], "ffffffffffffffffffffffff");
  g_assert_true (rounds_db_begin (self->db, &error));
  g_assert_false (rounds_meeting_repository_insert (self->db, meeting, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  rounds_db_rollback (self->db);
  g_assert_true (rounds_meeting_repository_find (self->db, meeting->id, &found, &error));
  g_assert_null (found);

  twin->id = rounds_id_new ();
  twin->name = g_strdup ("Twin");
  twin->email = g_strdup ("DOCTOR@EXAMPLE.ORG");
  twin->role = ROUNDS_ROLE_ADMIN;
  twin->age = -1;
  g_assert_false (rounds_user_repository_insert (self->db, twin, NULL, NOW, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
}

static gboolean
is_not (RoundsUser *user, gpointer other)
{
  g_assert_cmpstr (user->id, !=, ((RoundsUser *)other)->id);
  return TRUE;
}

static void
test_switched_off (Fixture *self, gconstpointer data)
{
  const char *ids[] = { self->doctor->id, self->desk->id, NULL };
  g_autoptr (RoundsUser) by_id = NULL;
  g_autoptr (RoundsUser) by_email = NULL;
  g_autoptr (GPtrArray) many = NULL;
  g_autoptr (GError) error = NULL;

  rounds_db_exec (self->db, "UPDATE users SET active = 0 WHERE email = 'doctor@example.org'",
                  &error);
  g_assert_no_error (error);

  g_assert_true (rounds_user_repository_find (self->db, self->doctor->id, &by_id, &error));
  by_email = find_account (self->db, "doctor@example.org");
  many = rounds_user_repository_find_many (self->db, ids, &error);
  g_assert_true (
      rounds_user_repository_each_near (self->db, self->desk, "", is_not, self->doctor, &error));
  g_assert_no_error (error);
  g_assert_null (by_id);
  g_assert_null (by_email);
  g_assert_cmpuint (many->len, ==, 1);
}

static void
test_hospitals (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsHospital) bare = rounds_hospital_new ();
  g_autoptr (RoundsHospital) found = NULL;
  g_autoptr (RoundsHospital) own = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  bare->id = rounds_id_new ();
  bare->name = g_strdup ("A house without departments");
  bare->timezone = g_strdup ("Pacific/Chatham");
  bare->version = 1;
  g_assert_true (rounds_hospital_repository_insert (self->db, bare, NOW, &error));
  g_assert_true (rounds_hospital_repository_find (self->db, bare->id, &found, &error));
  g_assert_true (rounds_hospital_equal (found, bare));

  g_assert_true (rounds_hospital_repository_find (self->db, self->desk->hospital_id, &own, &error));
  g_assert_cmpstr (own->departments[0], ==, "Cardiology");
  all = rounds_hospital_repository_list (self->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 3);
}

static void
test_empty_lists (Fixture *self, gconstpointer data)
{
  static const char *const nobody[] = { NULL };
  g_autoptr (RoundsUser) stranger = rounds_user_new ();
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;

  stranger->id = g_strdup ("ffffffffffffffffffffffff");
  stranger->role = ROUNDS_ROLE_DOCTOR;
  people = rounds_user_repository_find_many (self->db, nobody, &error);
  visits = rounds_appointment_repository_list_page (self->db, stranger, &ROUNDS_PAGE_ALL, &error);
  meetings = rounds_meeting_repository_list_page (self->db, stranger, &ROUNDS_PAGE_ALL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 0);
  g_assert_cmpuint (visits->len, ==, 0);
  g_assert_cmpuint (meetings->len, ==, 0);
}

/* docs/api.md says that its rows are the route table's; and so they are, both ways. */
static void
test_routes_are_documented (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "api.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) row = g_regex_new ("^\\| `(GET|POST|PATCH|DELETE|PUT) /[^`]*` \\| [^–]",
                                        G_REGEX_MULTILINE, 0, &error);
  g_autoptr (GMatchInfo) match = NULL;
  gsize n_routes = 0, n_rows = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *start = g_strdup_printf ("\n| `%s %s", routes[i].method, routes[i].path);
      const char *found = strstr (text, start);

      g_test_message ("%s %s", routes[i].method, routes[i].path);
      g_assert_nonnull (found);
      g_assert_nonnull (strchr ("`?", found[strlen (start)]));
    }
  for (g_regex_match (row, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    n_rows++;
  g_assert_cmpuint (n_rows, ==, n_routes);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*function) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "meeting-comes-back", test_meeting_comes_back },
    { "second-change-loses", test_second_change_loses },
    { "second-visit-change-loses", test_second_visit_change_loses },
    { "constraints", test_constraints },
    { "switched-off", test_switched_off },
    { "hospitals", test_hospitals },
    { "empty-lists", test_empty_lists },
  };
  g_autoptr (GError) error = NULL;

  rounds_test_init (&argc, &argv);
  rounds_passwords_init (&error);
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Server/Repositories/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].function, tear_down);
    }
  g_test_add_func ("/Rounds/Server/Routes/documented", test_routes_are_documented);
  return g_test_run ();
}
