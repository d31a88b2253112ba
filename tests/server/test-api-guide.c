/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The examples of the client's guide, word for word: only the ids are put in.
 * What goes wrong is in the other test-api files.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-id.h"
#include "rounds-json.h"
#include "rounds-test.h"

static const char guide_appointment[] = "{\n"
                                        "  \"hospital\": \"hospital_id\",\n"
                                        "  \"department\": \"Cardiology\",\n"
                                        "  \"appointmentType\": \"virtual\",  // Triggers Jitsi "
                                        "link generation\n"
                                        "  \"appointmentDate\": \"2024-01-15\",\n"
                                        "  \"appointmentTime\": \"10:00 AM\",\n"
                                        "  \"reasonForVisit\": \"Chest pain consultation\",\n"
                                        "  \"patientDetails\": {\n"
                                        "    \"fullName\": \"John Doe\",\n"
                                        "    \"email\": \"john@example.com\",\n"
                                        "    \"phoneNumber\": \"+1234567890\",\n"
                                        "    \"age\": 35,\n"
                                        "    \"gender\": \"Male\"\n"
                                        "  }\n"
                                        "}\n";

static const char guide_meeting[] = "{\n"
                                    "  \"participants\": [\"doctor_id\", \"hospital_admin_id\"],\n"
                                    "  \"roleContext\": \"doctor-hospital\",\n"
                                    "  \"title\": \"Weekly Medical Review\",\n"
                                    "  \"description\": \"Discuss patient cases and protocols\",\n"
                                    "  \"scheduledAt\": \"2024-01-15T14:00:00Z\",\n"
                                    "  \"meetingType\": \"video\"\n"
                                    "}\n";

static const char guide_curl[] = "{\n"
                                 "    \"participants\": [\"user_id_1\", \"user_id_2\"],\n"
                                 "    \"title\": \"Test Meeting\",\n"
                                 "    \"meetingType\": \"video\"\n"
                                 "  }";

static const char guide_patch[]
    = "{\n"
      "  \"status\": \"active\",  // 'scheduled', 'active', 'completed', 'cancelled'\n"
      "  \"notes\": \"Meeting started on time\"\n"
      "}\n";

static ApiWorld *world;

/* @text with @placeholder, which has to be there, replaced. (transfer full) */
static char *
put_in (const char *text, const char *placeholder, const char *id)
{
  g_auto (GStrv) parts = g_strsplit (text, placeholder, -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (id, parts);
}

static void
check_room (const char *room, const char *kind, const char *id)
{
  g_autofree char *prefix = g_strdup_printf ("%s-%s-", kind, id);

  g_assert_true (rounds_id_is_valid (id));
  g_assert_true (g_str_has_prefix (room, prefix));
  g_assert_cmpuint (strlen (room), ==, strlen (prefix) + 16);
}

static void
check_link (const char *link, const char *room)
{
  g_autofree char *prefix = g_strdup_printf ("https://" API_DOMAIN "/%s?jwt=eyJ", room);

  g_assert_nonnull (link);
  g_assert_true (g_str_has_prefix (link, prefix));
}

static void
test_appointment (void)
{
  static const ApiPerson people[] = { DOCTOR, DESK, ADMIN, PATIENT };
  g_autofree char *body = put_in (guide_appointment, "hospital_id", world->hospital);

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (ServerReply) reply
          = api_expect (world, 201, people[i], "POST", "/api/appointments", body);
      JsonObject *appointment = api_document (reply, "appointment");
      JsonObject *patient = json_object_get_object_member (appointment, "patientDetails");
      const char *id = api_text (appointment, "_id");

      g_assert_cmpstr (api_text (reply->json, "status"), ==, "success");
      g_assert_cmpstr (api_text (appointment, "id"), ==, id);
      g_assert_cmpstr (api_text (appointment, "hospital"), ==, world->hospital);
      g_assert_cmpstr (api_text (appointment, "department"), ==, "Cardiology");
      g_assert_cmpstr (api_text (appointment, "appointmentType"), ==, "virtual");
      g_assert_cmpstr (api_text (appointment, "appointmentDate"), ==, "2024-01-15");
      g_assert_cmpstr (api_text (appointment, "appointmentTime"), ==, "10:00 AM");
      g_assert_cmpstr (api_text (appointment, "reasonForVisit"), ==, "Chest pain consultation");
      g_assert_cmpstr (api_text (appointment, "timezone"), ==, "Europe/Berlin");
      g_assert_cmpstr (api_text (appointment, "startsAt"), ==, "2024-01-15T09:00:00.000Z");
      g_assert_cmpint (json_object_get_int_member (appointment, "durationMinutes"), ==, 30);
      g_assert_cmpint (json_object_get_int_member (appointment, "version"), ==, 1);
      g_assert_cmpstr (api_text (patient, "fullName"), ==, "John Doe");
      g_assert_cmpstr (api_text (patient, "email"), ==, "john@example.com");
      g_assert_cmpstr (api_text (patient, "phoneNumber"), ==, "+1234567890");
      g_assert_cmpint (json_object_get_int_member (patient, "age"), ==, 35);
      g_assert_cmpstr (api_text (patient, "gender"), ==, "Male");
      check_room (api_text (appointment, "roomName"), "appointment", id);
      check_link (api_text (appointment, "meetingLink"), api_text (appointment, "roomName"));
    }
}

static void
test_appointment_again (void)
{
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autofree char *list = api_path ("/api/appointments/user/%s", world->ids[DOCTOR]);
  g_autoptr (ServerReply) one = api_expect (world, 200, DOCTOR, "GET", path, NULL);
  g_autoptr (ServerReply) all = api_expect (world, 200, DOCTOR, "GET", list, NULL);
  JsonArray *appointments
      = json_object_get_array_member (server_reply_get_data (all), "appointments");
  JsonObject *appointment = api_document (one, "appointment");
  gboolean found = FALSE;

  check_link (api_text (appointment, "meetingLink"), api_text (appointment, "roomName"));
  for (guint i = 0; i < json_array_get_length (appointments); i++)
    {
      JsonObject *other = json_array_get_object_element (appointments, i);

      if (g_strcmp0 (api_text (other, "_id"), id) != 0)
        continue;
      check_link (api_text (other, "meetingLink"), api_text (other, "roomName"));
      found = TRUE;
    }
  g_assert_true (found);
}

static void
test_meeting (void)
{
  static const ApiPerson people[] = { DOCTOR, DESK, ADMIN };
  g_autofree char *half = put_in (guide_meeting, "doctor_id", world->ids[DOCTOR]);
  g_autofree char *body = put_in (half, "hospital_admin_id", world->ids[DESK]);

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (ServerReply) reply
          = api_expect (world, 201, people[i], "POST", "/api/meetings", body);
      JsonObject *meeting = api_document (reply, "meeting");
      JsonObject *details = api_document (reply, "jitsiDetails");
      JsonArray *participants = json_object_get_array_member (meeting, "participants");
      const char *room = api_text (meeting, "roomName");

      g_assert_cmpstr (api_text (meeting, "createdBy"), ==, world->ids[people[i]]);
      g_assert_cmpuint (json_array_get_length (participants), ==, 2);
      g_assert_cmpstr (json_array_get_string_element (participants, 0), ==, world->ids[DOCTOR]);
      g_assert_cmpstr (json_array_get_string_element (participants, 1), ==, world->ids[DESK]);
      g_assert_cmpstr (api_text (meeting, "roleContext"), ==, "doctor-hospital");
      g_assert_cmpstr (api_text (meeting, "title"), ==, "Weekly Medical Review");
      g_assert_cmpstr (api_text (meeting, "description"), ==,
                       "Discuss patient cases and protocols");
      g_assert_cmpstr (api_text (meeting, "scheduledAt"), ==, "2024-01-15T14:00:00.000Z");
      g_assert_cmpstr (api_text (meeting, "meetingType"), ==, "video");
      g_assert_cmpstr (api_text (meeting, "status"), ==, "scheduled");
      check_room (room, "meeting", api_text (meeting, "_id"));
      check_link (api_text (meeting, "jitsiLink"), room);
      check_link (api_text (details, "meetingLink"), room);
      g_assert_cmpstr (api_text (details, "roomName"), ==, room);
      g_assert_cmpstr (api_text (details, "domain"), ==, API_DOMAIN);
    }
}

static void
test_curl (void)
{
  static const struct
  {
    ApiPerson who;
    ApiPerson first;
    ApiPerson second;
    const char *context;
  } cases[] = {
    { DOCTOR, DOCTOR, PATIENT, "patient-doctor" }, { DOCTOR, DOCTOR2, DOCTOR, "doctor-doctor" },
    { DESK, DESK, DOCTOR, "doctor-hospital" },     { DESK, PATIENT, DOCTOR2, "patient-doctor" },
    { ADMIN, ADMIN, DOCTOR, "doctor-admin" },      { ADMIN, DESK, DESK2, "hospital-hospital" },
    { DESK, DESK2, DESK, "hospital-hospital" },    { ADMIN, DOCTOR, DESK, "doctor-hospital" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *half = put_in (guide_curl, "user_id_1", world->ids[cases[i].first]);
      g_autofree char *body = put_in (half, "user_id_2", world->ids[cases[i].second]);
      g_autoptr (ServerReply) reply
          = api_expect (world, 201, cases[i].who, "POST", "/api/meetings", body);
      JsonObject *meeting = api_document (reply, "meeting");

      g_assert_cmpstr (api_text (meeting, "roleContext"), ==, cases[i].context);
      g_assert_cmpstr (api_text (meeting, "scheduledAt"), ==, api_text (meeting, "createdAt"));
      g_assert_cmpstr (api_text (meeting, "title"), ==, "Test Meeting");
      check_link (api_text (meeting, "jitsiLink"), api_text (meeting, "roomName"));
    }
}

static void
test_patch (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *path = api_path ("/api/meetings/%s/status", id);
  g_autoptr (ServerReply) reply = api_expect (world, 200, DESK, "PATCH", path, guide_patch);
  JsonObject *meeting = api_document (reply, "meeting");

  g_assert_cmpstr (api_text (meeting, "status"), ==, "active");
  g_assert_cmpstr (api_text (meeting, "notes"), ==, "Meeting started on time");
  g_assert_nonnull (api_text (meeting, "startedAt"));
  g_assert_null (api_text (meeting, "endedAt"));
  check_link (api_text (meeting, "jitsiLink"), api_text (meeting, "roomName"));
}

static void
test_delete (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *path = api_path ("/api/meetings/%s", id);
  g_autoptr (ServerReply) gone = api_expect (world, 200, DOCTOR, "DELETE", path, NULL);
  g_autoptr (ServerReply) still = api_expect (world, 200, DESK, "GET", path, NULL);
  g_autoptr (ServerReply) again = api_expect (world, 409, DOCTOR, "DELETE", path, NULL);

  g_assert_cmpstr (api_text (api_document (gone, "meeting"), "status"), ==, "cancelled");
  g_assert_null (api_text (api_document (gone, "meeting"), "jitsiLink"));
  g_assert_cmpstr (api_text (api_document (still, "meeting"), "status"), ==, "cancelled");
  g_assert_null (api_text (api_document (still, "meeting"), "jitsiLink"));
  api_assert_refused (again);
  g_assert_cmpstr (server_reply_get_code (again), ==, "illegal_transition");
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiGuide/appointment", test_appointment);
  g_test_add_func ("/Rounds/Server/ApiGuide/appointment-again", test_appointment_again);
  g_test_add_func ("/Rounds/Server/ApiGuide/meeting", test_meeting);
  g_test_add_func ("/Rounds/Server/ApiGuide/curl", test_curl);
  g_test_add_func ("/Rounds/Server/ApiGuide/patch", test_patch);
  g_test_add_func ("/Rounds/Server/ApiGuide/delete", test_delete);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
