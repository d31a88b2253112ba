/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Records and sessions that the server has in memory: nobody ever sees an old one, or one that he
 * may not see, whoever changed what, in whatever process. Each check asks for a record until it is
 * in memory, and then for what it is about.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"

#define N_READERS 3
#define N_CHANGES 40

static ApiWorld *world;

typedef struct
{
  const char *member; /* the document's name */
  const char *path; /* with %s for the id */
  const char *table;
} Kind;

static const Kind kinds[] = {
  { "appointment", "/api/appointments/%s", "appointments" },
  { "meeting", "/api/meetings/%s", "meetings" },
};

static char *
make_record (const Kind *kind)
{
  return g_str_equal (kind->member, "meeting") ? api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2)
                                               : api_make_appointment (world, DOCTOR, NULL);
}

/* Reads it until there is nothing left to read it from but memory: the record, and then the answer.
 */
static void
warm_up (ApiPerson who, const char *path)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);
    }
}

/* As somebody does who works on the database beside the server. */
static void G_GNUC_PRINTF (1, 2) run_sql (const char *format, ...)
{
  va_list arguments;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autofree char *sql = NULL;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
assert_notes (ApiPerson who, const Kind *kind, const char *path, const char *expected)
{
  g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);

  g_assert_cmpstr (api_text (api_document (reply, kind->member), "notes"), ==, expected);
}

static void
test_changed_records (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const Kind *kind = &kinds[i];
      g_autofree char *id = make_record (kind);
      g_autofree char *path = api_path (kind->path, id);
      g_autoptr (ServerReply) changed = NULL;

      warm_up (DOCTOR, path);
      changed = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"notes\":\"by us\"}");
      assert_notes (DOCTOR, kind, path, "by us");
      warm_up (DOCTOR, path);
      run_sql ("UPDATE %s SET notes = 'beside us' WHERE id = '%s'", kind->table, id);
      assert_notes (DOCTOR, kind, path, "beside us");
    }
}

/* Each one's answer is his own, with a link of his own. */
static void
test_own_links (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *member = g_str_equal (kinds[i].member, "meeting") ? "jitsiLink" : "meetingLink";
      g_autofree char *id = make_record (&kinds[i]);
      g_autofree char *path = api_path (kinds[i].path, id);
      g_autoptr (ServerReply) mine = NULL;
      g_autoptr (ServerReply) theirs = NULL;

      warm_up (DOCTOR, path);
      warm_up (ADMIN, path);
      mine = api_expect (world, 200, DOCTOR, "GET", path, NULL);
      theirs = api_expect (world, 200, ADMIN, "GET", path, NULL);
      g_assert_nonnull (api_text (api_document (mine, kinds[i].member), member));
      g_assert_cmpstr (api_text (api_document (mine, kinds[i].member), member), !=,
                       api_text (api_document (theirs, kinds[i].member), member));
      g_assert_cmpstr (server_reply_get_header (mine, "cache-control"), ==, "no-store");
      g_assert_cmpstr (server_reply_get_header (mine, "etag"), ==, "\"1\"");
    }
}

/* That somebody may see it does not show it to others. */
static void
test_strangers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *id = make_record (&kinds[i]);
      g_autofree char *path = api_path (kinds[i].path, id);
      g_autoptr (ServerReply) stranger = NULL;
      g_autoptr (ServerReply) nobody = NULL;
      g_autoptr (ServerReply) forged = NULL;

      warm_up (DOCTOR, path);
      warm_up (DOCTOR, path);
      stranger = api_expect (world, 404, DESK2, "GET", path, NULL);
      nobody = api_expect (world, 401, NOBODY, "GET", path, NULL);
      forged = api_expect_with (world, 401, NOBODY, "GET", path,
                                "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                NULL);
      api_assert_refused (stranger);
      api_assert_refused (nobody);
      api_assert_refused (forged);
    }
}

static void
test_lost_access (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *path = api_path ("/api/meetings/%s", id);
  g_autofree char *people
      = g_strdup_printf ("{\"participants\":[\"%s\",\"%s\"],\"roleContext\":\"patient-doctor\"}",
                         world->ids[DOCTOR], world->ids[PATIENT]);
  g_autoptr (ServerReply) changed = NULL;
  g_autoptr (ServerReply) hidden = NULL;

  warm_up (DOCTOR2, path);
  changed = api_expect (world, 200, DOCTOR, "PATCH", path, people);
  hidden = api_expect (world, 404, DOCTOR2, "GET", path, NULL);
  api_assert_refused (hidden);
}

static ServerReply *
get_with_token (const char *path, const char *token)
{
  g_autofree char *header = g_strconcat ("Authorization: Bearer ", token, NULL);

  return api_call_with (world, NOBODY, "GET", path, header, NULL);
}

static void
assert_signed_out (const char *path, const char *token, gboolean out)
{
  g_autoptr (ServerReply) reply = get_with_token (path, token);

  g_assert_cmpuint (reply->status, ==, out ? 401 : 200);
}

static void
test_ended_sessions (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *path = api_path ("/api/meetings/%s", id);

  for (guint way = 0; way < 3; way++)
    {
      g_autofree char *token = server_fixture_sign_in (world->server, "doctor2@example.org");

      for (guint i = 0; i < 3; i++)
        assert_signed_out (path, token, FALSE);
      if (way == 0)
        {
          g_autofree char *header = g_strconcat ("Authorization: Bearer ", token, NULL);
          g_autoptr (ServerReply) reply
              = api_expect_with (world, 200, NOBODY, "POST", "/api/auth/logout", header, NULL);
        }
      else if (way == 1)
        run_sql ("UPDATE users SET active = 0 WHERE id = '%s'", world->ids[DOCTOR2]);
      else
        run_sql ("DELETE FROM sessions WHERE user_id = '%s'", world->ids[DOCTOR2]);
      assert_signed_out (path, token, TRUE);
      run_sql ("UPDATE users SET active = 1 WHERE id = '%s'", world->ids[DOCTOR2]);
    }
}

typedef struct
{
  const char *path;
  int least; /* atomic: what was answered as stored */
  int done; /* atomic */
} Race;

/* Never less than what somebody was told before this was asked. */
static gpointer
read_on (gpointer data)
{
  Race *race = data;

  while (g_atomic_int_get (&race->done) == 0)
    {
      int least = g_atomic_int_get (&race->least);
      g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "GET", race->path, NULL);

      g_assert_cmpint (json_object_get_int_member (api_document (reply, "meeting"), "version"), >=,
                       least);
    }
  return NULL;
}

static void
test_race (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *path = api_path ("/api/meetings/%s", id);
  Race race = { .path = path, .least = 1 };
  GThread *readers[N_READERS];

  for (gsize i = 0; i < N_READERS; i++)
    readers[i] = g_thread_new ("reader", read_on, &race);
  for (guint i = 0; i < N_CHANGES; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"notes\":\"%u\"}", i);
      g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "PATCH", path, body);

      g_atomic_int_set (&race.least, (int)json_object_get_int_member (
                                         api_document (reply, "meeting"), "version"));
    }
  g_atomic_int_set (&race.done, 1);
  for (gsize i = 0; i < N_READERS; i++)
    g_thread_join (readers[i]);
  g_assert_cmpint (race.least, ==, N_CHANGES + 1);
}

/* What is shown from memory is noted as well. */
static void
test_audit (void)
{
  g_autofree char *other_id = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *other = api_path ("/api/appointments/%s", other_id);
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autofree char *query
      = g_strdup_printf ("/api/audit?limit=500&record=%s&user=%s", id, world->ids[ADMIN]);
  g_autoptr (ServerReply) reply = NULL;
  JsonArray *entries;

  /* His session is in memory, and so is what he has not seen yet. */
  warm_up (ADMIN, other);
  warm_up (DOCTOR, path);
  warm_up (ADMIN, path);
  api_restart (world);
  reply = api_expect (world, 200, ADMIN, "GET", query, NULL);
  entries = json_object_get_array_member (server_reply_get_data (reply), "entries");
  g_assert_cmpuint (json_array_get_length (entries), >, 0);
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  g_test_add_func ("/Rounds/Api/Recall/changed-records", test_changed_records);
  g_test_add_func ("/Rounds/Api/Recall/own-links", test_own_links);
  g_test_add_func ("/Rounds/Api/Recall/strangers", test_strangers);
  g_test_add_func ("/Rounds/Api/Recall/lost-access", test_lost_access);
  g_test_add_func ("/Rounds/Api/Recall/ended-sessions", test_ended_sessions);
  g_test_add_func ("/Rounds/Api/Recall/race", test_race);
  g_test_add_func ("/Rounds/Api/Recall/audit", test_audit);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
