/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Joining a call, and asking when a doctor can be booked.
 * What a link says is in test-api-links.c, which times are free in test-free-slots.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-json.h"
#include "rounds-test.h"

static ApiWorld *world;

/* Who gets in, and who moderates: the appointment of DOCTOR with PATIENT, the meeting of both. */
static void
test_join (void)
{
  static const struct
  {
    guint status;
    gboolean moderator;
  } rows[2][API_N_PEOPLE + 1] = {
    { { 200, TRUE },
      { 404, 0 },
      { 200, TRUE },
      { 404, 0 },
      { 200, TRUE },
      { 200, FALSE },
      { 404, 0 },
      { 401, 0 } },
    { { 200, TRUE },
      { 404, 0 },
      { 404, 0 },
      { 404, 0 },
      { 200, TRUE },
      { 200, FALSE },
      { 404, 0 },
      { 401, 0 } },
  };
  g_autofree char *patient = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);
  g_autofree char *appointment = api_make_appointment (world, DOCTOR, patient);
  g_autofree char *meeting = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *appointment_path = api_path ("/api/appointments/%s/join", appointment);
  g_autofree char *meeting_path = api_path ("/api/meetings/%s/join", meeting);
  const char *const paths[] = { appointment_path, meeting_path };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      for (ApiPerson who = 0; who <= NOBODY; who++)
        {
          g_autoptr (ServerReply) reply
              = api_expect (world, rows[i][who].status, who, "POST", paths[i], NULL);
          JsonObject *data = NULL;
          gint64 expires_at = 0;

          if (reply->status != 200)
            {
              api_assert_refused (reply);
              continue;
            }
          data = server_reply_get_data (reply);
          g_assert_nonnull (strstr (api_text (data, "meetingLink"), "?jwt="));
          g_assert_nonnull (strstr (api_text (data, "meetingLink"), api_text (data, "roomName")));
          g_assert_cmpstr (api_text (data, "domain"), ==, API_DOMAIN);
          g_assert_cmpint (json_object_get_boolean_member (data, "moderator"), ==,
                           rows[i][who].moderator);
          g_assert_true (rounds_time_from_rfc3339 (api_text (data, "expiresAt"), &expires_at));
        }
    }
}

static void
test_nothing_to_join (void)
{
  g_autofree char *body = api_appointment_body (world->hospital, NULL);
  g_autofree char *in_person = api_with_member (body, "appointmentType", "\"in-person\"");
  g_autofree char *timed = api_at_free_time (in_person);
  g_autoptr (ServerReply) booked
      = api_expect (world, 201, DOCTOR, "POST", "/api/appointments", timed);
  g_autofree char *path = api_path ("/api/appointments/%s/join",
                                    api_text (api_document (booked, "appointment"), "_id"));
  g_autofree char *meeting = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *meeting_path = api_path ("/api/meetings/%s", meeting);
  g_autofree char *join_path = api_path ("/api/meetings/%s/join", meeting);
  g_autoptr (ServerReply) no_room = api_expect (world, 409, DOCTOR, "POST", path, NULL);
  g_autoptr (ServerReply) cancelled = api_expect (world, 200, DOCTOR, "DELETE", meeting_path, NULL);
  g_autoptr (ServerReply) over = api_expect (world, 409, DOCTOR, "POST", join_path, NULL);

  g_assert_cmpstr (server_reply_get_code (no_room), ==, "nothing_to_join");
  g_assert_cmpstr (server_reply_get_code (over), ==, "nothing_to_join");
  api_assert_refused (over);
}

/* DOCTOR's day of 2029-05-07, a Monday, with a visit from 10:00 to 10:30 in Berlin. */
static void
test_availability (void)
{
  g_autofree char *body = api_appointment_body (world->hospital, NULL);
  g_autofree char *dated = api_with_member (body, "appointmentDate", "\"2029-05-07\"");
  g_autofree char *path = g_strdup_printf (
      "/api/availability?doctor=%s&from=2029-05-07T00:00:00Z&to=2029-05-08T00:00:00Z",
      world->ids[DOCTOR]);
  g_autofree char *long_path = g_strconcat (path, "&durationMinutes=480", NULL);
  g_autoptr (ServerReply) before = api_expect (world, 200, PATIENT, "GET", path, NULL);
  g_autoptr (ServerReply) booked
      = api_expect (world, 201, DOCTOR, "POST", "/api/appointments", dated);
  g_autoptr (ServerReply) after = api_expect (world, 200, DESK, "GET", path, NULL);
  g_autoptr (ServerReply) long_ones = api_expect (world, 200, DESK, "GET", long_path, NULL);
  JsonObject *data = server_reply_get_data (after);
  JsonArray *slots = json_object_get_array_member (data, "slots");

  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (server_reply_get_data (before), "slots")),
                    ==, 39);
  /* Gone: the starts from 9:45 to 10:15. */
  g_assert_cmpuint (json_array_get_length (slots), ==, 36);
  g_assert_cmpstr (api_text (data, "timezone"), ==, "Europe/Berlin");
  g_assert_cmpstr (api_text (json_array_get_object_element (slots, 0), "startsAt"), ==,
                   "2029-05-07T06:00:00.000Z");
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (server_reply_get_data (long_ones), "slots")),
                    ==, 0);
  g_assert_null (strstr (after->body, "John"));
}

static void
test_questions_refused (void)
{
  static const struct
  {
    const char *query; /* behind the doctor */
    const char *field;
  } cases[] = {
    { "&from=tomorrow", "from" },
    { "&from=2029-05-07T00:00:00Z&to=2029-05-07T00:00:00Z", "to" },
    { "&from=2029-05-07T00:00:00Z&to=2029-06-08T00:00:00Z", "to" },
    { "&durationMinutes=4", "durationMinutes" },
    { "&durationMinutes=481", "durationMinutes" },
    { "&durationMinutes=-30", "durationMinutes" },
    { "&durationMinutes=x", "durationMinutes" },
  };
  /* Neither strangers' doctors nor people who are none. */
  const struct
  {
    ApiPerson who;
    const char *doctor;
  } hidden[] = { { DESK2, world->ids[DOCTOR] },
                 { DESK, world->ids[PATIENT] },
                 { DESK, API_UNKNOWN_ID },
                 { DESK, "x" } };
  g_autoptr (ServerReply) nobody = api_expect (world, 400, DESK, "GET", "/api/availability", NULL);

  api_assert_names_field (nobody, "doctor");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/api/availability?doctor=%s%s", world->ids[DOCTOR], cases[i].query);
      g_autoptr (ServerReply) reply = api_expect (world, 400, DESK, "GET", path, NULL);

      api_assert_names_field (reply, cases[i].field);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autofree char *path = g_strconcat ("/api/availability?doctor=", hidden[i].doctor, NULL);
      g_autoptr (ServerReply) reply = api_expect (world, 404, hidden[i].who, "GET", path, NULL);

      api_assert_refused (reply);
    }
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiCalls/join", test_join);
  g_test_add_func ("/Rounds/Server/ApiCalls/nothing-to-join", test_nothing_to_join);
  g_test_add_func ("/Rounds/Server/ApiCalls/availability", test_availability);
  g_test_add_func ("/Rounds/Server/ApiCalls/questions-refused", test_questions_refused);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
