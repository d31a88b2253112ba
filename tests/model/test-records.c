/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the records: copies, equality in each single field, ranges, the guide's status rules.
 * What a valid record is, is tested with drafts and wire.
 */

#include "rounds-appointment.h"
#include "rounds-hospital.h"
#include "rounds-init.h"
#include "rounds-meeting.h"
#include "rounds-user.h"

/* A field of a record by its place, so that each can be changed alone. */
typedef enum
{
  FIELD_TEXT,
  FIELD_INT,
  FIELD_INT64,
  FIELD_TEXTS,
} FieldKind;

typedef struct
{
  const char *name;
  gsize offset;
  FieldKind kind;
  gboolean compared;
} Field;

#define FIELD(Type, member, kind, compared)                                                        \
  { #member, G_STRUCT_OFFSET (Type, member), kind, compared }

static const Field appointment_fields[] = {
  FIELD (RoundsAppointment, id, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, hospital_id, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, department, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, type, FIELD_INT, TRUE),
  FIELD (RoundsAppointment, date, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, time, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, timezone, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, starts_at, FIELD_INT64, TRUE),
  FIELD (RoundsAppointment, duration_minutes, FIELD_INT, TRUE),
  FIELD (RoundsAppointment, reason, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, patient.full_name, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, patient.email, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, patient.phone, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, patient.age, FIELD_INT, TRUE),
  FIELD (RoundsAppointment, patient.gender, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, doctor_id, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, patient_id, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, status, FIELD_INT, TRUE),
  FIELD (RoundsAppointment, no_show_cause, FIELD_INT, TRUE),
  FIELD (RoundsAppointment, arrived_at, FIELD_INT64, TRUE),
  FIELD (RoundsAppointment, started_at, FIELD_INT64, TRUE),
  FIELD (RoundsAppointment, ended_at, FIELD_INT64, TRUE),
  FIELD (RoundsAppointment, notes, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, room_name, FIELD_TEXT, TRUE),
  FIELD (RoundsAppointment, meeting_link, FIELD_TEXT, FALSE),
  FIELD (RoundsAppointment, version, FIELD_INT64, TRUE),
  FIELD (RoundsAppointment, created_at, FIELD_INT64, TRUE),
  FIELD (RoundsAppointment, updated_at, FIELD_INT64, TRUE),
};

static const Field meeting_fields[] = {
  FIELD (RoundsMeeting, id, FIELD_TEXT, TRUE),
  FIELD (RoundsMeeting, created_by, FIELD_TEXT, TRUE),
  FIELD (RoundsMeeting, participants, FIELD_TEXTS, TRUE),
  FIELD (RoundsMeeting, role_context, FIELD_INT, TRUE),
  FIELD (RoundsMeeting, title, FIELD_TEXT, TRUE),
  FIELD (RoundsMeeting, description, FIELD_TEXT, TRUE),
  FIELD (RoundsMeeting, type, FIELD_INT, TRUE),
  FIELD (RoundsMeeting, status, FIELD_INT, TRUE),
  FIELD (RoundsMeeting, scheduled_at, FIELD_INT64, TRUE),
  FIELD (RoundsMeeting, expected_minutes, FIELD_INT, TRUE),
  FIELD (RoundsMeeting, started_at, FIELD_INT64, TRUE),
  FIELD (RoundsMeeting, ended_at, FIELD_INT64, TRUE),
  FIELD (RoundsMeeting, duration, FIELD_INT, TRUE),
  FIELD (RoundsMeeting, notes, FIELD_TEXT, TRUE),
  FIELD (RoundsMeeting, room_name, FIELD_TEXT, TRUE),
  FIELD (RoundsMeeting, jitsi_link, FIELD_TEXT, FALSE),
  FIELD (RoundsMeeting, version, FIELD_INT64, TRUE),
  FIELD (RoundsMeeting, created_at, FIELD_INT64, TRUE),
  FIELD (RoundsMeeting, updated_at, FIELD_INT64, TRUE),
};

static const Field user_fields[] = {
  FIELD (RoundsUser, id, FIELD_TEXT, TRUE),
  FIELD (RoundsUser, name, FIELD_TEXT, TRUE),
  FIELD (RoundsUser, email, FIELD_TEXT, TRUE),
  FIELD (RoundsUser, role, FIELD_INT, TRUE),
  FIELD (RoundsUser, hospital_id, FIELD_TEXT, TRUE),
  FIELD (RoundsUser, department, FIELD_TEXT, TRUE),
  FIELD (RoundsUser, phone, FIELD_TEXT, TRUE),
  FIELD (RoundsUser, age, FIELD_INT, TRUE),
  FIELD (RoundsUser, gender, FIELD_TEXT, TRUE),
};

static const Field hospital_fields[] = {
  FIELD (RoundsHospital, id, FIELD_TEXT, TRUE),
  FIELD (RoundsHospital, name, FIELD_TEXT, TRUE),
  FIELD (RoundsHospital, timezone, FIELD_TEXT, TRUE),
  FIELD (RoundsHospital, departments, FIELD_TEXTS, TRUE),
  FIELD (RoundsHospital, version, FIELD_INT64, TRUE),
};

/* Texts and numbers that say which field they are in. */
static void
fill_field (gpointer record, const Field *field, const char *prefix)
{
  gpointer place = (char *)record + field->offset;
  g_autofree char *text = g_strdup_printf ("%s %s", prefix, field->name);
  g_auto (GStrv) texts = NULL;

  switch (field->kind)
    {
    case FIELD_TEXT:
      g_set_str ((char **)place, text);
      break;
    case FIELD_INT:
      (*(int *)place)++;
      break;
    case FIELD_INT64:
      (*(gint64 *)place)++;
      break;
    case FIELD_TEXTS:
      texts = g_strsplit (text, " ", -1);
      g_strfreev (*(char ***)place);
      *(char ***)place = g_steal_pointer (&texts);
      break;
    default:
      g_assert_not_reached ();
    }
}

typedef struct
{
  const char *name;
  const Field *fields;
  gsize n_fields;
  GType (*get_type) (void);
  gpointer (*make) (void);
  gpointer (*copy) (gconstpointer record); /* or NULL */
  gboolean (*equal) (gconstpointer a, gconstpointer b);
} Record;

#define RECORD(Name, name, copy)                                                                   \
  { #name,                                                                                         \
    name##_fields,                                                                                 \
    G_N_ELEMENTS (name##_fields),                                                                  \
    rounds_##name##_get_type,                                                                      \
    (gpointer)rounds_##name##_new,                                                                 \
    copy,                                                                                          \
    (gpointer)rounds_##name##_equal }

static const Record records[] = {
  RECORD (RoundsAppointment, appointment, (gpointer)rounds_appointment_copy),
  RECORD (RoundsMeeting, meeting, (gpointer)rounds_meeting_copy),
  RECORD (RoundsUser, user, NULL),
  RECORD (RoundsHospital, hospital, NULL),
};

static gpointer
make_filled (const Record *record)
{
  gpointer made = record->make ();

  for (gsize i = 0; i < record->n_fields; i++)
    fill_field (made, &record->fields[i], "some");
  return made;
}

static void
test_equal (gconstpointer data)
{
  const Record *record = data;
  gpointer a = make_filled (record);

  g_assert_true (record->equal (a, a));
  for (gsize i = 0; i < record->n_fields; i++)
    {
      gpointer b = make_filled (record);
      gpointer fresh = record->make ();

      g_assert_true (record->equal (a, b));
      g_assert_false (record->equal (a, fresh));
      fill_field (b, &record->fields[i], "other");
      g_test_message ("%s", record->fields[i].name);
      g_assert_cmpint (record->equal (a, b), ==, !record->fields[i].compared);
      g_assert_cmpint (record->equal (b, a), ==, !record->fields[i].compared);
      g_boxed_free (record->get_type (), b);
      g_boxed_free (record->get_type (), fresh);
    }
  g_boxed_free (record->get_type (), a);
}

/* A copy is equal, shares no memory, and changing it leaves the first alone. */
static void
test_copy (gconstpointer data)
{
  const Record *record = data;
  gpointer a = make_filled (record);
  gpointer same = make_filled (record);
  gpointer copy = record->copy (a);

  g_assert_true (copy != a);
  g_assert_true (record->equal (a, copy));
  for (gsize i = 0; i < record->n_fields; i++)
    {
      if (record->fields[i].kind == FIELD_TEXT)
        {
          const char *first = *(char **)((char *)a + record->fields[i].offset);
          const char *second = *(char **)((char *)copy + record->fields[i].offset);

          g_assert_cmpstr (first, ==, second);
          g_assert_true (first != second);
        }
      fill_field (copy, &record->fields[i], "changed");
    }
  g_assert_true (record->equal (a, same));

  g_boxed_free (record->get_type (), a);
  g_assert_false (record->equal (copy, same));
  g_boxed_free (record->get_type (), copy);
  g_boxed_free (record->get_type (), same);
}

/* A boxed copy is a reference. */
static void
test_references (gconstpointer data)
{
  const Record *record = data;
  gpointer a = make_filled (record);
  gpointer b = g_boxed_copy (record->get_type (), a);

  g_assert_true (a == b);
  g_boxed_free (record->get_type (), a);
  g_assert_true (record->equal (b, b));
  g_boxed_free (record->get_type (), b);
}

static void
test_fresh (void)
{
  g_autoptr (RoundsAppointment) appointment = rounds_appointment_new ();
  g_autoptr (RoundsMeeting) meeting = rounds_meeting_new ();
  g_autoptr (RoundsUser) user = rounds_user_new ();
  g_autoptr (RoundsHospital) hospital = rounds_hospital_new ();

  g_assert_cmpint (appointment->starts_at, ==, ROUNDS_TIME_NONE);
  g_assert_cmpint (appointment->duration_minutes, ==, 30);
  g_assert_cmpint (appointment->patient.age, ==, -1);
  g_assert_true (rounds_time_range_is_empty (rounds_appointment_get_range (appointment)));
  g_assert_cmpint (meeting->duration, ==, -1);
  g_assert_cmpint (meeting->started_at, ==, ROUNDS_TIME_NONE);
  g_assert_nonnull (meeting->participants);
  g_assert_false (rounds_meeting_has_participant (meeting, "x"));
  g_assert_false (rounds_meeting_has_participant (meeting, NULL));
  g_assert_true (rounds_time_range_is_empty (rounds_meeting_get_range (meeting)));
  g_assert_cmpint (user->age, ==, -1);
  g_assert_nonnull (hospital->departments);
}

static void
test_ranges (void)
{
  g_autoptr (RoundsAppointment) appointment = rounds_appointment_new ();
  g_autoptr (RoundsMeeting) meeting = rounds_meeting_new ();
  RoundsTimeRange range;

  appointment->starts_at = 1000;
  appointment->duration_minutes = 45;
  range = rounds_appointment_get_range (appointment);
  g_assert_cmpint (range.start, ==, 1000);
  g_assert_cmpint (range.end, ==, 1000 + 45 * ROUNDS_MINUTE);

  appointment->duration_minutes = -5;
  g_assert_true (rounds_time_range_is_empty (rounds_appointment_get_range (appointment)));

  meeting->scheduled_at = -1000;
  range = rounds_meeting_get_range (meeting);
  g_assert_cmpint (range.start, ==, -1000);
  g_assert_cmpint (range.end, ==, -1000 + 30 * ROUNDS_MINUTE);
}

static void
test_types (void)
{
  static const struct
  {
    const char *word;
    int type; /* −1: none */
  } cases[] = {
    { "virtual", ROUNDS_APPOINTMENT_VIRTUAL },
    { "Virtual", ROUNDS_APPOINTMENT_VIRTUAL },
    { "VIRTUAL", ROUNDS_APPOINTMENT_VIRTUAL },
    { "in-person", ROUNDS_APPOINTMENT_IN_PERSON },
    { "In-Person", ROUNDS_APPOINTMENT_IN_PERSON },
    { "in_person", ROUNDS_APPOINTMENT_IN_PERSON },
    { "inPerson", ROUNDS_APPOINTMENT_IN_PERSON },
    { "physical", ROUNDS_APPOINTMENT_IN_PERSON },
    { "", -1 },
    { "virtual ", -1 },
    { "video", -1 },
    { "in person", -1 },
    { NULL, -1 },
  };
  RoundsMeetingType meeting_type = ROUNDS_MEETING_VIDEO;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsAppointmentType type = ROUNDS_APPOINTMENT_VIRTUAL;

      g_assert_cmpint (rounds_appointment_type_from_string (cases[i].word, &type), ==,
                       cases[i].type >= 0);
      if (cases[i].type >= 0)
        g_assert_cmpint (type, ==, cases[i].type);
    }
  g_assert_cmpstr (rounds_appointment_type_to_string (ROUNDS_APPOINTMENT_VIRTUAL), ==, "virtual");
  g_assert_cmpstr (rounds_appointment_type_to_string (ROUNDS_APPOINTMENT_IN_PERSON), ==,
                   "in-person");

  for (int i = 0; i < 3; i++)
    {
      g_assert_true (
          rounds_meeting_type_from_string (rounds_meeting_type_to_string (i), &meeting_type));
      g_assert_cmpint (meeting_type, ==, i);
    }
  g_assert_false (rounds_meeting_type_from_string ("phone", &meeting_type));
  g_assert_false (rounds_meeting_type_from_string (NULL, &meeting_type));
}

/* The guide: startedAt at active, endedAt and duration at completed. */
static void
test_with_status (void)
{
  g_autoptr (RoundsMeeting) planned = rounds_meeting_new ();
  g_autoptr (RoundsMeeting) active = NULL;
  g_autoptr (RoundsMeeting) completed = NULL;
  g_autoptr (RoundsMeeting) cancelled = NULL;

  planned->notes = g_strdup ("before");
  active = rounds_meeting_with_status (planned, ROUNDS_MEETING_ACTIVE, "Meeting started on time",
                                       100 * ROUNDS_MINUTE);
  g_assert_cmpint (planned->status, ==, ROUNDS_MEETING_SCHEDULED);
  g_assert_cmpstr (planned->notes, ==, "before");
  g_assert_cmpint (active->status, ==, ROUNDS_MEETING_ACTIVE);
  g_assert_cmpint (active->started_at, ==, 100 * ROUNDS_MINUTE);
  g_assert_cmpint (active->ended_at, ==, ROUNDS_TIME_NONE);
  g_assert_cmpint (active->duration, ==, -1);
  g_assert_cmpstr (active->notes, ==, "Meeting started on time");

  completed = rounds_meeting_with_status (active, ROUNDS_MEETING_COMPLETED, NULL,
                                          130 * ROUNDS_MINUTE - 1);
  g_assert_cmpint (completed->started_at, ==, 100 * ROUNDS_MINUTE);
  g_assert_cmpint (completed->ended_at, ==, 130 * ROUNDS_MINUTE - 1);
  g_assert_cmpint (completed->duration, ==, 29);
  g_assert_cmpstr (completed->notes, ==, "Meeting started on time");

  cancelled
      = rounds_meeting_with_status (active, ROUNDS_MEETING_CANCELLED, "", 110 * ROUNDS_MINUTE);
  g_assert_cmpint (cancelled->ended_at, ==, ROUNDS_TIME_NONE);
  g_assert_cmpint (cancelled->duration, ==, -1);
  g_assert_null (cancelled->notes); /* said with an empty text: there are none */
}

/* Each state leaves its moment, and only its own: an edit in between moves none of them. */
static void
test_visit_moments (void)
{
  static const struct
  {
    RoundsAppointmentStatus to;
    gint64 at, arrived, started, ended;
  } steps[] = {
    { ROUNDS_APPOINTMENT_CONFIRMED, 10, ROUNDS_TIME_NONE, ROUNDS_TIME_NONE, ROUNDS_TIME_NONE },
    { ROUNDS_APPOINTMENT_ARRIVED, 20, 20, ROUNDS_TIME_NONE, ROUNDS_TIME_NONE },
    { ROUNDS_APPOINTMENT_ACTIVE, 30, 20, 30, ROUNDS_TIME_NONE },
    { ROUNDS_APPOINTMENT_COMPLETED, 40, 20, 30, 40 },
  };
  g_autoptr (RoundsAppointment) visit = rounds_appointment_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      RoundsAppointment *next = rounds_appointment_with_status (
          visit, steps[i].to, i == 1 ? "Early" : NULL, steps[i].at);

      rounds_appointment_unref (visit);
      visit = next;
      g_assert_cmpint (visit->status, ==, steps[i].to);
      g_assert_cmpint (visit->arrived_at, ==, steps[i].arrived);
      g_assert_cmpint (visit->started_at, ==, steps[i].started);
      g_assert_cmpint (visit->ended_at, ==, steps[i].ended);
      g_assert_cmpint (visit->updated_at, ==, steps[i].at);
      g_assert_cmpstr (visit->notes, ==, i >= 1 ? "Early" : NULL);
    }
}

/* That nothing is said of hours is not that the doors are never open. */
static void
test_hospital_hours (void)
{
  g_autoptr (RoundsHospital) silent = rounds_hospital_new ();
  g_autoptr (RoundsHospital) closed = rounds_hospital_new ();
  g_autoptr (RoundsHospital) open = rounds_hospital_new ();
  g_autoptr (RoundsHospital) copy = NULL;
  RoundsOpening monday = { G_DATE_MONDAY, 480, 720 };

  closed->version = 1;
  g_array_append_val (open->openings, monday);
  g_assert_false (rounds_hospital_knows_openings (silent));
  g_assert_true (rounds_hospital_knows_openings (closed));
  g_assert_true (rounds_hospital_knows_openings (open));
  g_assert_false (rounds_hospital_equal (silent, open));
  copy = rounds_hospital_copy (open);
  g_assert_true (rounds_hospital_equal (copy, open));
  g_array_index (copy->openings, RoundsOpening, 0).closes = 721;
  g_assert_false (rounds_hospital_equal (copy, open));
}

/* Who is cancelled or does not come has no moment of it, and an empty note takes notes away. */
static void
test_visit_without_moments (void)
{
  static const RoundsAppointmentStatus ends[]
      = { ROUNDS_APPOINTMENT_CANCELLED, ROUNDS_APPOINTMENT_NO_SHOW };
  g_autoptr (RoundsAppointment) visit = rounds_appointment_new ();

  visit->notes = g_strdup ("before");
  visit->no_show_cause = ROUNDS_CAUSE_STAFF;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (RoundsAppointment) over = rounds_appointment_with_status (visit, ends[i], "", 50);

      g_assert_cmpint (over->arrived_at, ==, ROUNDS_TIME_NONE);
      g_assert_cmpint (over->ended_at, ==, ROUNDS_TIME_NONE);
      g_assert_cmpint (over->no_show_cause, ==, ROUNDS_CAUSE_NONE);
      g_assert_null (over->notes);
    }
}

static void
test_visit_clock_set_back (void)
{
  g_autoptr (RoundsAppointment) visit = rounds_appointment_new ();
  g_autoptr (RoundsAppointment) active
      = rounds_appointment_with_status (visit, ROUNDS_APPOINTMENT_ACTIVE, NULL, 1000);
  g_autoptr (RoundsAppointment) completed
      = rounds_appointment_with_status (active, ROUNDS_APPOINTMENT_COMPLETED, NULL, 500);

  g_assert_cmpint (completed->ended_at, ==, 1000);
}

static void
test_clock_set_back (void)
{
  g_autoptr (RoundsMeeting) planned = rounds_meeting_new ();
  g_autoptr (RoundsMeeting) active
      = rounds_meeting_with_status (planned, ROUNDS_MEETING_ACTIVE, NULL, 1000);
  g_autoptr (RoundsMeeting) completed
      = rounds_meeting_with_status (active, ROUNDS_MEETING_COMPLETED, NULL, 500);
  g_autoptr (RoundsMeeting) ended = NULL;

  g_assert_cmpint (completed->ended_at, ==, 1000);
  g_assert_cmpint (completed->duration, ==, 0);

  active->started_at = ROUNDS_TIME_NONE;
  ended = rounds_meeting_with_status (active, ROUNDS_MEETING_COMPLETED, NULL, 500);
  g_assert_cmpint (ended->ended_at, ==, 500);
  g_assert_cmpint (ended->duration, ==, 0);
}

static void
test_no_such_step (void)
{
  g_autoptr (RoundsMeeting) planned = rounds_meeting_new ();

  g_test_expect_message ("rounds-model", G_LOG_LEVEL_CRITICAL, "*leads_to*");
  g_assert_null (rounds_meeting_with_status (planned, ROUNDS_MEETING_COMPLETED, NULL, 0));
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  rounds_init ("test-records");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autofree char *equal = g_strdup_printf ("/Rounds/Model/Records/equal/%s", records[i].name);
      g_autofree char *copy = g_strdup_printf ("/Rounds/Model/Records/copy/%s", records[i].name);
      g_autofree char *references
          = g_strdup_printf ("/Rounds/Model/Records/references/%s", records[i].name);

      g_test_add_data_func (equal, &records[i], test_equal);
      g_test_add_data_func (references, &records[i], test_references);
      if (records[i].copy != NULL)
        g_test_add_data_func (copy, &records[i], test_copy);
    }
  g_test_add_func ("/Rounds/Model/Records/fresh", test_fresh);
  g_test_add_func ("/Rounds/Model/Records/ranges", test_ranges);
  g_test_add_func ("/Rounds/Model/Records/types", test_types);
  g_test_add_func ("/Rounds/Model/Appointment/moments", test_visit_moments);
  g_test_add_func ("/Rounds/Model/Appointment/without-moments", test_visit_without_moments);
  g_test_add_func ("/Rounds/Model/Appointment/clock-set-back", test_visit_clock_set_back);
  g_test_add_func ("/Rounds/Model/Hospital/hours", test_hospital_hours);
  g_test_add_func ("/Rounds/Model/Meeting/with-status", test_with_status);
  g_test_add_func ("/Rounds/Model/Meeting/clock-set-back", test_clock_set_back);
  g_test_add_func ("/Rounds/Model/Meeting/no-such-step", test_no_such_step);

  return g_test_run ();
}
