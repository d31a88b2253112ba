/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the tests of this room share: JSON in one line of C, problems compared.
 * No program uses it.
 */

#include "config.h"

#include "wire-test.h"

#include "rounds-json.h"

static char *
unquote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

JsonObject *
wire_test_object (const char *text)
{
  g_autofree char *json = unquote (text);
  g_autoptr (GError) error = NULL;
  JsonObject *object = rounds_json_parse_object (json, -1, &error);

  g_assert_no_error (error);
  return object;
}

static JsonObject *
replace (JsonObject *object, const char *member, const char *value)
{
  g_autofree char *json = value != NULL ? unquote (value) : NULL;

  if (member == NULL)
    return object;
  if (json == NULL)
    json_object_remove_member (object, member);
  else
    {
      JsonNode *node = json_from_string (json, NULL);

      /* json_from_string() gives NULL for null. */
      json_object_set_member (object, member, node != NULL ? node : json_node_new (JSON_NODE_NULL));
    }
  return object;
}

JsonObject *
wire_test_appointment (const char *member, const char *value)
{
  return replace (wire_test_object ("{'_id':'" RECORD_ID "','hospital':'" HOSPITAL_ID "',"
                                    "'department':'Cardiology','appointmentType':'virtual',"
                                    "'appointmentDate':'2024-01-15','appointmentTime':'10:00 AM',"
                                    "'reasonForVisit':'Chest pain consultation','patientDetails':{"
                                    "'fullName':'John Doe','email':'john@example.com',"
                                    "'phoneNumber':'+1234567890','age':35,'gender':'Male'},"
                                    "'meetingLink':'https://meet.example.org/room?jwt=a.b.c',"
                                    "'roomName':'appointment-1-a1b2c3d4'}"),
                  member, value);
}

JsonObject *
wire_test_meeting (const char *member, const char *value)
{
  return replace (
      wire_test_object ("{'_id':'" RECORD_ID "','createdBy':'" DOCTOR_ID "',"
                        "'participants':['" DOCTOR_ID "','" PATIENT_ID "'],"
                        "'roleContext':'patient-doctor','title':'Weekly Medical Review',"
                        "'jitsiLink':'https://meet.example.org/room?jwt=a.b.c',"
                        "'roomName':'meeting-1-x9y8z7w6','status':'scheduled',"
                        "'meetingType':'video','scheduledAt':'2024-01-15T14:00:00.000Z'}"),
      member, value);
}

void
wire_test_assert_json (JsonObject *object, const char *expected)
{
  g_autoptr (JsonObject) wanted = wire_test_object (expected);
  g_autoptr (JsonNode) got_node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (JsonNode) wanted_node = json_node_init_object (json_node_alloc (), wanted);
  g_autofree char *text = rounds_json_to_text (got_node);

  if (!json_node_equal (got_node, wanted_node))
    g_error ("got %s, expected %s", text, expected);
}

void
wire_test_assert_problem (const RoundsProblems *problems, const char *field)
{
  guint length = rounds_problems_get_length (problems);

  if (length != 1)
    g_error ("%u problems instead of one of %s (first: %s)", length, field,
             length > 0 ? rounds_problems_get (problems, 0)->field : "none");
  g_assert_cmpstr (rounds_problems_get (problems, 0)->field, ==, field);
  g_assert_cmpstr (rounds_problems_get (problems, 0)->message, !=, "");
}

void
wire_test_assert_no_problem (const RoundsProblems *problems)
{
  if (rounds_problems_get_length (problems) > 0)
    g_error ("a problem of %s: %s", rounds_problems_get (problems, 0)->field,
             rounds_problems_get (problems, 0)->message);
}
