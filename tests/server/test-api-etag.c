/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * ETag and If-Match of appointments and meetings.
 * How an If-Match is read is in test-precondition.c.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"

static ApiWorld *world;

/* What can be changed of either kind of record, and by what. */
typedef struct
{
  const char *kind; /* the document's name */
  const char *path; /* with %s for the id */
  const char *method;
  const char *suffix; /* behind the path */
  const char *body; /* or NULL */
} Change;

static const Change changes[] = {
  { "appointment", "/api/appointments/%s", "PATCH", "", "{\"notes\":\"a\"}" },
  { "appointment", "/api/appointments/%s", "PATCH", "/status", "{\"status\":\"arrived\"}" },
  { "appointment", "/api/appointments/%s", "DELETE", "", NULL },
  { "meeting", "/api/meetings/%s", "PATCH", "", "{\"notes\":\"a\"}" },
  { "meeting", "/api/meetings/%s", "PATCH", "/status", "{\"status\":\"active\"}" },
  { "meeting", "/api/meetings/%s", "DELETE", "", NULL },
};

/* (transfer full) */
static char *
make_record (const Change *change)
{
  g_autofree char *id = g_str_equal (change->kind, "meeting")
                            ? api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2)
                            : api_make_appointment (world, DOCTOR, NULL);

  return api_path (change->path, id);
}

static gint64
get_version (ServerReply *reply, const char *kind)
{
  return json_object_get_int_member (api_document (reply, kind), "version");
}

/* The tag goes with the version, in every answer that holds one record. */
static void
test_tags (void)
{
  g_autofree char *body = api_appointment_body (world->hospital, NULL);
  g_autofree char *timed = api_at_free_time (body);
  g_autoptr (ServerReply) booked
      = api_expect (world, 201, DESK, "POST", "/api/appointments", timed);

  g_assert_cmpstr (server_reply_get_header (booked, "etag"), ==, "\"1\"");
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const Change *change = &changes[i];
      g_autofree char *path = make_record (change);
      g_autofree char *target = g_strconcat (path, change->suffix, NULL);
      g_autoptr (ServerReply) before = api_expect (world, 200, DOCTOR, "GET", path, NULL);
      g_autoptr (ServerReply) changed
          = api_expect (world, 200, DOCTOR, change->method, target, change->body);
      g_autoptr (ServerReply) after = api_expect (world, 200, DOCTOR, "GET", path, NULL);

      g_assert_cmpstr (server_reply_get_header (before, "etag"), ==, "\"1\"");
      g_assert_cmpstr (server_reply_get_header (changed, "etag"), ==, "\"2\"");
      g_assert_cmpstr (server_reply_get_header (after, "etag"), ==, "\"2\"");
      g_assert_cmpint (get_version (changed, change->kind), ==, 2);
    }
}

static void
test_matching (void)
{
  static const char *const headers[] = { "If-Match: \"1\"", "If-Match: *", "if-match: W/\"1\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (headers); k++)
        {
          g_autofree char *path = make_record (&changes[i]);
          g_autofree char *target = g_strconcat (path, changes[i].suffix, NULL);
          g_autoptr (ServerReply) reply = api_expect_with (world, 200, DOCTOR, changes[i].method,
                                                           target, headers[k], changes[i].body);
        }
    }
}

/* The record has moved on: nothing is changed, and the client gets it as it is. */
static void
test_stale (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const Change *change = &changes[i];
      g_autofree char *path = make_record (change);
      g_autofree char *target = g_strconcat (path, change->suffix, NULL);
      g_autoptr (ServerReply) first
          = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"notes\":\"first\"}");
      g_autoptr (ServerReply) stale = api_expect_with (world, 412, DOCTOR, change->method, target,
                                                       "If-Match: \"1\"", change->body);
      g_autoptr (ServerReply) after = api_expect (world, 200, DOCTOR, "GET", path, NULL);
      JsonObject *data = json_object_get_object_member (stale->json, "data");
      JsonObject *current = json_object_get_object_member (data, change->kind);

      g_assert_cmpstr (server_reply_get_code (stale), ==, "precondition_failed");
      g_assert_cmpstr (server_reply_get_header (stale, "etag"), ==, "\"2\"");
      g_assert_cmpstr (api_text (current, "notes"), ==, "first");
      g_assert_cmpint (get_version (after, change->kind), ==, 2);
    }
}

/* A change that was made, whose answer was lost, is found made: not refused by the rules. */
static void
test_sent_twice (void)
{
  g_autofree char *path = make_record (&changes[2]);
  g_autoptr (ServerReply) first
      = api_expect_with (world, 200, DOCTOR, "DELETE", path, "If-Match: \"1\"", NULL);
  g_autoptr (ServerReply) second
      = api_expect_with (world, 412, DOCTOR, "DELETE", path, "If-Match: \"1\"", NULL);
  JsonObject *data = json_object_get_object_member (second->json, "data");

  g_assert_cmpstr (api_text (json_object_get_object_member (data, "appointment"), "status"), ==,
                   "cancelled");
}

/* Neither a tag that is none nor a wrong guess tells strangers anything. */
static void
test_strangers_and_nonsense (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = make_record (&changes[i]);
      g_autofree char *target = g_strconcat (path, changes[i].suffix, NULL);
      g_autoptr (ServerReply) hidden = api_expect_with (world, 404, DESK2, changes[i].method,
                                                        target, "If-Match: \"7\"", changes[i].body);
      g_autoptr (ServerReply) nonsense = api_expect_with (
          world, 400, DOCTOR, changes[i].method, target, "If-Match: nonsense", changes[i].body);

      api_assert_refused (hidden);
      g_assert_null (server_reply_get_header (hidden, "etag"));
      api_assert_names_field (nonsense, "If-Match");
    }
}

typedef struct
{
  const char *path;
  guint status;
} Racer;

static gpointer
race (gpointer data)
{
  Racer *racer = data;
  g_autoptr (ServerReply) reply = api_call_with (world, DOCTOR, "PATCH", racer->path,
                                                 "If-Match: \"1\"", "{\"notes\":\"mine\"}");

  racer->status = reply->status;
  return NULL;
}

/* Of many who change the same version at once one does. */
static void
test_race (void)
{
  g_autofree char *path = make_record (&changes[0]);
  Racer racers[20];
  GThread *threads[G_N_ELEMENTS (racers)];
  guint n_won = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (racers); i++)
    {
      racers[i].path = path;
      threads[i] = g_thread_new ("racer", race, &racers[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (racers); i++)
    {
      g_thread_join (threads[i]);
      n_won += racers[i].status == 200;
      g_assert_true (racers[i].status == 200 || racers[i].status == 412);
    }
  g_assert_cmpuint (n_won, ==, 1);
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiEtag/tags", test_tags);
  g_test_add_func ("/Rounds/Server/ApiEtag/matching", test_matching);
  g_test_add_func ("/Rounds/Server/ApiEtag/stale", test_stale);
  g_test_add_func ("/Rounds/Server/ApiEtag/sent-twice", test_sent_twice);
  g_test_add_func ("/Rounds/Server/ApiEtag/strangers-and-nonsense", test_strangers_and_nonsense);
  g_test_add_func ("/Rounds/Server/ApiEtag/race", test_race);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
