/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Life cycles through PATCH: states, times, duration, notes, versions.
 * Who may take which step is in test-api-access.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-clock.h"
#include "rounds-json.h"
#include "rounds-status.h"
#include "rounds-test.h"

static ApiWorld *world;

static gint64
get_time (JsonObject *object, const char *member)
{
  gint64 moment = ROUNDS_TIME_NONE;

  g_assert_nonnull (api_text (object, member));
  g_assert_true (rounds_time_from_rfc3339 (api_text (object, member), &moment));
  return moment;
}

/* The steps of one record that lead to @status from its birth, as doctor. */
static void
lead_to (const char *path, const char *const *steps)
{
  for (gsize i = 0; steps[i] != NULL; i++)
    {
      g_autofree char *body = api_status_body (steps[i]);
      g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "PATCH", path, body);
    }
}

static void
check_conflict (ServerReply *reply, const char *from)
{
  api_assert_refused (reply);
  g_assert_cmpstr (server_reply_get_code (reply), ==, "illegal_transition");
  /* The message names the present state, so that a client can say what happened. */
  g_assert_nonnull (strstr (api_text (reply->json, "message"), from));
}

static const struct
{
  const char *status;
  const char *steps[4];
} meeting_ways[ROUNDS_N_MEETING_STATUSES] = {
  { "scheduled", { NULL } },
  { "active", { "active", NULL } },
  { "completed", { "active", "completed", NULL } },
  { "cancelled", { "cancelled", NULL } },
};

static void
test_meeting_steps (void)
{
  for (RoundsMeetingStatus from = 0; from < ROUNDS_N_MEETING_STATUSES; from++)
    {
      for (RoundsMeetingStatus to = 0; to < ROUNDS_N_MEETING_STATUSES; to++)
        {
          gboolean allowed = rounds_meeting_status_leads_to (from, to);
          g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
          g_autofree char *path = api_path ("/api/meetings/%s/status", id);
          g_autofree char *body = api_status_body (meeting_ways[to].status);
          g_autoptr (ServerReply) reply = NULL;

          lead_to (path, meeting_ways[from].steps);
          reply = api_expect (world, allowed ? 200 : 409, DOCTOR, "PATCH", path, body);
          if (allowed)
            g_assert_cmpstr (api_text (api_document (reply, "meeting"), "status"), ==,
                             meeting_ways[to].status);
          else
            check_conflict (reply, meeting_ways[from].status);
        }
    }
}

static const struct
{
  const char *status;
  const char *steps[4];
} visit_ways[ROUNDS_N_APPOINTMENT_STATUSES] = {
  { "requested", { NULL } },
  { "confirmed", { "confirmed", NULL } },
  { "arrived", { "confirmed", "arrived", NULL } },
  { "active", { "confirmed", "arrived", "active", NULL } },
  { "completed", { "confirmed", "arrived", "active" } }, /* and completed */
  { "cancelled", { "cancelled", NULL } },
  { "no-show", { "confirmed", "no-show", NULL } },
};

/* A request of "patient" to "doctor", led to @status. */
static char *
make_visit (RoundsAppointmentStatus status)
{
  g_autofree char *more = g_strdup_printf ("\"doctor\":\"%s\"", world->ids[DOCTOR]);
  char *id = api_make_appointment (world, PATIENT, more);
  g_autofree char *path = api_path ("/api/appointments/%s/status", id);
  const char *steps[G_N_ELEMENTS (visit_ways[0].steps) + 2] = { NULL };
  gsize n = 0;

  for (; n < G_N_ELEMENTS (visit_ways[0].steps) && visit_ways[status].steps[n] != NULL; n++)
    steps[n] = visit_ways[status].steps[n];
  if (status == ROUNDS_APPOINTMENT_COMPLETED)
    steps[n] = "completed";
  lead_to (path, steps);
  return id;
}

static void
test_visit_steps (void)
{
  for (RoundsAppointmentStatus from = 0; from < ROUNDS_N_APPOINTMENT_STATUSES; from++)
    {
      for (RoundsAppointmentStatus to = 0; to < ROUNDS_N_APPOINTMENT_STATUSES; to++)
        {
          gboolean allowed = rounds_appointment_status_leads_to (from, to);
          g_autofree char *id = make_visit (from);
          g_autofree char *path = api_path ("/api/appointments/%s/status", id);
          g_autofree char *body = api_status_body (visit_ways[to].status);
          g_autoptr (ServerReply) reply
              = api_expect (world, allowed ? 200 : 409, DESK, "PATCH", path, body);

          if (allowed)
            g_assert_cmpstr (api_text (api_document (reply, "appointment"), "status"), ==,
                             visit_ways[to].status);
          else
            check_conflict (reply, visit_ways[from].status);
        }
    }
}

/* From each state: what a patient may do is to cancel, before the visit is active. */
static void
test_patient_steps (void)
{
  for (RoundsAppointmentStatus from = 0; from < ROUNDS_N_APPOINTMENT_STATUSES; from++)
    {
      for (RoundsAppointmentStatus to = 0; to < ROUNDS_N_APPOINTMENT_STATUSES; to++)
        {
          g_autofree char *id = make_visit (from);
          g_autofree char *path = api_path ("/api/appointments/%s/status", id);
          g_autofree char *body = api_status_body (visit_ways[to].status);
          guint expected = 409;

          if (rounds_appointment_status_leads_to (from, to))
            expected = to == ROUNDS_APPOINTMENT_CANCELLED && from != ROUNDS_APPOINTMENT_ACTIVE
                           ? 200
                           : 403;
          g_autoptr (ServerReply) reply
              = api_expect (world, expected, PATIENT, "PATCH", path, body);
        }
    }
}

static void
test_meeting_times (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *path = api_path ("/api/meetings/%s/status", id);
  g_autofree char *plain = api_path ("/api/meetings/%s", id);
  g_autoptr (ServerReply) born = api_expect (world, 200, DOCTOR, "GET", plain, NULL);
  g_autoptr (ServerReply) started
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"active\"}");
  g_autoptr (ServerReply) ended
      = api_expect (world, 200, DESK, "PATCH", path, "{\"status\":\"completed\"}");
  g_autoptr (ServerReply) later = api_expect (world, 200, DESK, "GET", plain, NULL);
  JsonObject *first = api_document (born, "meeting");
  JsonObject *active = api_document (started, "meeting");
  JsonObject *completed = api_document (ended, "meeting");
  gint64 minutes = 0;

  g_assert_null (api_text (first, "startedAt"));
  g_assert_false (json_object_has_member (first, "duration"));
  g_assert_null (api_text (active, "endedAt"));
  g_assert_false (json_object_has_member (active, "duration"));
  g_assert_cmpint (get_time (active, "startedAt"), >=, get_time (first, "createdAt"));
  g_assert_cmpint (get_time (completed, "startedAt"), ==, get_time (active, "startedAt"));
  g_assert_cmpint (get_time (completed, "endedAt"), >=, get_time (completed, "startedAt"));
  minutes = (get_time (completed, "endedAt") - get_time (completed, "startedAt")) / ROUNDS_MINUTE;
  g_assert_cmpint (json_object_get_int_member (completed, "duration"), ==, minutes);
  g_assert_cmpstr (ended->body, ==, later->body);
}

/* NULL where it is not. */
static JsonObject *
find_in_list (ServerReply *reply, const char *list, const char *id)
{
  JsonArray *array = json_object_get_array_member (server_reply_get_data (reply), list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = json_array_get_object_element (array, i);

      if (g_str_equal (api_text (element, "id"), id))
        return element;
    }
  return NULL;
}

/* What the doctor's feed says of the appointment @id. (transfer full) */
static char *
dup_fed_arrival (const char *id)
{
  g_autofree char *cursor = g_strdup ("");

  while (TRUE)
    {
      g_autofree char *path = g_strdup_printf ("/api/changes?since=%s", cursor);
      g_autoptr (ServerReply) page = api_expect (world, 200, DOCTOR, "GET", path, NULL);
      JsonObject *change = find_in_list (page, "changes", id);

      if (change != NULL)
        return g_strdup (
            api_text (json_object_get_object_member (change, "appointment"), "arrivedAt"));
      g_assert_true (json_object_get_boolean_member (server_reply_get_data (page), "more"));
      g_set_str (&cursor, api_text (server_reply_get_data (page), "cursor"));
    }
}

/* A wait counts from the moment of checking in, whatever is written about the visit afterwards. */
static void
test_visit_moments (void)
{
  g_autofree char *id = make_visit (ROUNDS_APPOINTMENT_ARRIVED);
  g_autofree char *plain = api_path ("/api/appointments/%s", id);
  g_autofree char *path = api_path ("/api/appointments/%s/status", id);
  g_autoptr (ServerReply) born = api_expect (world, 200, DOCTOR, "GET", plain, NULL);
  g_autoptr (ServerReply) noted
      = api_expect (world, 200, DOCTOR, "PATCH", plain, "{\"notes\":\"Sits at the window\"}");
  g_autoptr (ServerReply) begun
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"active\"}");
  g_autoptr (ServerReply) over
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"completed\"}");
  g_autoptr (ServerReply) later = api_expect (world, 200, DOCTOR, "GET", plain, NULL);
  JsonObject *arrived = api_document (born, "appointment");
  JsonObject *active = api_document (begun, "appointment");
  JsonObject *completed = api_document (over, "appointment");

  g_assert_cmpint (get_time (arrived, "arrivedAt"), ==, get_time (arrived, "updatedAt"));
  g_assert_null (api_text (arrived, "startedAt"));
  g_assert_cmpstr (api_text (api_document (noted, "appointment"), "arrivedAt"), ==,
                   api_text (arrived, "arrivedAt"));
  g_assert_cmpstr (api_text (completed, "arrivedAt"), ==, api_text (arrived, "arrivedAt"));
  g_assert_cmpint (get_time (active, "startedAt"), >=, get_time (active, "arrivedAt"));
  g_assert_null (api_text (active, "endedAt"));
  g_assert_cmpstr (api_text (completed, "startedAt"), ==, api_text (active, "startedAt"));
  g_assert_cmpint (get_time (completed, "endedAt"), >=, get_time (active, "startedAt"));
  g_assert_cmpstr (over->body, ==, later->body);
}

/* The list and the feed say the same as the record itself. */
static void
test_visit_moments_everywhere (void)
{
  g_autofree char *id = make_visit (ROUNDS_APPOINTMENT_ARRIVED);
  g_autofree char *plain = api_path ("/api/appointments/%s", id);
  g_autofree char *list_path = api_path ("/api/appointments/user/%s", world->ids[DOCTOR]);
  g_autoptr (ServerReply) got = api_expect (world, 200, DOCTOR, "GET", plain, NULL);
  g_autoptr (ServerReply) list = api_expect (world, 200, DOCTOR, "GET", list_path, NULL);
  g_autofree char *fed = dup_fed_arrival (id);
  const char *arrived = api_text (api_document (got, "appointment"), "arrivedAt");

  g_assert_nonnull (arrived);
  g_assert_cmpstr (api_text (find_in_list (list, "appointments", id), "arrivedAt"), ==, arrived);
  g_assert_cmpstr (fed, ==, arrived);
}

static void
test_versions (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *path = api_path ("/api/meetings/%s/status", id);
  g_autofree char *visit = make_visit (ROUNDS_APPOINTMENT_ARRIVED);
  g_autofree char *visit_path = api_path ("/api/appointments/%s", visit);
  g_autoptr (ServerReply) started
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"active\"}");
  g_autoptr (ServerReply) refused
      = api_expect (world, 409, DOCTOR, "PATCH", path, "{\"status\":\"active\"}");
  g_autoptr (ServerReply) ended
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"completed\"}");
  g_autoptr (ServerReply) arrived = api_expect (world, 200, DOCTOR, "GET", visit_path, NULL);
  JsonObject *meeting = api_document (ended, "meeting");

  g_assert_cmpint (json_object_get_int_member (api_document (started, "meeting"), "version"), ==,
                   2);
  g_assert_cmpint (json_object_get_int_member (meeting, "version"), ==, 3);
  g_assert_cmpint (get_time (meeting, "updatedAt"), >=, get_time (meeting, "createdAt"));
  g_assert_cmpint (json_object_get_int_member (api_document (arrived, "appointment"), "version"),
                   ==, 3);
}

static void
check_notes (const char *path, const char *member, const char *body, const char *notes)
{
  g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "PATCH", path, body);

  g_assert_cmpstr (api_text (api_document (reply, member), "notes"), ==, notes);
}

/* A new note is kept, an absent one leaves the old, whatever is written in it. */
static void
test_notes (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *path = api_path ("/api/meetings/%s/status", id);
  g_autofree char *visit = make_visit (ROUNDS_APPOINTMENT_REQUESTED);
  g_autofree char *visit_path = api_path ("/api/appointments/%s/status", visit);

  check_notes (path, "meeting", "{\"status\":\"active\",\"notes\":\"Began\\nlate; \\\"sorry\\\"\"}",
               "Began\nlate; \"sorry\"");
  check_notes (path, "meeting", "{\"status\":\"completed\"}", "Began\nlate; \"sorry\"");

  check_notes (visit_path, "appointment", "{\"status\":\"confirmed\",\"notes\":null}", NULL);
  check_notes (visit_path, "appointment", "{\"status\":\"arrived\",\"notes\":\"'); DROP TABLE\"}",
               "'); DROP TABLE");
  check_notes (visit_path, "appointment", "{\"status\":\"active\"}", "'); DROP TABLE");
  check_notes (visit_path, "appointment", "{\"status\":\"completed\",\"notes\":\"Готово 完了 ✓\"}",
               "Готово 完了 ✓");
}

#define N_RACERS 8

static gpointer
race_thread (gpointer data)
{
  g_autoptr (ServerReply) reply
      = api_call (world, DOCTOR, "PATCH", data, "{\"status\":\"active\"}");

  return GUINT_TO_POINTER (reply->status);
}

/* Of many who take the same step at once exactly one does. */
static void
test_race (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *path = api_path ("/api/meetings/%s/status", id);
  g_autofree char *plain = api_path ("/api/meetings/%s", id);
  GThread *threads[N_RACERS];
  guint won = 0, lost = 0;

  for (int i = 0; i < N_RACERS; i++)
    threads[i] = g_thread_new ("racer", race_thread, path);
  for (int i = 0; i < N_RACERS; i++)
    {
      guint status = GPOINTER_TO_UINT (g_thread_join (threads[i]));

      won += status == 200;
      lost += status == 409;
    }
  g_assert_cmpuint (won, ==, 1);
  g_assert_cmpuint (lost, ==, N_RACERS - 1);

  g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "GET", plain, NULL);
  g_assert_cmpint (json_object_get_int_member (api_document (reply, "meeting"), "version"), ==, 2);
}

/* What was answered is there after the power went out. */
static void
test_survives (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *path = api_path ("/api/meetings/%s/status", id);
  g_autofree char *plain = api_path ("/api/meetings/%s", id);
  g_autoptr (ServerReply) started
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"active\"}");

  server_fixture_kill (world->server);
  server_fixture_start (world->server);

  g_autoptr (ServerReply) after = api_expect (world, 200, DESK, "GET", plain, NULL);
  g_assert_cmpstr (api_text (api_document (after, "meeting"), "status"), ==, "active");
  g_assert_cmpstr (api_text (api_document (after, "meeting"), "startedAt"), ==,
                   api_text (api_document (started, "meeting"), "startedAt"));
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiStatus/meeting-steps", test_meeting_steps);
  g_test_add_func ("/Rounds/Server/ApiStatus/visit-steps", test_visit_steps);
  g_test_add_func ("/Rounds/Server/ApiStatus/patient-steps", test_patient_steps);
  g_test_add_func ("/Rounds/Server/ApiStatus/meeting-times", test_meeting_times);
  g_test_add_func ("/Rounds/Server/ApiStatus/visit-moments", test_visit_moments);
  g_test_add_func ("/Rounds/Server/ApiStatus/visit-moments-everywhere",
                   test_visit_moments_everywhere);
  g_test_add_func ("/Rounds/Server/ApiStatus/versions", test_versions);
  g_test_add_func ("/Rounds/Server/ApiStatus/notes", test_notes);
  g_test_add_func ("/Rounds/Server/ApiStatus/race", test_race);
  g_test_add_func ("/Rounds/Server/ApiStatus/survives", test_survives);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
