/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What people and programs send by mistake or with intent: wrong JSON, types, sizes, methods, ids.
 * HTTP itself is tested in the test-core files.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-route.h"
#include "rounds-test.h"

static ApiWorld *world;

/* @route's path with the ids of the person it is tried by. (transfer full) */
static char *
fill_path (const RoundsRoute *route)
{
  g_auto (GStrv) parts = g_strsplit (route->path, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] == ':')
      g_set_str (&parts[i], world->ids[DOCTOR]);
  return g_strjoinv ("/", parts);
}

static gboolean
route_exists (const char *method, const char *path)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    if (g_str_equal (routes[i].path, path) && g_str_equal (routes[i].method, method))
      return TRUE;
  return FALSE;
}

static void
test_wrong_methods (void)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW" };
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *path = fill_path (&routes[i]);

      for (gsize k = 0; k < G_N_ELEMENTS (methods); k++)
        {
          g_autoptr (ServerReply) reply = NULL;

          if (route_exists (methods[k], routes[i].path))
            continue;
          reply = api_call (world, DOCTOR, methods[k], path, NULL);
          g_assert_cmpuint (reply->status, ==, 405);
          g_assert_cmpstr (server_reply_get_code (reply), ==, "method_not_allowed");
          g_assert_nonnull (strstr (server_reply_get_header (reply, "allow"), routes[i].method));
          api_assert_refused (reply);
        }
    }
}

static void
test_unknown_routes (void)
{
  static const char *const paths[] = {
    "/",
    "/api/",
    "/api/appointment",
    "/api/appointments/66f1a2b3c4d5e6f708192a3b/notes",
    "/api/meetings/user",
    "/api/meetings/66f1a2b3c4d5e6f708192a3b/status/now",
    "/api/users/66f1a2b3c4d5e6f708192a3b",
    "/api/../etc/passwd",
    "/api/%2e%2e/rounds.db",
    "//api/hospitals",
    "/API/HOSPITALS",
    "/rounds.db",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ServerReply) reply = api_call (world, ADMIN, "GET", paths[i], NULL);

      g_test_message ("%s", paths[i]);
      /* "/api/" is "/api". */
      if (g_str_equal (paths[i], "/api/"))
        {
          g_assert_cmpuint (reply->status, ==, 200);
          continue;
        }
      g_assert_cmpuint (reply->status, ==, 404);
      api_assert_refused (reply);
    }
}

static void
test_wrong_bodies (void)
{
  static const char *const bodies[] = {
    "",     "{",       "[]",          "\"text\"", "null", "{\"a\":}", "{} {}", "// only a comment",
    "\xff", "{'a':1}", "{\"a\":1,,}", "NaN",
  };
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *path = fill_path (&routes[i]);

      if ((routes[i].flags & ROUNDS_ROUTE_BODY) == 0)
        continue;
      for (gsize k = 0; k < G_N_ELEMENTS (bodies); k++)
        {
          g_autoptr (ServerReply) reply
              = api_call (world, DOCTOR, routes[i].method, path, bodies[k]);

          g_test_message ("%s %s %s", routes[i].method, routes[i].path, bodies[k]);
          g_assert_cmpuint (reply->status, ==, 400);
          api_assert_refused (reply);
        }
    }
}

static void
test_deep_and_large_bodies (void)
{
  const gsize ten_megabytes = 10 * 1024 * 1024;
  g_autofree char *large = g_malloc (ten_megabytes + 1);
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *deep_body = g_strconcat ("{\"a\":", deep, NULL);
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  memset (large, ' ', ten_megabytes);
  memcpy (large, "{\"a\":\"", 6);
  memcpy (large + ten_megabytes - 2, "\"}", 2);
  large[ten_megabytes] = '\0';

  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *path = fill_path (&routes[i]);
      gboolean has_body = (routes[i].flags & ROUNDS_ROUTE_BODY) != 0;
      g_autoptr (ServerReply) ten = api_call (world, DOCTOR, routes[i].method, path, large);
      g_autoptr (ServerReply) nested = NULL;

      g_test_message ("%s %s", routes[i].method, routes[i].path);
      g_assert_cmpuint (ten->status, ==, 413);
      api_assert_refused (ten);
      if (!has_body || routes[i].max_body < 64 * 1024)
        continue;
      nested = api_call (world, DOCTOR, routes[i].method, path, deep_body);
      g_assert_cmpuint (nested->status, ==, 400);
      api_assert_refused (nested);
    }
}

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

/* What is no id is nobody's and nothing's; it never reaches a statement as anything but a value. */
static void
test_malformed_ids (void)
{
  static const char *const ids[] = {
    "0",
    "me",
    "66f1a2b3c4d5e6f708192a3",
    "66f1a2b3c4d5e6f708192a3bb",
    "66F1A2B3C4D5E6F708192A3B",
    "66f1a2b3c4d5e6f708192a3%20",
    "'%20OR%201=1%20--%20aaaaaaaa",
    "%F0%9F%A9%BA",
    "..",
    "%2e%2e",
    "66f1a2b3c4d5e6f708192a3g",
  };
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
  } calls[] = {
    { "GET", "/api/appointments/%s", NULL },
    { "GET", "/api/appointments/user/%s", NULL },
    { "PATCH", "/api/appointments/%s/status", "{\"status\":\"arrived\"}" },
    { "GET", "/api/meetings/%s", NULL },
    { "GET", "/api/meetings/user/%s", NULL },
    { "DELETE", "/api/meetings/%s", NULL },
    { "PATCH", "/api/meetings/%s/status", "{\"status\":\"active\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (calls); k++)
        {
          g_autofree char *path = api_path (calls[k].path, ids[i]);
          g_autoptr (ServerReply) reply
              = api_expect (world, 404, ADMIN, calls[k].method, path, calls[k].body);

          api_assert_refused (reply);
        }
    }
}

/* Text of the world goes in and comes out unchanged. */
static void
test_text_of_the_world (void)
{
  static const char *const names[] = {
    "Nguyễn Thị Ánh",
    "محمد الأمين",
    "Ελευθέριος",
    "यशोदा",
    "欧阳娜娜",
    "Zoë 🩺👩🏽‍⚕️",
    "Ọ̀ṣúnbíyìí",
    "O'Brien; DROP TABLE users; --",
    "\\u0041\\\"\\\\ \\/",
    "<script>alert(1)</script>",
    "\xe2\x80\xabשלום\xe2\x80\xac",
  };
  g_autofree char *good = api_appointment_body (world->hospital, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = g_strdup_printf ("\"%s\"", names[i]);
      g_autofree char *body = api_with_member (good, "patientDetails.fullName", value);
      g_autoptr (JsonNode) expected = json_from_string (value, NULL);
      g_autoptr (ServerReply) made
          = api_expect (world, 201, DOCTOR, "POST", "/api/appointments", body);
      g_autofree char *path
          = api_path ("/api/appointments/%s", api_text (api_document (made, "appointment"), "_id"));
      g_autoptr (ServerReply) read = api_expect (world, 200, DOCTOR, "GET", path, NULL);
      JsonObject *patient
          = json_object_get_object_member (api_document (read, "appointment"), "patientDetails");

      g_assert_cmpstr (api_text (patient, "fullName"), ==, json_node_get_string (expected));
    }
}

/* Bytes that are no text, a NUL within a text, half a surrogate pair: refused, not cut short. */
static void
test_no_text (void)
{
  static const char *const titles[] = { "\"a\xff\"",    "\"a\\u0000b\"",    "\"a\\ud800\"",
                                        "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"a\\u001bb\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"participants\":[\"%s\"],\"title\":%s}",
                                               world->ids[DESK], titles[i]);
      g_autoptr (ServerReply) reply
          = api_expect (world, 400, DOCTOR, "POST", "/api/meetings", body);

      api_assert_refused (reply);
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
          g_autofree char *body = api_with_member (good, cases[i].member, value->str);
          g_autoptr (ServerReply) reply = api_expect (world, more == 0 ? 201 : 400, DOCTOR, "POST",
                                                      "/api/appointments", body);
        }
    }
}

static void
test_unknown_members (void)
{
  g_autofree char *good = api_appointment_body (
      world->hospital, "\"status\":\"completed\",\"_id\":\"66f1a2b3c4d5e6f708192a3b\","
                       "\"version\":9,\"meetingLink\":\"https://evil.example/\",\"x\":{\"y\":[]}");
  g_autoptr (ServerReply) reply
      = api_expect (world, 201, DOCTOR, "POST", "/api/appointments", good);
  JsonObject *appointment = api_document (reply, "appointment");

  g_assert_cmpstr (api_text (appointment, "status"), ==, "confirmed");
  g_assert_cmpstr (api_text (appointment, "_id"), !=, "66f1a2b3c4d5e6f708192a3b");
  g_assert_cmpint (json_object_get_int_member (appointment, "version"), ==, 1);
  g_assert_null (strstr (reply->body, "evil"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    GTestFunc function;
  } tests[] = {
    { "wrong-methods", test_wrong_methods },
    { "unknown-routes", test_unknown_routes },
    { "wrong-bodies", test_wrong_bodies },
    { "deep-and-large-bodies", test_deep_and_large_bodies },
    { "appointment-fields", test_appointment_fields },
    { "people-in-wrong-roles", test_people_in_wrong_roles },
    { "daylight-saving", test_daylight_saving },
    { "meeting-fields", test_meeting_fields },
    { "meeting-with-oneself", test_meeting_with_oneself },
    { "named-twice", test_named_twice },
    { "status-fields", test_status_fields },
    { "malformed-ids", test_malformed_ids },
    { "text-of-the-world", test_text_of_the_world },
    { "no-text", test_no_text },
    { "too-long", test_too_long },
    { "unknown-members", test_unknown_members },
  };
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Server/ApiInput/", tests[i].path, NULL);

      g_test_add_func (path, tests[i].function);
    }
  result = g_test_run ();
  api_world_free (world);
  return result;
}
