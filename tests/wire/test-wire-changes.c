/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Changes of records: what is different, what it was, and what a document becomes.
 * Who wins when two change the same is tested with sync.
 */

#include "config.h"

#include "rounds-json.h"
#include "rounds-wire-changes.h"
#include "rounds-wire.h"

#define A "64b0000000000000000000aa"
#define B "64b0000000000000000000bb"
#define C "64b0000000000000000000cc"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = rounds_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
expect (JsonObject *object, const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *written = rounds_json_to_text (node);

  g_assert_cmpstr (written, ==, text);
}

static RoundsAppointment *
make_appointment (void)
{
  g_autoptr (JsonObject) document
      = parse ("{\"_id\":\"64b0000000000000000000a1\",\"hospital\":\"64b0000000000000000000f1\","
               "\"department\":\"Cardiology\",\"appointmentDate\":\"2024-01-15\","
               "\"appointmentTime\":\"10:00 AM\",\"timezone\":\"Europe/Berlin\","
               "\"durationMinutes\":30,\"reasonForVisit\":\"Pain\",\"doctor\":"
               "\"64b0000000000000000000d1\",\"patientDetails\":{\"fullName\":\"Ayşe\","
               "\"email\":\"ayse@example.org\",\"age\":35}}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsAppointment *appointment = rounds_wire_appointment_from_json (document, problems);

  g_assert_nonnull (appointment);
  return appointment;
}

/* A form as it is when it was filled in with the record. */
static RoundsAppointmentDraft *
make_draft (void)
{
  g_autoptr (RoundsAppointment) appointment = make_appointment ();
  g_autoptr (JsonObject) document = rounds_wire_appointment_to_json (appointment, NULL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  return rounds_wire_appointment_draft_from_json (document, problems);
}

static void
expect_changes (RoundsAppointmentDraft *after, const char *text)
{
  g_autoptr (RoundsAppointment) before = make_appointment ();
  g_autoptr (JsonObject) changes = rounds_wire_changes_of_appointment (before, after);

  expect (changes, text);
}

static void
test_appointment (void)
{
  g_autoptr (RoundsAppointmentDraft) after = make_draft ();

  expect_changes (after, "{}");
  g_set_str (&after->time, "10:00");
  expect_changes (after, "{}");
  g_set_str (&after->time, "11:30");
  expect_changes (after, "{\"appointmentTime\":\"11:30\",\"appointmentDate\":\"2024-01-15\"}");
  g_set_str (&after->time, "10:00 AM");
  after->duration_minutes = 0;
  g_clear_pointer (&after->doctor_id, g_free);
  g_clear_pointer (&after->department, g_free);
  expect_changes (after, "{}");
  g_set_str (&after->reason, "");
  g_set_str (&after->patient.email, NULL);
  after->patient.age = 36;
  expect_changes (after,
                  "{\"reasonForVisit\":\"\",\"patientDetails\":{\"email\":\"\",\"age\":36}}");
}

static void
test_meeting (void)
{
  g_autoptr (JsonObject) document = parse (
      "{\"_id\":\"64b0000000000000000000b1\",\"createdBy\":\"64b0000000000000000000d1\","
      "\"participants\":[\"" A "\",\"" B "\"],\"roleContext\":\"doctor-doctor\",\"title\":\"T\","
      "\"description\":\"D\",\"meetingType\":\"video\",\"roomName\":\"r\","
      "\"scheduledAt\":\"2024-01-15T10:00:00Z\",\"expectedDuration\":30}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsMeeting) before = rounds_wire_meeting_from_json (document, problems);
  g_autoptr (RoundsMeetingDraft) after = rounds_wire_meeting_draft_from_json (document, problems);
  static const char *const turned[] = { B, A, NULL };
  static const char *const more[] = { A, C, NULL };
  g_autoptr (JsonObject) none = NULL;
  g_autoptr (JsonObject) some = NULL;

  g_strfreev (after->participants);
  after->participants = g_strdupv ((char **)turned);
  none = rounds_wire_changes_of_meeting (before, after);
  expect (none, "{}");

  g_strfreev (after->participants);
  after->participants = g_strdupv ((char **)more);
  g_set_str (&after->description, NULL);
  after->scheduled_at += ROUNDS_HOUR;
  some = rounds_wire_changes_of_meeting (before, after);
  expect (some, "{\"participants\":[\"" A "\",\"" C "\"],\"description\":\"\","
                "\"scheduledAt\":\"2024-01-15T11:00:00.000Z\"}");
}

static void
test_base_and_apply (void)
{
  static const struct
  {
    const char *document;
    const char *changes;
    const char *base;
    const char *after;
  } cases[] = {
    { "{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"3\"}", "{\"a\":\"1\"}", "{\"a\":\"3\",\"b\":\"2\"}" },
    { "{\"a\":\"1\"}", "{\"a\":\"\"}", "{\"a\":\"1\"}", "{}" },
    { "{}", "{\"a\":\"1\"}", "{\"a\":\"\"}", "{\"a\":\"1\"}" },
    { "{\"a\":null}", "{\"a\":7}", "{\"a\":\"\"}", "{\"a\":7}" },
    { "{\"p\":{\"x\":1,\"y\":2}}", "{\"p\":{\"x\":3,\"z\":\"4\"}}", "{\"p\":{\"x\":1,\"z\":\"\"}}",
      "{\"p\":{\"x\":3,\"y\":2,\"z\":\"4\"}}" },
    { "{}", "{\"p\":{\"x\":3}}", "{\"p\":\"\"}", "{\"p\":{\"x\":3}}" },
    { "{\"appointmentTime\":\"10:00\",\"startsAt\":\"2024\"}", "{\"appointmentTime\":\"11:00\"}",
      "{\"appointmentTime\":\"10:00\"}", "{\"appointmentTime\":\"11:00\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) document = parse (cases[i].document);
      g_autoptr (JsonObject) changes = parse (cases[i].changes);
      g_autoptr (JsonObject) base = rounds_wire_changes_find_base (changes, document);

      expect (base, cases[i].base);
      rounds_wire_changes_apply (changes, document);
      expect (document, cases[i].after);
    }
}

/* A moved appointment begins at its new wall time on the hospital's clock. */
static void
test_moment_follows (void)
{
  g_autoptr (RoundsAppointment) before = make_appointment ();
  g_autoptr (JsonObject) document = rounds_wire_appointment_to_json (before, NULL);
  g_autoptr (JsonObject) changes
      = parse ("{\"appointmentDate\":\"2024-07-01\",\"appointmentTime\":\"09:00\"}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsAppointment) after = NULL;
  gint64 summer = 0;

  rounds_wire_changes_apply (changes, document);
  after = rounds_wire_appointment_from_json (document, problems);
  g_assert_true (rounds_time_from_rfc3339 ("2024-07-01T07:00:00Z", &summer));
  g_assert_cmpint (after->starts_at, ==, summer);
}

static void
test_same (void)
{
  static const struct
  {
    const char *member;
    const char *values; /* {"a":…,"b":…} */
    gboolean same;
  } cases[] = {
    { "notes", "{}", TRUE },
    { "notes", "{\"a\":\"\",\"b\":null}", TRUE },
    { "notes", "{\"a\":\"x\"}", FALSE },
    { "notes", "{\"a\":\"10:00\",\"b\":\"10:00 AM\"}", FALSE },
    { "appointmentTime", "{\"a\":\"10:00\",\"b\":\"10:00 AM\"}", TRUE },
    { "appointmentTime", "{\"a\":\"10:00\",\"b\":\"10:00 PM\"}", FALSE },
    { "appointmentTime", "{\"a\":\"soon\",\"b\":\"10:00\"}", FALSE },
    { "participants", "{\"a\":[\"x\",\"y\"],\"b\":[\"y\",\"x\"]}", TRUE },
    { "participants", "{\"a\":[\"x\"],\"b\":[\"y\",\"x\"]}", FALSE },
    { "participants", "{\"a\":[],\"b\":\"\"}", TRUE },
    { "durationMinutes", "{\"a\":30,\"b\":30}", TRUE },
    { "durationMinutes", "{\"a\":30,\"b\":45}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) values = parse (cases[i].values);
      JsonNode *a = json_object_get_member (values, "a");
      JsonNode *b = json_object_get_member (values, "b");

      g_test_message ("%s %s", cases[i].member, cases[i].values);
      g_assert_cmpint (rounds_wire_values_are_same (cases[i].member, a, b), ==, cases[i].same);
      g_assert_cmpint (rounds_wire_values_are_same (cases[i].member, b, a), ==, cases[i].same);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Wire/Changes/appointment", test_appointment);
  g_test_add_func ("/Rounds/Wire/Changes/meeting", test_meeting);
  g_test_add_func ("/Rounds/Wire/Changes/base-and-apply", test_base_and_apply);
  g_test_add_func ("/Rounds/Wire/Changes/moment-follows", test_moment_follows);
  g_test_add_func ("/Rounds/Wire/Changes/same", test_same);
  return g_test_run ();
}
