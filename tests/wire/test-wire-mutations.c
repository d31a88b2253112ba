/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Seeded random damage to good JSON: every reader gives a record or a problem, never a crash.
 * Which problem it gives is tested document by document.
 */

#include "config.h"

#include "rounds-init.h"
#include "rounds-json.h"
#include "rounds-wire.h"
#include "wire-test.h"

#include <string.h>

#define ROUNDS 5000

/* Values of every type, among them those that a reader might trip over. */
static const char *const values[] = {
  "null",
  "true",
  "0",
  "-1",
  "1.5",
  "1e308",
  "9223372036854775807",
  "\"\"",
  "\"x\"",
  "\"\\u0000\"",
  "\"2024-02-30\"",
  "\"9999-12-31\"",
  "\"0001-01-01\"",
  "\"11:59 PM\"",
  "\"9999-12-31T23:59:59Z\"",
  "\"Etc/GMT+12\"",
  "\"" RECORD_ID "\"",
  "[]",
  "[null,1,\"x\",{},[]]",
  "{}",
  "{\"_id\":null}",
  "{\"_id\":{\"_id\":\"" RECORD_ID "\"}}",
};

/* Replaces, removes or adds a member of @object, or of an object in it. */
static void
damage (JsonObject *object, GRand *random)
{
  static const char *const names[]
      = { "_id",       "id",       "status",          "startsAt", "timezone",
          "createdAt", "duration", "durationMinutes", "patient",  "version" };
  g_autoptr (GList) members = json_object_get_members (object);
  guint length = g_list_length (members);
  const char *name = names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))];
  JsonNode *node = NULL;

  if (length > 0 && g_rand_int_range (random, 0, 4) > 0)
    name = g_list_nth_data (members, (guint)g_rand_int_range (random, 0, (gint32)length));
  node = json_object_get_member (object, name);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) && g_rand_boolean (random))
    damage (json_node_get_object (node), random);
  else if (g_rand_int_range (random, 0, 5) == 0)
    json_object_remove_member (object, name);
  else
    {
      JsonNode *value
          = json_from_string (values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))], NULL);
      g_autofree char *member = g_strdup (name);

      json_object_set_member (object, member,
                              value != NULL ? value : json_node_new (JSON_NODE_NULL));
    }
}

/* Whether a record came back, it is NULL exactly when there are problems. */
static void
check_outcome (gconstpointer record, const RoundsProblems *problems)
{
  g_assert_cmpint (record == NULL, ==, rounds_problems_get_length (problems) > 0);
  for (guint i = 0; i < rounds_problems_get_length (problems); i++)
    {
      g_assert_cmpstr (rounds_problems_get (problems, i)->field, !=, "");
      g_assert_cmpstr (rounds_problems_get (problems, i)->message, !=, "");
    }
}

static void
read_as_appointment (JsonObject *object)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsProblems) again_problems = rounds_problems_new ();
  g_autoptr (RoundsAppointment) read = rounds_wire_appointment_from_json (object, problems);
  g_autoptr (JsonObject) written = NULL;
  g_autoptr (RoundsAppointment) again = NULL;

  check_outcome (read, problems);
  if (read == NULL)
    return;
  g_assert_true (read->id != NULL && read->hospital_id != NULL && read->date != NULL);
  written = rounds_wire_appointment_to_json (read, NULL);
  again = rounds_wire_appointment_from_json (written, again_problems);
  wire_test_assert_no_problem (again_problems);
  g_assert_true (rounds_appointment_equal (read, again));
}

static void
read_as_meeting (JsonObject *object)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsProblems) again_problems = rounds_problems_new ();
  g_autoptr (RoundsMeeting) read = rounds_wire_meeting_from_json (object, problems);
  g_autoptr (JsonObject) written = NULL;
  g_autoptr (RoundsMeeting) again = NULL;

  check_outcome (read, problems);
  if (read == NULL)
    return;
  g_assert_true (read->id != NULL && read->title != NULL && read->participants != NULL);
  written = rounds_wire_meeting_to_json (read, NULL);
  again = rounds_wire_meeting_from_json (written, again_problems);
  wire_test_assert_no_problem (again_problems);
  g_assert_true (rounds_meeting_equal (read, again));
}

/* What is a good body for one reader is a strange one for the others. */
static void
read_as_all (JsonObject *object)
{
  g_autoptr (RoundsProblems) user_problems = rounds_problems_new ();
  g_autoptr (RoundsProblems) hospital_problems = rounds_problems_new ();
  g_autoptr (RoundsProblems) draft_problems = rounds_problems_new ();
  g_autoptr (RoundsUser) user = rounds_wire_user_from_json (object, user_problems);
  g_autoptr (RoundsHospital) hospital = rounds_wire_hospital_from_json (object, hospital_problems);
  g_autoptr (RoundsAppointmentDraft) appointment
      = rounds_wire_appointment_draft_from_json (object, draft_problems);
  g_autoptr (RoundsMeetingDraft) meeting
      = rounds_wire_meeting_draft_from_json (object, draft_problems);
  const char *status = NULL;
  const char *notes = NULL;

  check_outcome (user, user_problems);
  check_outcome (hospital, hospital_problems);
  g_assert_true (appointment != NULL && meeting != NULL && meeting->participants != NULL);
  rounds_appointment_draft_check (appointment, "Europe/Berlin", NULL, draft_problems);
  rounds_meeting_draft_check (meeting, draft_problems);
  rounds_wire_status_change_from_json (object, &status, &notes, draft_problems);
  read_as_appointment (object);
  read_as_meeting (object);
}

static void
test_values (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260103);

  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (JsonObject) object = g_rand_boolean (random) ? wire_test_appointment (NULL, NULL)
                                                              : wire_test_meeting (NULL, NULL);

      for (int i = g_rand_int_range (random, 1, 4); i > 0; i--)
        damage (object, random);
      read_as_all (object);
    }
}

static void
test_bytes (void)
{
  static const char alphabet[] = "{}[]\",:\\0u9tfn-.eE/* \x01\xc3\xff";
  g_autoptr (GRand) random = g_rand_new_with_seed (20260104);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *good = NULL;

  json_node_take_object (node, rounds_wire_success (wire_test_appointment (NULL, NULL)));
  good = rounds_json_to_text (node);
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsWireAnswer) answer = NULL;

      for (int i = g_rand_int_range (random, 1, 4); i > 0; i--)
        {
          gsize position = (gsize)g_rand_int_range (random, 0, (gint32)text->len);
          char byte = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];

          if (g_rand_boolean (random))
            text->str[position] = byte;
          else
            g_string_insert_c (text, (gssize)position, byte);
        }
      answer = rounds_wire_answer_parse (text->str, (gssize)text->len, &error);
      g_assert_true ((answer != NULL) == (error == NULL));
      if (answer != NULL && answer->success)
        read_as_all (answer->data);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-wire-mutations");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Wire/Mutations/values", test_values);
  g_test_add_func ("/Rounds/Wire/Mutations/bytes", test_bytes);
  return g_test_run ();
}
