/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Each field of the requests with what must not be in it, and the answer that names it.
 * Whole bodies, addresses and methods are in test-api-input.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-test.h"

static ApiWorld *world;

typedef struct
{
  const char *member;
  const char *value; /* JSON, or NULL to leave it out */
  guint status;
  const char *field; /* that the errors name */
} FieldRow;

static const FieldRow appointment_rows[] = {
  { "hospital", NULL, 400, "hospital" },
  { "hospital", "7", 400, "hospital" },
  { "hospital", "\"hospital_id\"", 400, "hospital" },
  { "hospital", "\"66F1A2B3C4D5E6F708192A3B\"", 400, "hospital" },
  { "hospital", "\"" API_UNKNOWN_ID "\"", 422, "hospital" },
  { "department", NULL, 400, "department" },
  { "department", "\"\"", 400, "department" },
  { "department", "[\"Cardiology\"]", 400, "department" },
  { "appointmentType", "\"telepathic\"", 400, "appointmentType" },
  { "appointmentType", "true", 400, "appointmentType" },
  { "appointmentDate", "20240115", 400, "appointmentDate" },
  { "appointmentDate", "\"2027-02-30\"", 400, "appointmentDate" },
  { "appointmentDate", "\"15.01.2027\"", 400, "appointmentDate" },
  { "appointmentTime", "\"25:00\"", 400, "appointmentTime" },
  { "appointmentTime", "null", 400, "appointmentTime" },
  { "reasonForVisit", "{}", 400, "reasonForVisit" },
  { "patientDetails", "\"John\"", 400, "patientDetails" },
  { "patientDetails.fullName", NULL, 400, "patientDetails.fullName" },
  { "patientDetails.fullName", "\"   \"", 400, "patientDetails.fullName" },
  { "patientDetails.fullName", "42", 400, "patientDetails.fullName" },
  { "patientDetails.email", "\"not an address\"", 400, "patientDetails.email" },
  { "patientDetails.phoneNumber", "\"call me\"", 400, "patientDetails.phoneNumber" },
  { "patientDetails.age", "\"35\"", 400, "patientDetails.age" },
  { "patientDetails.age", "-1", 400, "patientDetails.age" },
  { "patientDetails.age", "35.5", 400, "patientDetails.age" },
  { "patientDetails.age", "1e300", 400, "patientDetails.age" },
  { "patientDetails.gender", "[]", 400, "patientDetails.gender" },
  { "durationMinutes", "0", 400, "durationMinutes" },
  { "durationMinutes", "100000", 400, "durationMinutes" },
  { "doctor", "\"" API_UNKNOWN_ID "\"", 422, "doctor" },
  { "doctor", "{}", 400, "doctor" },
  { "patient", "\"" API_UNKNOWN_ID "\"", 422, "patient" },
  { "patient", "\"x\"", 400, "patient" },
};

static void
check_rows (ApiPerson who, const char *path, const char *good, const FieldRow *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *body = api_with_member (good, rows[i].member, rows[i].value);
      g_autoptr (ServerReply) reply = api_call (world, who, "POST", path, body);

      g_test_message ("%s = %s: %s", rows[i].member, rows[i].value, reply->body);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
      g_assert_cmpstr (server_reply_get_code (reply), ==,
                       rows[i].status == 400 ? "invalid" : "impossible");
      api_assert_names_field (reply, rows[i].field);
      api_assert_refused (reply);
    }
}

static void
test_appointment_fields (void)
{
  g_autofree char *good = api_appointment_body (world->hospital, NULL);

  check_rows (ADMIN, "/api/appointments", good, appointment_rows, G_N_ELEMENTS (appointment_rows));
}

/* A doctor as patient, a patient as doctor, somebody of the desk as either. */
static void
test_people_in_wrong_roles (void)
{
  static const struct
  {
    const char *member;
    ApiPerson person;
  } cases[] = { { "patient", DOCTOR }, { "patient", DESK }, { "patient", ADMIN },
                { "doctor", PATIENT }, { "doctor", DESK },  { "doctor", ADMIN } };
  g_autofree char *good = api_appointment_body (world->hospital, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = g_strdup_printf ("\"%s\"", world->ids[cases[i].person]);
      g_autofree char *body = api_with_member (good, cases[i].member, value);
      g_autoptr (ServerReply) reply
          = api_expect (world, 422, DESK, "POST", "/api/appointments", body);

      api_assert_names_field (reply, cases[i].member);
    }
}

/* 2 a.m. to 3 a.m. of that night did not happen in Berlin; a doubled hour means the first. */
static void
test_daylight_saving (void)
{
  g_autofree char *good = api_appointment_body (world->hospital, NULL);
  g_autofree char *spring = api_with_member (good, "appointmentDate", "\"2027-03-28\"");
  g_autofree char *skipped = api_with_member (spring, "appointmentTime", "\"02:30\"");
  g_autofree char *autumn = api_with_member (good, "appointmentDate", "\"2027-10-31\"");
  g_autofree char *doubled = api_with_member (autumn, "appointmentTime", "\"2:30 AM\"");
  g_autoptr (ServerReply) refused
      = api_expect (world, 422, DESK, "POST", "/api/appointments", skipped);
  g_autoptr (ServerReply) taken
      = api_expect (world, 201, DESK, "POST", "/api/appointments", doubled);

  api_assert_names_field (refused, "appointmentTime");
  g_assert_nonnull (strstr (refused->body, "3:00"));
  g_assert_cmpstr (api_text (api_document (taken, "appointment"), "startsAt"), ==,
                   "2027-10-31T00:30:00.000Z");
}

static const FieldRow meeting_rows[] = {
  { "participants", NULL, 400, "participants" },
  { "participants", "[]", 400, "participants" },
  { "participants", "\"somebody\"", 400, "participants" },
  { "participants", "[\"user_id_1\"]", 400, "participants" },
  { "participants", "[7]", 400, "participants[0]" },
  { "participants", "[\"" API_UNKNOWN_ID "\"]", 422, "participants" },
  { "title", NULL, 400, "title" },
  { "title", "\"\"", 400, "title" },
  { "title", "\"two\\nlines\"", 400, "title" },
  { "title", "{\"en\":\"Talk\"}", 400, "title" },
  { "description", "12", 400, "description" },
  { "roleContext", "\"doctor-nurse\"", 400, "roleContext" },
  { "roleContext", "\"patient-patient\"", 400, "roleContext" },
  { "roleContext", "0", 400, "roleContext" },
  { "scheduledAt", "\"tomorrow\"", 400, "scheduledAt" },
  { "scheduledAt", "1705327200", 400, "scheduledAt" },
  { "scheduledAt", "\"2024-01-15T14:00:00\"", 400, "scheduledAt" },
  { "meetingType", "\"hologram\"", 400, "meetingType" },
  { "expectedDuration", "\"30\"", 400, "expectedDuration" },
  { "expectedDuration", "-5", 400, "expectedDuration" },
};

static void
test_meeting_fields (void)
{
  g_autofree char *good
      = g_strdup_printf ("{\"participants\":[\"%s\"],\"title\":\"Talk\"}", world->ids[DESK]);

  check_rows (DOCTOR, "/api/meetings", good, meeting_rows, G_N_ELEMENTS (meeting_rows));
}

/* The caller alone is no meeting, however often he is named. */
static void
test_meeting_with_oneself (void)
{
  g_autofree char *body
      = g_strdup_printf ("{\"participants\":[\"%s\",\"%s\"],\"title\":\"Monologue\"}",
                         world->ids[DOCTOR], world->ids[DOCTOR]);
  g_autoptr (ServerReply) reply = api_expect (world, 422, DOCTOR, "POST", "/api/meetings", body);

  api_assert_names_field (reply, "participants");
}

static void
test_named_twice (void)
{
  g_autofree char *body
      = g_strdup_printf ("{\"participants\":[\"%s\",\"%s\",\"%s\"],\"title\":\"Talk\"}",
                         world->ids[DESK], world->ids[DESK], world->ids[DOCTOR]);
  g_autoptr (ServerReply) reply = api_expect (world, 201, DOCTOR, "POST", "/api/meetings", body);
  JsonArray *participants
      = json_object_get_array_member (api_document (reply, "meeting"), "participants");

  g_assert_cmpuint (json_array_get_length (participants), ==, 2);
}

/* What is empty is as absent as what is not there. */
static void
test_empty_texts (void)
{
  static const char *const own[] = { "reasonForVisit", "notes" };
  static const char *const patients[] = { "email", "phoneNumber", "gender" };
  g_autofree char *body
      = g_strdup_printf ("{\"hospital\":\"%s\",\"department\":\"Cardiology\","
                         "\"appointmentType\":\"in-person\",\"appointmentDate\":\"2032-01-15\","
                         "\"appointmentTime\":\"10:00 AM\",\"reasonForVisit\":\"\","
                         "\"patientDetails\":{\"fullName\":\"Jo\",\"email\":\"\","
                         "\"phoneNumber\":\"\",\"gender\":\"\"}}",
                         world->hospital);
  g_autoptr (ServerReply) made = api_expect (world, 201, DESK, "POST", "/api/appointments", body);
  g_autofree char *path = api_path ("/api/appointments/%s/status",
                                    api_text (api_document (made, "appointment"), "_id"));
  g_autoptr (ServerReply) changed
      = api_expect (world, 200, DESK, "PATCH", path, "{\"status\":\"arrived\",\"notes\":\"\"}");
  JsonObject *appointment = api_document (changed, "appointment");
  g_autofree char *talk = g_strdup_printf (
      "{\"participants\":[\"%s\"],\"title\":\"Talk\",\"description\":\"\"}", world->ids[DESK]);
  g_autoptr (ServerReply) meeting = api_expect (world, 201, DOCTOR, "POST", "/api/meetings", talk);

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    g_assert_false (json_object_has_member (appointment, own[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (patients); i++)
    g_assert_false (json_object_has_member (
        json_object_get_object_member (appointment, "patientDetails"), patients[i]));
  g_assert_false (json_object_has_member (api_document (meeting, "meeting"), "description"));
}

static void
test_status_fields (void)
{
  static const struct
  {
    const char *body;
    const char *field;
  } cases[] = {
    { "{}", "status" },
    { "{\"status\":null}", "status" },
    { "{\"status\":\"paused\"}", "status" },
    { "{\"status\":\"Active\"}", "status" },
    { "{\"status\":[\"active\"]}", "status" },
    { "{\"status\":\"active\",\"notes\":7}", "notes" },
    { "{\"status\":\"active\",\"notes\":\"\\u0007\"}", "notes" },
  };
  g_autofree char *meeting = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *visit = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *meeting_path = api_path ("/api/meetings/%s/status", meeting);
  g_autofree char *visit_path = api_path ("/api/appointments/%s/status", visit);
  const char *paths[] = { meeting_path, visit_path };

  for (gsize p = 0; p < G_N_ELEMENTS (paths); p++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr (ServerReply) reply
              = api_expect (world, 400, DOCTOR, "PATCH", paths[p], cases[i].body);

          api_assert_names_field (reply, cases[i].field);
        }
    }
}

static void
test_too_long (void)
{
  static const struct
  {
    const char *member;
    gsize most;
  } cases[]
      = { { "department", 200 }, { "reasonForVisit", 2000 }, { "patientDetails.fullName", 200 } };
  g_autofree char *good = api_appointment_body (world->hospital, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* Counted in characters, not bytes: each of these has three. */
      for (gsize more = 0; more <= 1; more++)
        {
          g_autoptr (GString) value = g_string_new ("\"");
          for (gsize k = 0; k < cases[i].most + more; k++)
            g_string_append (value, "語");
          g_string_append_c (value, '"');
          g_autofree char *long_one = api_with_member (good, cases[i].member, value->str);
          g_autofree char *body = api_at_free_time (long_one);
          g_autoptr (ServerReply) reply = api_expect (world, more == 0 ? 201 : 400, DOCTOR, "POST",
                                                      "/api/appointments", body);
        }
    }
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiFields/appointment", test_appointment_fields);
  g_test_add_func ("/Rounds/Server/ApiFields/people-in-wrong-roles", test_people_in_wrong_roles);
  g_test_add_func ("/Rounds/Server/ApiFields/daylight-saving", test_daylight_saving);
  g_test_add_func ("/Rounds/Server/ApiFields/meeting", test_meeting_fields);
  g_test_add_func ("/Rounds/Server/ApiFields/meeting-with-oneself", test_meeting_with_oneself);
  g_test_add_func ("/Rounds/Server/ApiFields/named-twice", test_named_twice);
  g_test_add_func ("/Rounds/Server/ApiFields/empty-texts", test_empty_texts);
  g_test_add_func ("/Rounds/Server/ApiFields/status", test_status_fields);
  g_test_add_func ("/Rounds/Server/ApiFields/too-long", test_too_long);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
