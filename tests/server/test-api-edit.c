/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * PATCH of appointments and meetings, and cancelling them.
 * Slots and versions are in test-api-slots.c and test-api-etag.c.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"

static ApiWorld *world;

static JsonObject *
get_appointment (ServerReply *reply)
{
  return api_document (reply, "appointment");
}

static void
test_appointment (void)
{
  g_autofree char *id = api_make_appointment (world, DESK, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autofree char *body
      = g_strdup_printf ("{\"appointmentDate\":\"2028-06-01\",\"appointmentTime\":\"3:00 PM\","
                         "\"durationMinutes\":45,\"doctor\":\"%s\",\"department\":\"Neurology\","
                         "\"reasonForVisit\":\"Dizziness\",\"notes\":\"Bring the pictures\","
                         "\"patientDetails\":{\"fullName\":\"Jon Doe\",\"age\":36}}",
                         world->ids[DOCTOR]);
  g_autoptr (ServerReply) reply = api_expect (world, 200, DESK, "PATCH", path, body);
  g_autoptr (ServerReply) read = api_expect (world, 200, DOCTOR, "GET", path, NULL);
  JsonObject *answers[] = { get_appointment (reply), get_appointment (read) };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      JsonObject *patient = json_object_get_object_member (answers[i], "patientDetails");

      g_assert_cmpstr (api_text (answers[i], "startsAt"), ==, "2028-06-01T13:00:00.000Z");
      g_assert_cmpstr (api_text (answers[i], "appointmentTime"), ==, "3:00 PM");
      g_assert_cmpint (json_object_get_int_member (answers[i], "durationMinutes"), ==, 45);
      g_assert_cmpstr (api_text (answers[i], "doctor"), ==, world->ids[DOCTOR]);
      g_assert_cmpstr (api_text (answers[i], "department"), ==, "Neurology");
      g_assert_cmpstr (api_text (answers[i], "reasonForVisit"), ==, "Dizziness");
      g_assert_cmpstr (api_text (answers[i], "notes"), ==, "Bring the pictures");
      g_assert_cmpstr (api_text (answers[i], "status"), ==, "confirmed");
      g_assert_cmpstr (api_text (patient, "fullName"), ==, "Jon Doe");
      g_assert_cmpstr (api_text (patient, "email"), ==, "john@example.com");
      g_assert_cmpint (json_object_get_int_member (patient, "age"), ==, 36);
    }
}

typedef struct
{
  const char *body;
  guint status;
  const char *field; /* or NULL */
} EditRow;

static const EditRow appointment_rows[] = {
  { "{}", 200, NULL },
  { "{\"unheardOf\":1}", 200, NULL },
  { "{\"notes\":\"\",\"reasonForVisit\":\"\"}", 200, NULL },
  { "{\"doctor\":null,\"notes\":null}", 200, NULL },
  { "{\"appointmentType\":\"virtual\"}", 200, NULL },
  { "{\"notes\":7}", 400, "notes" },
  { "{\"durationMinutes\":\"long\"}", 400, "durationMinutes" },
  { "{\"durationMinutes\":4}", 400, "durationMinutes" },
  { "{\"appointmentDate\":\"tomorrow\"}", 400, "appointmentDate" },
  { "{\"appointmentTime\":\"25:00\"}", 400, "appointmentTime" },
  { "{\"department\":\"\"}", 400, "department" },
  { "{\"doctor\":\"me\"}", 400, "doctor" },
  { "{\"patientDetails\":{\"age\":999}}", 400, "patientDetails.age" },
  { "{\"appointmentDate\":\"2028-03-26\",\"appointmentTime\":\"2:30\"}", 422, "appointmentTime" },
  { "{\"doctor\":\"" API_UNKNOWN_ID "\"}", 422, "doctor" },
  { "{\"hospital\":\"" API_UNKNOWN_ID "\"}", 422, "hospital" },
  { "{\"patient\":\"" API_UNKNOWN_ID "\"}", 422, "patient" },
  { "{\"appointmentType\":\"in-person\"}", 422, "appointmentType" },
  /* Nobody is answered 200 to what was not done. */
  { "{\"status\":\"confirmed\"}", 200, NULL },
  { "{\"status\":\"cancelled\"}", 422, "status" },
  { "{\"status\":1}", 400, "status" },
  { "{\"startsAt\":\"2028-06-01T10:00:00Z\"}", 422, "startsAt" },
  { "{\"appointmentDate\":\"2028-06-01\",\"appointmentTime\":\"12:00\","
    "\"startsAt\":\"2028-06-01T10:00:00Z\"}",
    200, NULL },
};

static const EditRow meeting_rows[] = {
  { "{}", 200, NULL },
  { "{\"unheardOf\":1}", 200, NULL },
  { "{\"description\":\"\",\"notes\":\"\"}", 200, NULL },
  { "{\"title\":\"\"}", 400, "title" },
  { "{\"title\":1}", 400, "title" },
  { "{\"meetingType\":\"telepathy\"}", 400, "meetingType" },
  { "{\"expectedDuration\":1}", 400, "expectedDuration" },
  { "{\"scheduledAt\":\"noon\"}", 400, "scheduledAt" },
  { "{\"participants\":[\"x\"]}", 400, "participants" },
  { "{\"participants\":[\"" API_UNKNOWN_ID "\"]}", 422, "participants" },
  { "{\"roleContext\":\"patient-hospital\"}", 403, NULL },
  { "{\"status\":\"scheduled\"}", 200, NULL },
  { "{\"status\":\"cancelled\"}", 422, "status" },
};

static void
check_rows (const char *path, ApiPerson who, const EditRow *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (ServerReply) reply
          = api_expect (world, rows[i].status, who, "PATCH", path, rows[i].body);

      if (rows[i].field != NULL)
        api_assert_names_field (reply, rows[i].field);
      if (rows[i].status >= 400)
        api_assert_refused (reply);
    }
}

static void
test_fields (void)
{
  g_autofree char *appointment = api_make_appointment (world, DESK, NULL);
  g_autofree char *appointment_path = api_path ("/api/appointments/%s", appointment);
  g_autofree char *meeting = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *meeting_path = api_path ("/api/meetings/%s", meeting);

  check_rows (appointment_path, DESK, appointment_rows, G_N_ELEMENTS (appointment_rows));
  check_rows (meeting_path, DOCTOR, meeting_rows, G_N_ELEMENTS (meeting_rows));
}

/* Who may change which records, by person; the appointment is DOCTOR's with PATIENT, the meeting
 * is of DOCTOR with PATIENT. */
static void
test_rights (void)
{
  static const guint appointments[API_N_PEOPLE + 1] = { 200, 404, 200, 404, 200, 403, 404, 401 };
  static const guint meetings[API_N_PEOPLE + 1] = { 200, 404, 404, 404, 200, 403, 404, 401 };
  g_autofree char *patient = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);
  g_autofree char *appointment = api_make_appointment (world, DOCTOR, patient);
  g_autofree char *appointment_path = api_path ("/api/appointments/%s", appointment);
  g_autofree char *meeting = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *meeting_path = api_path ("/api/meetings/%s", meeting);

  for (ApiPerson who = 0; who <= NOBODY; who++)
    {
      g_autoptr (ServerReply) first = api_expect (world, appointments[who], who, "PATCH",
                                                  appointment_path, "{\"notes\":\"x\"}");
      g_autoptr (ServerReply) second
          = api_expect (world, meetings[who], who, "PATCH", meeting_path, "{\"notes\":\"x\"}");
    }
}

/* A doctor takes what is hers to take; she does not book for colleagues, nor unseat them. */
static void
test_assigning (void)
{
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autofree char *to_colleague = g_strdup_printf ("{\"doctor\":\"%s\"}", world->ids[DOCTOR2]);
  g_autofree char *to_patient = g_strdup_printf ("{\"doctor\":\"%s\"}", world->ids[PATIENT]);
  g_autoptr (ServerReply) refused = api_expect (world, 403, DOCTOR, "PATCH", path, to_colleague);
  g_autoptr (ServerReply) no_doctor = api_expect (world, 422, DESK, "PATCH", path, to_patient);
  g_autoptr (ServerReply) given = api_expect (world, 200, DESK, "PATCH", path, to_colleague);
  g_autoptr (ServerReply) gone = api_expect (world, 404, DOCTOR, "GET", path, NULL);
  g_autoptr (ServerReply) seen = api_expect (world, 200, DOCTOR2, "GET", path, NULL);
}

/* The desk takes a visit from a doctor who fell ill; who will see the patient is not known yet. */
static void
test_taking_away (void)
{
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autoptr (ServerReply) refused
      = api_expect (world, 403, DOCTOR, "PATCH", path, "{\"doctor\":\"\"}");
  g_autoptr (ServerReply) taken = api_expect (world, 200, DESK, "PATCH", path, "{\"doctor\":\"\"}");
  g_autoptr (ServerReply) gone = api_expect (world, 404, DOCTOR, "GET", path, NULL);
  g_autoptr (ServerReply) again = api_expect (world, 200, DESK, "PATCH", path, "{\"doctor\":\"\"}");

  g_assert_false (json_object_has_member (get_appointment (taken), "doctor"));
}

/* Who sends back the whole document changes what differs, also when somebody in it is gone. */
static void
test_whole_document (void)
{
  g_autoptr (ServerReply) added
      = api_expect (world, 201, DESK, "POST", "/api/users",
                    "{\"name\":\"Leaving Soon\",\"email\":\"leaving@example.org\"}");
  const char *person = api_text (api_document (added, "user"), "id");
  g_autofree char *user_path = api_path ("/api/users/%s", person);
  g_autofree char *body = g_strdup_printf ("{\"title\":\"T\",\"participants\":[\"%s\"]}", person);
  g_autoptr (ServerReply) made = api_expect (world, 201, DOCTOR, "POST", "/api/meetings", body);
  JsonObject *meeting = api_document (made, "meeting");
  g_autofree char *path = api_path ("/api/meetings/%s", api_text (meeting, "id"));
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), meeting);
  g_autofree char *document = json_to_string (node, FALSE);
  g_autofree char *renamed = api_with_member (document, "title", "\"Renamed\"");
  g_autofree char *with_another
      = api_with_member (renamed, "participants", "[\"" API_UNKNOWN_ID "\"]");
  g_autoptr (ServerReply) off
      = api_expect (world, 200, ADMIN, "PATCH", user_path, "{\"active\":false}");
  g_autoptr (ServerReply) edited = api_expect (world, 200, DOCTOR, "PATCH", path, renamed);
  g_autoptr (ServerReply) refused = api_expect (world, 422, DOCTOR, "PATCH", path, with_another);

  g_assert_cmpstr (api_text (api_document (edited, "meeting"), "title"), ==, "Renamed");
}

static void
test_cancel (void)
{
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autoptr (ServerReply) stranger = api_expect (world, 404, DESK2, "DELETE", path, NULL);
  g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "DELETE", path, NULL);
  g_autoptr (ServerReply) read = api_expect (world, 200, DOCTOR, "GET", path, NULL);
  g_autoptr (ServerReply) again = api_expect (world, 409, DOCTOR, "DELETE", path, NULL);

  g_assert_cmpstr (api_text (get_appointment (reply), "status"), ==, "cancelled");
  g_assert_cmpstr (api_text (get_appointment (read), "status"), ==, "cancelled");
  g_assert_null (api_text (get_appointment (reply), "meetingLink"));
  g_assert_cmpstr (server_reply_get_code (again), ==, "illegal_transition");
  g_assert_nonnull (strstr (again->body, "This appointment is cancelled already"));
}

/* What is over stays as it was, but for the notes. */
static void
test_closed (void)
{
  g_autofree char *appointment = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *meeting = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *appointment_path = api_path ("/api/appointments/%s", appointment);
  g_autofree char *meeting_path = api_path ("/api/meetings/%s", meeting);
  const char *const paths[] = { appointment_path, meeting_path };
  static const char *const bodies[]
      = { "{\"appointmentTime\":\"23:45\"}", "{\"title\":\"Another\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ServerReply) cancelled = api_expect (world, 200, DOCTOR, "DELETE", paths[i], NULL);
      g_autoptr (ServerReply) closed
          = api_expect (world, 409, DOCTOR, "PATCH", paths[i], bodies[i]);
      g_autoptr (ServerReply) noted
          = api_expect (world, 200, DOCTOR, "PATCH", paths[i], "{\"notes\":\"He called off\"}");

      g_assert_cmpstr (server_reply_get_code (closed), ==, "record_closed");
    }
}

static void
test_meeting (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *path = api_path ("/api/meetings/%s", id);
  g_autofree char *body = g_strdup_printf (
      "{\"title\":\"Second opinion\",\"description\":\"Room 4\",\"notes\":\"n\","
      "\"scheduledAt\":\"2028-06-02T10:00:00+02:00\",\"meetingType\":\"audio\","
      "\"expectedDuration\":90,\"roleContext\":\"patient-doctor\",\"participants\":[\"%s\"]}",
      world->ids[PATIENT]);
  g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "PATCH", path, body);
  g_autoptr (ServerReply) read = api_expect (world, 200, PATIENT, "GET", path, NULL);
  g_autoptr (ServerReply) lost = api_expect (world, 404, DOCTOR2, "GET", path, NULL);
  JsonObject *meeting = api_document (read, "meeting");
  JsonArray *people = json_object_get_array_member (meeting, "participants");

  g_assert_cmpstr (api_text (meeting, "title"), ==, "Second opinion");
  g_assert_cmpstr (api_text (meeting, "description"), ==, "Room 4");
  g_assert_cmpstr (api_text (meeting, "notes"), ==, "n");
  g_assert_cmpstr (api_text (meeting, "scheduledAt"), ==, "2028-06-02T08:00:00.000Z");
  g_assert_cmpstr (api_text (meeting, "meetingType"), ==, "audio");
  g_assert_cmpint (json_object_get_int_member (meeting, "expectedDuration"), ==, 90);
  g_assert_cmpstr (api_text (meeting, "roleContext"), ==, "patient-doctor");
  g_assert_cmpuint (json_array_get_length (people), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (people, 0), ==, world->ids[PATIENT]);

  /* What is not named stays. */
  g_autoptr (ServerReply) second
      = api_expect (world, 200, ADMIN, "PATCH", path, "{\"title\":\"Third\"}");
  meeting = api_document (second, "meeting");
  g_assert_cmpstr (api_text (meeting, "meetingType"), ==, "audio");
  g_assert_cmpstr (api_text (meeting, "notes"), ==, "n");
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiEdit/appointment", test_appointment);
  g_test_add_func ("/Rounds/Server/ApiEdit/fields", test_fields);
  g_test_add_func ("/Rounds/Server/ApiEdit/rights", test_rights);
  g_test_add_func ("/Rounds/Server/ApiEdit/assigning", test_assigning);
  g_test_add_func ("/Rounds/Server/ApiEdit/taking-away", test_taking_away);
  g_test_add_func ("/Rounds/Server/ApiEdit/whole-document", test_whole_document);
  g_test_add_func ("/Rounds/Server/ApiEdit/cancel", test_cancel);
  g_test_add_func ("/Rounds/Server/ApiEdit/closed", test_closed);
  g_test_add_func ("/Rounds/Server/ApiEdit/meeting", test_meeting);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
