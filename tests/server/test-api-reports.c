/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Guests, call quality, the summary that is made of it all, and the calendar feed.
 * Who may at all is in test-api-matrix.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-jitsi-link.h"
#include "rounds-jitsi-token.h"
#include "rounds-json.h"
#include "rounds-test.h"

static ApiWorld *world;

/* Guests */

static RoundsJitsiToken *
read_token (const char *link)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiLink) parts = rounds_jitsi_link_parse (link, &error);
  RoundsJitsiToken *token = NULL;

  g_assert_no_error (error);
  token = rounds_jitsi_token_verify (parts->token, API_SECRET, &error);
  g_assert_no_error (error);
  return token;
}

static void
test_guest (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *path = api_path ("/api/meetings/%s/guests", id);
  static const char body[] = "{\"name\":\"Ada Interpreter\",\"part\":\"interpreter\"}";
  g_autoptr (ServerReply) first
      = api_expect_with (world, 201, DOCTOR, "POST", path, "Idempotency-Key: guest-1", body);
  g_autoptr (ServerReply) again
      = api_expect_with (world, 201, DOCTOR, "POST", path, "Idempotency-Key: guest-1", body);
  g_autoptr (ServerReply) other = api_expect (world, 201, DOCTOR, "POST", path, body);
  JsonObject *data = server_reply_get_data (first);
  g_autoptr (RoundsJitsiToken) token = read_token (api_text (data, "meetingLink"));
  g_autoptr (RoundsJitsiToken) others
      = read_token (api_text (server_reply_get_data (other), "meetingLink"));
  gint64 expires_at = 0;

  /* One person's: an id of its own in each link, no moderator, dead after a quarter of an hour. */
  g_assert_cmpstr (token->user_name, ==, "Ada Interpreter");
  g_assert_cmpstr (token->user_id, ==,
                   api_text (json_object_get_object_member (data, "guest"), "id"));
  g_assert_cmpstr (token->user_id, !=, others->user_id);
  g_assert_cmpstr (token->room, ==, api_text (data, "roomName"));
  g_assert_false (token->moderator);
  g_assert_true (rounds_time_from_rfc3339 (api_text (data, "expiresAt"), &expires_at));
  g_assert_cmpint (ABS (token->expires_at - expires_at), <=, ROUNDS_SECOND);
  g_assert_cmpint (token->expires_at - token->not_before, <=, 16 * ROUNDS_MINUTE);
  g_assert_cmpstr (api_text (api_document (first, "guest"), "id"), ==,
                   api_text (api_document (again, "guest"), "id"));
}

static void
test_guest_refused (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *path = api_path ("/api/meetings/%s/guests", id);
  g_autofree char *meeting = api_path ("/api/meetings/%s", id);
  g_autoptr (ServerReply) nameless = api_expect (world, 400, DOCTOR, "POST", path, "{}");
  g_autoptr (ServerReply) blank = api_expect (world, 400, DOCTOR, "POST", path, "{\"name\":\" \"}");
  g_autoptr (ServerReply) part
      = api_expect (world, 400, DOCTOR, "POST", path, "{\"name\":\"A\",\"part\":\"spy\"}");
  g_autoptr (ServerReply) cancelled = api_expect (world, 200, DOCTOR, "DELETE", meeting, NULL);
  g_autoptr (ServerReply) over
      = api_expect (world, 409, DOCTOR, "POST", path, "{\"name\":\"Late\"}");

  api_assert_names_field (nameless, "name");
  api_assert_names_field (blank, "name");
  api_assert_names_field (part, "part");
  g_assert_cmpstr (server_reply_get_code (over), ==, "nothing_to_join");
}

/* Reports, on days far from the demo's */

static JsonObject *
find_group (ServerReply *reply, const char *key)
{
  JsonArray *groups = json_object_get_array_member (server_reply_get_data (reply), "groups");

  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonObject *group = json_array_get_object_element (groups, i);

      if (g_strcmp0 (api_text (group, "key"), key) == 0)
        return group;
    }
  return NULL;
}

static gint64
get_number (JsonObject *object, const char *part, const char *member)
{
  return json_object_get_int_member (json_object_get_object_member (object, part), member);
}

/* A visit at a wall time of the hospital (Berlin) in 2030. (transfer full) */
static char *
make_visit (const char *date, const char *time, const char *department)
{
  g_autofree char *doctor = g_strdup_printf ("\"doctor\":\"%s\"", world->ids[DOCTOR2]);
  g_autofree char *body = api_appointment_body (world->hospital, doctor);
  g_autofree char *date_json = g_strdup_printf ("\"%s\"", date);
  g_autofree char *time_json = g_strdup_printf ("\"%s\"", time);
  g_autofree char *department_json = g_strdup_printf ("\"%s\"", department);
  g_autofree char *dated = api_with_member (body, "appointmentDate", date_json);
  g_autofree char *timed = api_with_member (dated, "appointmentTime", time_json);
  g_autofree char *placed = api_with_member (timed, "department", department_json);
  g_autoptr (ServerReply) reply
      = api_expect (world, 201, DESK, "POST", "/api/appointments", placed);

  return g_strdup (api_text (api_document (reply, "appointment"), "id"));
}

static void
take_steps (const char *id, const char *const *steps)
{
  g_autofree char *path = api_path ("/api/appointments/%s/status", id);

  for (gsize i = 0; steps[i] != NULL; i++)
    {
      g_autofree char *body = api_status_body (steps[i]);
      g_autoptr (ServerReply) reply = api_expect (world, 200, DESK, "PATCH", path, body);
    }
}

#define STEPS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Four visits around midnight, local time; one was missed. */
static void
fill (void)
{
  g_autofree char *late = make_visit ("2030-01-07", "23:30", "Night Care");
  g_autofree char *early = make_visit ("2030-01-08", "00:15", "Night Care");
  g_autofree char *missed = make_visit ("2030-01-08", "10:00", "=SUM(A1)");
  g_autofree char *cancelled = make_visit ("2030-02-01", "10:00", "Eyes");
  g_autofree char *quality = api_path ("/api/appointments/%s/quality", early);
  static const char samples[]
      = "{\"samples\":[{\"at\":\"2026-01-08T00:20:00Z\",\"quality\":90,\"rtt\":40,\"loss\":1},"
        "{\"at\":\"2026-01-08T00:21:00Z\",\"quality\":70,\"rtt\":60}]}";

  take_steps (late, STEPS ("arrived", "active", "completed"));
  take_steps (early, STEPS ("arrived", "active", "completed"));
  take_steps (missed, STEPS ("no-show"));
  take_steps (cancelled, STEPS ("cancelled"));
  /* The same samples twice are told once. */
  for (int i = 0; i < 2; i++)
    g_clear_pointer (&(ServerReply *){ api_expect (world, 201, DOCTOR2, "POST", quality, samples) },
                     server_reply_free);
}

#define YEAR "/api/reports/summary?from=2030-01-01&to=2030-12-31"

static void
test_report_days (void)
{
  g_autoptr (ServerReply) reply = api_expect (world, 200, DESK, "GET", YEAR, NULL);
  JsonObject *monday = find_group (reply, "2030-01-07");
  JsonObject *tuesday = find_group (reply, "2030-01-08");
  JsonObject *total = api_document (reply, "total");
  JsonObject *quality = json_object_get_object_member (tuesday, "quality");

  /* A quarter past midnight in Berlin is the day before in UTC, and this day here. */
  g_assert_cmpstr (api_text (server_reply_get_data (reply), "timezone"), ==, "Europe/Berlin");
  g_assert_cmpstr (api_text (server_reply_get_data (reply), "from"), ==,
                   "2029-12-31T23:00:00.000Z");
  g_assert_cmpint (get_number (monday, "appointments", "total"), ==, 1);
  g_assert_cmpint (get_number (tuesday, "appointments", "total"), ==, 2);
  g_assert_cmpint (get_number (tuesday, "appointments", "no-show"), ==, 1);
  g_assert_cmpint (get_number (tuesday, "noShows", "unknown"), ==, 1);
  g_assert_cmpint (get_number (tuesday, "noShows", "patient"), ==, 0);
  g_assert_cmpint (get_number (tuesday, "wait", "count"), ==, 1);
  g_assert_cmpint (get_number (tuesday, "duration", "count"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (quality, "samples"), ==, 2);
  g_assert_cmpfloat (json_object_get_double_member (quality, "average"), ==, 80);
  g_assert_cmpfloat (json_object_get_double_member (quality, "rtt"), ==, 50);
  g_assert_cmpfloat (json_object_get_double_member (quality, "loss"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (tuesday, "noShowRate"), ==, 0.5);
  g_assert_false (
      json_object_has_member (json_object_get_object_member (monday, "quality"), "average"));
  g_assert_cmpint (get_number (total, "appointments", "total"), ==, 4);
  g_assert_cmpint (get_number (total, "appointments", "completed"), ==, 2);
}

static void
test_report_groups (void)
{
  static const struct
  {
    const char *grouping;
    const char *key;
    gint64 n;
  } rows[] = {
    { "week", "2030-W02", 3 },    { "month", "2030-01", 3 },         { "month", "2030-02", 1 },
    { "department", "Eyes", 1 },  { "department", "Night Care", 2 }, { "status", "completed", 2 },
    { "status", "cancelled", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat (YEAR "&groupBy=", rows[i].grouping, NULL);
      g_autoptr (ServerReply) reply = api_expect (world, 200, DESK, "GET", path, NULL);

      g_assert_cmpint (get_number (find_group (reply, rows[i].key), "appointments", "total"), ==,
                       rows[i].n);
    }
  g_autoptr (ServerReply) doctors
      = api_expect (world, 200, DESK, "GET", YEAR "&groupBy=doctor", NULL);
  g_assert_nonnull (api_text (find_group (doctors, world->ids[DOCTOR2]), "label"));
}

/* Staff see the numbers of their hospital; admins of any and of all. */
static void
test_report_hospitals (void)
{
  g_autofree char *first = g_strconcat (YEAR "&hospital=", world->hospital, NULL);
  g_autofree char *second = g_strconcat (YEAR "&hospital=", world->other_hospital, NULL);
  g_autoptr (ServerReply) all = api_expect (world, 200, ADMIN, "GET", YEAR, NULL);
  g_autoptr (ServerReply) here = api_expect (world, 200, ADMIN, "GET", first, NULL);
  g_autoptr (ServerReply) there = api_expect (world, 200, ADMIN, "GET", second, NULL);
  g_autoptr (ServerReply) other = api_expect (world, 200, DESK2, "GET", YEAR, NULL);
  g_autoptr (ServerReply) forbidden = api_expect (world, 403, DESK, "GET", second, NULL);
  g_autoptr (ServerReply) nowhere
      = api_expect (world, 404, ADMIN, "GET", YEAR "&hospital=" API_UNKNOWN_ID, NULL);

  g_assert_cmpint (get_number (api_document (all, "total"), "appointments", "total"), ==, 4);
  g_assert_cmpint (get_number (api_document (here, "total"), "appointments", "total"), ==, 4);
  g_assert_cmpint (get_number (api_document (there, "total"), "appointments", "total"), ==, 0);
  g_assert_cmpint (get_number (api_document (other, "total"), "appointments", "total"), ==, 0);
  api_assert_refused (forbidden);
  api_assert_refused (nowhere);
}

static void
test_report_csv (void)
{
  g_autoptr (ServerReply) by_format
      = api_expect (world, 200, DESK, "GET", YEAR "&groupBy=department&format=csv", NULL);
  g_autoptr (ServerReply) by_header = api_expect_with (
      world, 200, DESK, "GET", YEAR "&groupBy=department", "Accept: text/csv", NULL);
  g_auto (GStrv) lines = g_strsplit (by_format->body, "\r\n", -1);
  g_auto (GStrv) head = g_strsplit (lines[0], ",", -1);

  g_assert_cmpstr (by_format->body, ==, by_header->body);
  g_assert_true (
      g_str_has_prefix (server_reply_get_header (by_format, "content-type"), "text/csv"));
  g_assert_cmpuint (g_strv_length (lines), ==, 6); /* head, three departments, total, end */
  for (gsize i = 1; i < 5; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (head));
    }
  /* No spreadsheet runs what somebody called a department. */
  g_assert_nonnull (strstr (by_format->body, "\"'=SUM(A1)\""));
  g_assert_true (g_str_has_prefix (lines[4], "\"total\",\"\",4,"));
  g_assert_true (g_str_has_suffix (lines[0], ",no-shows staff,no-shows technical"));
  g_assert_true (g_str_has_suffix (lines[4], ",1,0,0,0"));
}

/* Where the clock goes from 23:59 to 1:00, the day begins at 1:00. */
static void
test_report_of_day_without_midnight (void)
{
  g_autoptr (ServerReply) made
      = api_expect (world, 201, ADMIN, "POST", "/api/hospitals",
                    "{\"name\":\"Andes\",\"timezone\":\"America/Santiago\"}");
  const char *id = api_text (api_document (made, "hospital"), "_id");
  g_autofree char *path
      = g_strconcat ("/api/reports/summary?from=2024-09-08&to=2024-09-09&hospital=", id, NULL);
  g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);
  JsonObject *data = server_reply_get_data (reply);

  g_assert_cmpstr (api_text (data, "from"), ==, "2024-09-08T04:00:00.000Z");
  g_assert_cmpstr (api_text (data, "to"), ==, "2024-09-09T03:00:00.000Z");
}

static void
test_report_malformed (void)
{
  static const char *const queries[] = { "from=yesterday",
                                         "to=2030-13-01",
                                         "from=2030-02-01&to=2030-01-01",
                                         "groupBy=mood",
                                         "from=2030-01-01&to=2032-01-01",
                                         "format=xml" };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat ("/api/reports/summary?", queries[i], NULL);
      g_autoptr (ServerReply) reply = api_expect (world, 400, DESK, "GET", path, NULL);
    }
}

static void
test_quality_malformed (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *path = api_path ("/api/meetings/%s/quality", id);
  static const struct
  {
    const char *body;
    const char *field;
  } rows[] = {
    { "{}", "samples" },
    { "{\"samples\":[7]}", "samples" },
    { "{\"samples\":[{\"quality\":90}]}", "samples[0].at" },
    { "{\"samples\":[{\"at\":\"2026-01-01T10:00:00Z\",\"quality\":101}]}", "samples[0].quality" },
    { "{\"samples\":[{\"at\":\"2099-01-01T10:00:00Z\"}]}", "samples[0].at" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, 400, PATIENT, "POST", path, rows[i].body);

      api_assert_names_field (reply, rows[i].field);
    }
}

/* The calendar */

/* The path of @who's new feed. (transfer full) */
static char *
make_feed (ApiPerson who)
{
  g_autoptr (ServerReply) reply
      = api_expect (world, 201, who, "POST", "/api/users/me/calendar", NULL);

  return g_strdup (api_text (server_reply_get_data (reply), "path"));
}

/* What an independent parser says of the feed; NULL when there is none here. */
static char *
parse_feed (const char *text)
{
  g_autofree char *script
      = g_test_build_filename (G_TEST_DIST, "server", "check-calendar.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;
  char *out = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                              | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                          &error, "python3", script, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, text, NULL, &out, &errors, &error));
  if (g_subprocess_get_exit_status (process) == 77)
    return NULL;
  if (g_subprocess_get_exit_status (process) != 0)
    g_error ("The feed is no good: %s", errors);
  return out;
}

static void
test_calendar (void)
{
  g_autofree char *patient = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);
  g_autofree char *id = api_make_appointment (world, DOCTOR, patient);
  g_autofree char *meeting = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *foreign = api_make_meeting (world, DOCTOR2, DOCTOR2, PATIENT2);
  g_autofree char *feed = make_feed (PATIENT);
  g_autoptr (ServerReply) reply = api_expect (world, 200, NOBODY, "GET", feed, NULL);
  g_autofree char *events = parse_feed (reply->body);
  g_autofree char *visit_line = g_strdup_printf ("appointment-%s@" API_DOMAIN " CONFIRMED", id);
  g_autofree char *meeting_line = g_strdup_printf ("rounds:meeting/%s\n", meeting);

  g_assert_true (
      g_str_has_prefix (server_reply_get_header (reply, "content-type"), "text/calendar"));
  g_assert_nonnull (strstr (reply->body, id));
  g_assert_null (strstr (reply->body, foreign));
  /* Neither a token nor a room, and no patient's name or reason. */
  g_assert_null (strstr (reply->body, "jwt"));
  g_assert_null (strstr (reply->body, "https://"));
  g_assert_null (strstr (reply->body, "John Doe"));
  g_assert_null (strstr (reply->body, "Chest pain"));
  if (events == NULL)
    {
      g_test_skip ("python3-icalendar is not installed");
      return;
    }
  g_assert_nonnull (strstr (events, visit_line));
  g_assert_nonnull (strstr (events, meeting_line));
}

static void
test_calendar_revoked (void)
{
  g_autofree char *first = make_feed (DOCTOR);
  g_autofree char *second = make_feed (DOCTOR);
  g_autoptr (ServerReply) old = api_expect (world, 404, NOBODY, "GET", first, NULL);
  g_autoptr (ServerReply) current = api_expect (world, 200, NOBODY, "GET", second, NULL);
  g_autoptr (ServerReply) revoked
      = api_expect (world, 200, DOCTOR, "DELETE", "/api/users/me/calendar", NULL);
  g_autoptr (ServerReply) gone = api_expect (world, 404, NOBODY, "GET", second, NULL);

  api_assert_refused (old);
  api_assert_refused (gone);
  /* The address is a credential. What waits to be written to the log is written at the end. */
  server_fixture_stop (world->server);
  g_autofree char *log = server_fixture_dup_log (world->server);
  server_fixture_start (world->server);
  g_assert_nonnull (strstr (log, "GET /calendar/:token.ics 404"));
  g_assert_null (strstr (log, first + strlen ("/calendar/")));
  g_assert_null (strstr (log, second + strlen ("/calendar/")));
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  fill ();

  g_test_add_func ("/Rounds/Server/ApiGuests/guest", test_guest);
  g_test_add_func ("/Rounds/Server/ApiGuests/refused", test_guest_refused);
  g_test_add_func ("/Rounds/Server/ApiReports/days", test_report_days);
  g_test_add_func ("/Rounds/Server/ApiReports/groups", test_report_groups);
  g_test_add_func ("/Rounds/Server/ApiReports/hospitals", test_report_hospitals);
  g_test_add_func ("/Rounds/Server/ApiReports/csv", test_report_csv);
  g_test_add_func ("/Rounds/Server/ApiReports/day-without-midnight",
                   test_report_of_day_without_midnight);
  g_test_add_func ("/Rounds/Server/ApiReports/malformed", test_report_malformed);
  g_test_add_func ("/Rounds/Server/ApiReports/quality-malformed", test_quality_malformed);
  g_test_add_func ("/Rounds/Server/ApiCalendar/feed", test_calendar);
  g_test_add_func ("/Rounds/Server/ApiCalendar/revoked", test_calendar_revoked);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
