/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Each call: what it sends and what it makes of the answer, of our server and of the guide's.
 * What goes wrong on the way is in test-api-call.c.
 */

#include "config.h"

#include "rounds-api.h"
#include "rounds-json.h"
#include "rounds-test.h"
#include "samples.h"
#include "scripted-server.h"

#define APPOINTMENTS_ROUTE "GET /api/appointments/user/" SAMPLE_DOCTOR_ID
#define MEETINGS_ROUTE "GET /api/meetings/user/" SAMPLE_DOCTOR_ID
#define MEETING_PATH "/api/meetings/" SAMPLE_MEETING_ID
#define APPOINTMENT_PATH "/api/appointments/" SAMPLE_APPOINTMENT_ID
#define LINK "https://meet.example.org/room?jwt=x.y.z"

typedef struct
{
  ScriptedServer *server;
  RoundsApi *api;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = scripted_server_new ();
  fixture->api = rounds_api_new (scripted_server_get_url (fixture->server), &error);
  g_assert_no_error (error);
  rounds_api_set_token (fixture->api, "t");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->api);
  g_clear_pointer (&fixture->server, scripted_server_free);
}

static JsonObject *
get_sent_object (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object
      = rounds_json_parse_object (scripted_server_get_last_body (fixture->server), -1, &error);

  g_assert_no_error (error);
  return object;
}

static JsonObject *
make_appointment_json (const char *link)
{
  g_autoptr (RoundsAppointment) appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);

  return rounds_wire_appointment_to_json (appointment, link);
}

static JsonObject *
make_meeting_json (RoundsMeetingStatus status, const char *link)
{
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);

  meeting->status = status;
  return rounds_wire_meeting_to_json (meeting, link);
}

static JsonObject *
make_user_json (const char *id)
{
  g_autoptr (RoundsUser) user = sample_user (id, "Dr. Grace Hopper");

  return rounds_wire_user_to_json (user);
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  JsonObject *answer = sample_one ("user", make_user_json (SAMPLE_DOCTOR_ID));
  g_autoptr (RoundsSignIn) sign_in = NULL;
  g_autoptr (JsonObject) sent = NULL;

  json_object_set_string_member (answer, "accessToken", "access");
  json_object_set_string_member (answer, "refreshToken", "refresh");
  json_object_set_int_member (answer, "expiresIn", 900);
  scripted_server_answer_data (fixture->server, "POST /api/auth/login", answer);

  sign_in = rounds_test_expect_boxed (
      rounds_api_sign_in (fixture->api, "doctor@example.org", "päss\"word"));
  g_assert_cmpstr (sign_in->access_token, ==, "access");
  g_assert_cmpstr (sign_in->refresh_token, ==, "refresh");
  g_assert_cmpint (sign_in->expires_in, ==, 900);
  g_assert_cmpstr (sign_in->user->id, ==, SAMPLE_DOCTOR_ID);

  sent = get_sent_object (fixture);
  g_assert_cmpstr (json_object_get_string_member (sent, "email"), ==, "doctor@example.org");
  g_assert_cmpstr (json_object_get_string_member (sent, "password"), ==, "päss\"word");
  g_assert_null (scripted_server_get_last_header (fixture->server, "Authorization"));
  g_assert_cmpstr (rounds_api_get_token (fixture->api), ==, "t");
}

static void
fail_unauthorized_cb (RoundsApi *api, gpointer data)
{
  g_assert_not_reached ();
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->api, "unauthorized", G_CALLBACK (fail_unauthorized_cb), NULL);
  scripted_server_refuse (fixture->server, "POST /api/auth/login", 401, "wrong", "Wrong password");
  sign_in = rounds_api_sign_in (fixture->api, "doctor@example.org", "guess");
  rounds_test_wait_for (sign_in);
  g_assert_null (dex_future_get_value (sign_in, &error));
  g_assert_error (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_cmpstr (error->message, ==, "Wrong password");
}

static void
test_sign_in_without_token (Fixture *fixture, gconstpointer data)
{
  static const char *const tokens[] = { "null", "\"\"", "5" };

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autofree char *body
          = g_strdup_printf ("{\"status\":\"success\",\"data\":{\"accessToken\":%s,\"user\":{"
                             "\"_id\":\"" SAMPLE_DOCTOR_ID "\",\"name\":\"A\",\"role\":\"doctor\","
                             "\"email\":\"a@example.org\"}}}",
                             tokens[i]);

      scripted_server_answer (fixture->server, "POST /api/auth/login", 200, "application/json",
                              body);
      rounds_test_expect_error (rounds_api_sign_in (fixture->api, "a@example.org", "b"),
                                ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BAD_ANSWER);
    }
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  scripted_server_answer (fixture->server, "POST /api/auth/logout", 204, NULL, NULL);
  rounds_test_expect (rounds_api_sign_out (fixture->api));
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /api/auth/logout"), ==, 1);
  g_assert_null (rounds_api_get_token (fixture->api));

  rounds_api_set_token (fixture->api, "t");
  scripted_server_stop (fixture->server);
  rounds_test_expect_error (rounds_api_sign_out (fixture->api), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_UNREACHABLE);
  g_assert_null (rounds_api_get_token (fixture->api));
}

static void
test_me (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsUser) user = NULL;

  scripted_server_answer_data (fixture->server, "GET /api/users/me",
                               sample_one ("user", make_user_json (SAMPLE_DOCTOR_ID)));
  user = rounds_test_expect_boxed (rounds_api_get_me (fixture->api));
  g_assert_cmpstr (user->name, ==, "Dr. Grace Hopper");
}

static void
test_directory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsHospital) hospital = sample_hospital ();
  g_autoptr (RoundsListing) users = NULL;
  g_autoptr (RoundsListing) hospitals = NULL;

  scripted_server_answer_data (fixture->server, "GET /api/users",
                               sample_list ("users", make_user_json (SAMPLE_DOCTOR_ID),
                                            make_user_json (SAMPLE_PATIENT_ID), NULL));
  scripted_server_answer_data (
      fixture->server, "GET /api/hospitals",
      sample_list ("hospitals", rounds_wire_hospital_to_json (hospital), NULL));

  users = rounds_test_expect_boxed (rounds_api_list_users (fixture->api));
  hospitals = rounds_test_expect_boxed (rounds_api_list_hospitals (fixture->api));
  g_assert_true (users->is_known && hospitals->is_known);
  g_assert_cmpuint (users->records->len, ==, 2);
  g_assert_cmpuint (hospitals->records->len, ==, 1);
  g_assert_true (rounds_hospital_equal (hospital, g_ptr_array_index (hospitals->records, 0)));
}

static void
test_no_directory (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 404, 403 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (RoundsListing) users = NULL;
      g_autoptr (RoundsListing) hospitals = NULL;

      scripted_server_answer (fixture->server, "GET /api/users", statuses[i], "text/html", "No");
      scripted_server_answer (fixture->server, "GET /api/hospitals", statuses[i], "text/html", "");
      users = rounds_test_expect_boxed (rounds_api_list_users (fixture->api));
      hospitals = rounds_test_expect_boxed (rounds_api_list_hospitals (fixture->api));
      g_assert_false (users->is_known || hospitals->is_known);
      g_assert_cmpuint (users->records->len + hospitals->records->len, ==, 0);
    }

  scripted_server_refuse (fixture->server, "GET /api/users", 500, "x", "Broken");
  rounds_test_expect_error (rounds_api_list_users (fixture->api), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_SERVER);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAppointment) expected = sample_appointment (SAMPLE_APPOINTMENT_ID);
  g_autoptr (RoundsListing) appointments = NULL;
  g_autoptr (RoundsListing) meetings = NULL;

  scripted_server_answer_data (fixture->server, APPOINTMENTS_ROUTE,
                               sample_list ("appointments", make_appointment_json (NULL), NULL));
  scripted_server_answer_data (fixture->server, MEETINGS_ROUTE,
                               sample_list ("meetings", NULL, NULL));

  appointments
      = rounds_test_expect_boxed (rounds_api_list_appointments (fixture->api, SAMPLE_DOCTOR_ID));
  meetings = rounds_test_expect_boxed (rounds_api_list_meetings (fixture->api, SAMPLE_DOCTOR_ID));
  g_assert_cmpuint (appointments->records->len, ==, 1);
  g_assert_cmpuint (appointments->n_unreadable, ==, 0);
  g_assert_true (rounds_appointment_equal (expected, g_ptr_array_index (appointments->records, 0)));
  g_assert_true (meetings->is_known);
  g_assert_cmpuint (meetings->records->len, ==, 0);
}

static void
test_lists_between (Fixture *fixture, gconstpointer data)
{
  const RoundsTimeRange day = { G_GINT64_CONSTANT (1705276800) * ROUNDS_SECOND,
                                G_GINT64_CONSTANT (1705363200) * ROUNDS_SECOND };
  const char *query = "from=2024-01-15T00%3A00%3A00.000Z&to=2024-01-16T00%3A00%3A00.000Z";
  g_autoptr (RoundsListing) appointments = NULL;
  g_autoptr (RoundsListing) meetings = NULL;

  scripted_server_answer_data (fixture->server, APPOINTMENTS_ROUTE,
                               sample_list ("appointments", (JsonObject *)NULL, NULL));
  scripted_server_answer_data (fixture->server, MEETINGS_ROUTE,
                               sample_list ("meetings", (JsonObject *)NULL, NULL));
  appointments = rounds_test_expect_boxed (
      rounds_api_list_appointments_between (fixture->api, SAMPLE_DOCTOR_ID, day));
  g_assert_cmpstr (scripted_server_get_last_query (fixture->server), ==, query);
  meetings = rounds_test_expect_boxed (
      rounds_api_list_meetings_between (fixture->api, SAMPLE_DOCTOR_ID, day));
  g_assert_cmpstr (scripted_server_get_last_query (fixture->server), ==, query);
}

static void
test_bare_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsListing) meetings = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *record = NULL;
  g_autofree char *body = NULL;

  json_node_take_object (node, make_meeting_json (ROUNDS_MEETING_SCHEDULED, NULL));
  record = rounds_json_to_text (node);
  body = g_strdup_printf ("{\"status\":\"success\",\"data\":[%s]}", record);
  scripted_server_answer (fixture->server, MEETINGS_ROUTE, 200, "application/json", body);

  meetings = rounds_test_expect_boxed (rounds_api_list_meetings (fixture->api, SAMPLE_DOCTOR_ID));
  g_assert_cmpuint (meetings->records->len, ==, 1);
}

static void
test_unreadable_records (Fixture *fixture, gconstpointer data)
{
  JsonObject *garbled = make_meeting_json (ROUNDS_MEETING_SCHEDULED, NULL);
  JsonObject *nameless = make_meeting_json (ROUNDS_MEETING_SCHEDULED, NULL);
  g_autoptr (RoundsListing) meetings = NULL;

  json_object_set_string_member (garbled, "status", "postponed");
  json_object_remove_member (nameless, "_id");
  json_object_remove_member (nameless, "id");
  scripted_server_answer_data (fixture->server, MEETINGS_ROUTE,
                               sample_list ("meetings", garbled, nameless,
                                            make_meeting_json (ROUNDS_MEETING_SCHEDULED, NULL),
                                            NULL));

  meetings = rounds_test_expect_boxed (rounds_api_list_meetings (fixture->api, SAMPLE_DOCTOR_ID));
  g_assert_cmpuint (meetings->records->len, ==, 1);
  g_assert_cmpuint (meetings->n_unreadable, ==, 2);
  g_assert_cmpuint (meetings->unreadable_ids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (meetings->unreadable_ids, 0), ==, SAMPLE_MEETING_ID);
}

static void
test_lists_that_are_none (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "{\"status\":\"success\"}",
    "{\"status\":\"success\",\"data\":{}}",
    "{\"status\":\"success\",\"data\":null}",
    "{\"status\":\"success\",\"data\":{\"meetings\":null}}",
    "{\"status\":\"success\",\"data\":{\"meetings\":{}}}",
    "{\"status\":\"success\",\"data\":{\"meetings\":[1,null,\"x\"]}}",
    "{\"status\":\"success\",\"data\":{\"meetings\":[{}]}}",
    "{\"status\":\"success\",\"data\":{\"appointments\":[]}}",
    "{\"status\":\"success\",\"data\":{\"meetings\":[",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%s", bodies[i]);
      scripted_server_answer (fixture->server, MEETINGS_ROUTE, 200, "application/json", bodies[i]);
      rounds_test_expect_error (rounds_api_list_meetings (fixture->api, SAMPLE_DOCTOR_ID),
                                ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BAD_ANSWER);
    }
}

/* Enough to be read on another thread. */
static void
test_long_list (Fixture *fixture, gconstpointer data)
{
  const guint n_records = 2000;
  g_autoptr (RoundsListing) appointments = NULL;
  JsonArray *list = json_array_new ();
  JsonObject *answer = json_object_new ();

  for (guint i = 0; i < n_records; i++)
    {
      g_autofree char *id = g_strdup_printf ("64b0000000000000%08x", i);
      g_autoptr (RoundsAppointment) appointment = sample_appointment (id);

      json_array_add_object_element (list, rounds_wire_appointment_to_json (appointment, NULL));
    }
  json_object_set_array_member (answer, "appointments", list);
  scripted_server_answer_data (fixture->server, APPOINTMENTS_ROUTE, answer);

  appointments
      = rounds_test_expect_boxed (rounds_api_list_appointments (fixture->api, SAMPLE_DOCTOR_ID));
  g_assert_cmpuint (appointments->records->len, ==, n_records);
}

static void
test_get (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsMeeting) unwrapped = NULL;

  scripted_server_answer_data (fixture->server, "GET " APPOINTMENT_PATH,
                               sample_one ("appointment", make_appointment_json (LINK)));
  scripted_server_answer_data (
      fixture->server, "GET " MEETING_PATH,
      sample_one ("meeting", make_meeting_json (ROUNDS_MEETING_ACTIVE, LINK)));

  appointment
      = rounds_test_expect_boxed (rounds_api_get_appointment (fixture->api, SAMPLE_APPOINTMENT_ID));
  meeting = rounds_test_expect_boxed (rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID));
  g_assert_cmpstr (appointment->meeting_link, ==, LINK);
  g_assert_cmpstr (meeting->jitsi_link, ==, LINK);
  g_assert_cmpint (meeting->status, ==, ROUNDS_MEETING_ACTIVE);

  scripted_server_answer_data (fixture->server, "GET " MEETING_PATH,
                               make_meeting_json (ROUNDS_MEETING_ACTIVE, LINK));
  unwrapped = rounds_test_expect_boxed (rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID));
  g_assert_true (rounds_meeting_equal (meeting, unwrapped));
}

static void
test_create_appointment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAppointmentDraft) draft = sample_appointment_draft ();
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (JsonObject) sent = NULL;
  JsonObject *patient;

  scripted_server_answer_data (fixture->server, "POST /api/appointments",
                               sample_one ("appointment", make_appointment_json (LINK)));
  appointment
      = rounds_test_expect_boxed (rounds_api_create_appointment (fixture->api, draft, NULL));
  g_assert_cmpstr (appointment->id, ==, SAMPLE_APPOINTMENT_ID);

  sent = get_sent_object (fixture);
  patient = json_object_get_object_member (sent, "patientDetails");
  g_assert_cmpstr (json_object_get_string_member (sent, "hospital"), ==, SAMPLE_HOSPITAL_ID);
  g_assert_cmpstr (json_object_get_string_member (sent, "appointmentType"), ==, "virtual");
  g_assert_cmpstr (json_object_get_string_member (sent, "appointmentTime"), ==, "10:00 AM");
  g_assert_cmpstr (json_object_get_string_member (patient, "fullName"), ==, "Ayşe Öztürk");
}

static void
test_create_meeting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsMeetingDraft) draft = sample_meeting_draft ();
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (JsonObject) sent = NULL;
  JsonObject *answer = sample_one ("meeting", make_meeting_json (ROUNDS_MEETING_SCHEDULED, NULL));
  JsonObject *details = json_object_new ();

  /* As the guide shows it: the link stands beside the meeting. */
  json_object_set_string_member (details, "meetingLink", LINK);
  json_object_set_string_member (details, "roomName", "meeting-x");
  json_object_set_object_member (answer, "jitsiDetails", details);
  scripted_server_answer_data (fixture->server, "POST /api/meetings", answer);

  meeting = rounds_test_expect_boxed (rounds_api_create_meeting (fixture->api, draft, NULL));
  g_assert_cmpstr (meeting->jitsi_link, ==, LINK);
  sent = get_sent_object (fixture);
  g_assert_cmpstr (json_object_get_string_member (sent, "roleContext"), ==, "patient-doctor");
  g_assert_cmpstr (json_object_get_string_member (sent, "scheduledAt"), ==,
                   "2024-01-15T09:00:00.000Z");
  g_assert_cmpstr (json_object_get_string_member (sent, "meetingType"), ==, "audio");
}

static void
test_change_status (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (JsonObject) sent_first = NULL;
  g_autoptr (JsonObject) sent_second = NULL;

  scripted_server_answer_data (fixture->server, "PATCH " APPOINTMENT_PATH "/status",
                               sample_one ("appointment", make_appointment_json (LINK)));
  appointment = rounds_test_expect_boxed (rounds_api_change_appointment_status (
      fixture->api, SAMPLE_APPOINTMENT_ID, ROUNDS_APPOINTMENT_NO_SHOW, NULL, NULL));
  sent_first = get_sent_object (fixture);
  g_assert_cmpstr (json_object_get_string_member (sent_first, "status"), ==, "no-show");

  scripted_server_answer_data (
      fixture->server, "PATCH " MEETING_PATH "/status",
      sample_one ("meeting", make_meeting_json (ROUNDS_MEETING_ACTIVE, LINK)));
  meeting = rounds_test_expect_boxed (rounds_api_change_meeting_status (
      fixture->api, SAMPLE_MEETING_ID, ROUNDS_MEETING_ACTIVE, "Meeting started on time", NULL));
  sent_second = get_sent_object (fixture);
  g_assert_cmpstr (json_object_get_string_member (sent_second, "status"), ==, "active");
  g_assert_cmpstr (json_object_get_string_member (sent_second, "notes"), ==,
                   "Meeting started on time");
  g_assert_cmpint (meeting->status, ==, ROUNDS_MEETING_ACTIVE);
}

/* The guide shows no answer to PATCH and DELETE, so it may say nothing of the meeting. */
static void
test_change_with_a_short_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsMeeting) changed = NULL;
  g_autoptr (RoundsMeeting) cancelled = NULL;

  scripted_server_answer (fixture->server, "PATCH " MEETING_PATH "/status", 200, "application/json",
                          "{\"status\":\"success\",\"message\":\"Updated\"}");
  scripted_server_answer_data (
      fixture->server, "GET " MEETING_PATH,
      sample_one ("meeting", make_meeting_json (ROUNDS_MEETING_COMPLETED, NULL)));
  changed = rounds_test_expect_boxed (rounds_api_change_meeting_status (
      fixture->api, SAMPLE_MEETING_ID, ROUNDS_MEETING_COMPLETED, NULL, NULL));
  g_assert_cmpint (changed->status, ==, ROUNDS_MEETING_COMPLETED);

  scripted_server_answer (fixture->server, "DELETE " MEETING_PATH, 204, NULL, NULL);
  scripted_server_answer_data (
      fixture->server, "GET " MEETING_PATH,
      sample_one ("meeting", make_meeting_json (ROUNDS_MEETING_CANCELLED, NULL)));
  cancelled = rounds_test_expect_boxed (
      rounds_api_cancel_meeting (fixture->api, SAMPLE_MEETING_ID, NULL));
  g_assert_cmpint (cancelled->status, ==, ROUNDS_MEETING_CANCELLED);
}

static void
test_change_refused (Fixture *fixture, gconstpointer data)
{
  scripted_server_refuse (fixture->server, "DELETE " MEETING_PATH, 409, "illegal", "Too late");
  rounds_test_expect_error (rounds_api_cancel_meeting (fixture->api, SAMPLE_MEETING_ID, NULL),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_CONFLICT);
  g_assert_cmpuint (scripted_server_count (fixture->server, "GET " MEETING_PATH), ==, 0);

  scripted_server_answer (fixture->server, "DELETE " MEETING_PATH, 200, "application/json",
                          "{\"status\":\"success\",\"data\":{\"meeting\":{\"_id\":3}}}");
  rounds_test_expect_error (rounds_api_cancel_meeting (fixture->api, SAMPLE_MEETING_ID, NULL),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BAD_ANSWER);
}

/* A reverse proxy may put the server under a path. */
static void
test_path_prefix (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address
      = g_strconcat (scripted_server_get_url (fixture->server), "/clinic/", NULL);
  g_autoptr (RoundsApi) api = rounds_api_new (address, NULL);

  scripted_server_answer_data (fixture->server, "GET /clinic/api/users/me",
                               sample_one ("user", make_user_json (SAMPLE_DOCTOR_ID)));
  rounds_test_expect (rounds_api_get_me (api));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Net/Api/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("sign-in", test_sign_in);
  ADD ("wrong-password", test_wrong_password);
  ADD ("sign-in-without-token", test_sign_in_without_token);
  ADD ("sign-out", test_sign_out);
  ADD ("me", test_me);
  ADD ("directory", test_directory);
  ADD ("no-directory", test_no_directory);
  ADD ("lists", test_lists);
  ADD ("lists-between", test_lists_between);
  ADD ("bare-list", test_bare_list);
  ADD ("unreadable-records", test_unreadable_records);
  ADD ("lists-that-are-none", test_lists_that_are_none);
  ADD ("long-list", test_long_list);
  ADD ("get", test_get);
  ADD ("create-appointment", test_create_appointment);
  ADD ("create-meeting", test_create_meeting);
  ADD ("change-status", test_change_status);
  ADD ("change-with-a-short-answer", test_change_with_a_short_answer);
  ADD ("change-refused", test_change_refused);
  ADD ("path-prefix", test_path_prefix);
  return g_test_run ();
}
