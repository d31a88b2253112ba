/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Refresh tokens on a database in memory: rotation, lost answers, thieves.
 * The calls over HTTP are in test-api-sessions.c.
 */

#include "rounds-server-schema.h"
#include "rounds-sessions.h"
#include "rounds-test.h"
#include "server-database.h"

#define NOW (G_GINT64_CONSTANT (1700000000) * ROUNDS_SECOND)
#define ACCESS (15 * ROUNDS_MINUTE)
#define REFRESH (30 * ROUNDS_DAY)
#define ANNA "65a400020000000000000001"

typedef struct
{
  RoundsDb *db;
  gint64 now;
  RoundsSessionTokens first; /* of the login */
} Fixture;

static void
log_in (Fixture *self, RoundsSessionTokens *tokens)
{
  g_autoptr (GError) error = NULL;
  RoundsSessionRequest request = {
    .user_id = ANNA,
    .address = "192.0.2.1",
    .now = self->now,
    .access_expires_at = self->now + ACCESS,
    .refresh_expires_at = self->now + REFRESH,
  };
  g_assert_true (rounds_db_begin (self->db, &error));
  g_assert_true (rounds_session_create (self->db, &request, tokens, &error));
  g_assert_true (rounds_db_commit (self->db, &error));
  g_assert_no_error (error);
}

static void
migrate (RoundsDb *db)
{
  g_assert_true (rounds_server_schema_migrate (db, NULL));
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->db = server_database_open_filled ("schema", migrate);
  self->now = NOW;
  g_assert_true (rounds_db_exec (self->db,
                                 "INSERT INTO users (id, name, email, role, created_at, "
                                 "updated_at) VALUES ('" ANNA "', 'Anna', 'anna@example.org', "
                                 "'admin', 1, 1)",
                                 NULL));
  log_in (self, &self->first);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  rounds_session_tokens_clear (&self->first);
  rounds_db_close (self->db);
}

static RoundsRefreshVerdict
refresh (Fixture *self, const char *token, RoundsSessionTokens *tokens)
{
  g_autoptr (RoundsUser) user = NULL;
  g_autoptr (GError) error = NULL;
  RoundsRefreshVerdict verdict = ROUNDS_REFRESH_UNKNOWN;
  RoundsRefreshRequest request = {
    .token = token,
    .now = self->now,
    .access_expires_at = self->now + ACCESS,
    .refresh_expires_at = self->now + REFRESH,
  };
  g_assert_true (rounds_db_begin (self->db, &error));
  g_assert_true (rounds_session_refresh (self->db, &request, &verdict, &user, tokens, &error));
  g_assert_true (rounds_db_commit (self->db, &error));
  g_assert_no_error (error);
  g_assert_true ((user != NULL) == (verdict != ROUNDS_REFRESH_UNKNOWN));
  g_assert_true ((tokens->access != NULL) == (verdict == ROUNDS_REFRESH_DONE));
  return verdict;
}

static gboolean
use (Fixture *self, const char *access)
{
  g_auto (RoundsSession) session = { NULL };
  g_autoptr (GError) error = NULL;
  g_assert_true (rounds_session_find (self->db, access, self->now, &session, &error));
  gboolean noteworthy = rounds_session_is_noteworthy (&session, self->now);
  g_assert_true (!noteworthy || rounds_db_begin (self->db, &error));
  g_assert_true (!noteworthy || rounds_session_note (self->db, access, self->now, &error));
  g_assert_true (!noteworthy || rounds_db_commit (self->db, &error));
  g_assert_no_error (error);
  return session.user != NULL;
}

static gint64
count (Fixture *self, const char *table)
{
  g_autofree char *sql = g_strconcat ("SELECT count (*) FROM ", table, NULL);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (self->db, sql, NULL);
  g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

/* For two months, every fourteen minutes of work and once a night of fourteen hours. */
static void
test_rotation (Fixture *self, gconstpointer unused)
{
  g_autofree char *token = g_strdup (self->first.refresh);

  for (int i = 0; i < 200; i++)
    {
      g_auto (RoundsSessionTokens) next = { NULL };
      self->now += i % 4 == 3 ? 14 * ROUNDS_HOUR : 14 * ROUNDS_MINUTE;
      g_assert_cmpint (refresh (self, token, &next), ==, ROUNDS_REFRESH_DONE);
      g_assert_cmpstr (next.refresh, !=, token);
      g_assert_true (use (self, next.access));
      g_free (token);
      token = g_steal_pointer (&next.refresh);
    }
  g_assert_cmpint (count (self, "sessions"), ==, 1);
}

static void
test_expiry (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) next = { NULL };
  g_auto (RoundsSessionTokens) late = { NULL };

  self->now = NOW + ACCESS - 1;
  g_assert_true (use (self, self->first.access));
  self->now = NOW + ACCESS;
  g_assert_false (use (self, self->first.access));
  self->now = NOW + REFRESH - 1;
  g_assert_cmpint (refresh (self, self->first.refresh, &next), ==, ROUNDS_REFRESH_DONE);
  /* Its own thirty days begin with it. */
  self->now += REFRESH;
  g_assert_cmpint (refresh (self, next.refresh, &late), ==, ROUNDS_REFRESH_UNKNOWN);
}

/* A request that was sent with the old access token just before the new one is still answered. */
static void
test_old_access_lives_on (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) next = { NULL };

  g_assert_cmpint (refresh (self, self->first.refresh, &next), ==, ROUNDS_REFRESH_DONE);
  g_assert_true (use (self, self->first.access));
  g_assert_true (use (self, next.access));
  g_assert_true (use (self, self->first.access));
}

/* The answer never came: the client has only the old token, and asks again, as often as it takes.
 */
static void
test_lost_answers (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) arrived = { NULL };
  g_auto (RoundsSessionTokens) next = { NULL };

  for (int i = 0; i < 20; i++)
    {
      g_auto (RoundsSessionTokens) lost = { NULL };
      self->now += ROUNDS_HOUR;
      g_assert_cmpint (refresh (self, self->first.refresh, &lost), ==, ROUNDS_REFRESH_DONE);
    }
  g_assert_cmpint (count (self, "session_tokens"), <=, 5);
  g_assert_cmpint (refresh (self, self->first.refresh, &arrived), ==, ROUNDS_REFRESH_DONE);
  g_assert_true (use (self, arrived.access));
  g_assert_cmpint (refresh (self, arrived.refresh, &next), ==, ROUNDS_REFRESH_DONE);
}

/* Two answers on their way, and the client keeps the one that the server gave first. */
static void
test_answers_out_of_order (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) one = { NULL };
  g_auto (RoundsSessionTokens) two = { NULL };
  g_auto (RoundsSessionTokens) next = { NULL };

  g_assert_cmpint (refresh (self, self->first.refresh, &one), ==, ROUNDS_REFRESH_DONE);
  g_assert_cmpint (refresh (self, self->first.refresh, &two), ==, ROUNDS_REFRESH_DONE);
  g_assert_true (use (self, one.access));
  g_assert_false (use (self, two.access));
  g_assert_cmpint (refresh (self, one.refresh, &next), ==, ROUNDS_REFRESH_DONE);
  g_assert_true (use (self, next.access));
}

/* A pair is confirmed by refreshing as well, without any call in between. */
static void
test_confirmed_by_refresh (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) second = { NULL };
  g_auto (RoundsSessionTokens) third = { NULL };
  g_auto (RoundsSessionTokens) none = { NULL };

  g_assert_cmpint (refresh (self, self->first.refresh, &second), ==, ROUNDS_REFRESH_DONE);
  g_assert_cmpint (refresh (self, second.refresh, &third), ==, ROUNDS_REFRESH_DONE);
  g_assert_cmpint (refresh (self, self->first.refresh, &none), ==, ROUNDS_REFRESH_REUSED);
  g_assert_false (use (self, third.access));
}

/* The thief was first: when the owner comes with his token, it ends for both. */
static void
test_thief_first (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) thief = { NULL };
  g_auto (RoundsSessionTokens) owner = { NULL };
  g_auto (RoundsSessionTokens) elsewhere = { NULL };

  log_in (self, &elsewhere);
  g_assert_cmpint (refresh (self, self->first.refresh, &thief), ==, ROUNDS_REFRESH_DONE);
  g_assert_true (use (self, thief.access));
  g_assert_cmpint (refresh (self, self->first.refresh, &owner), ==, ROUNDS_REFRESH_REUSED);
  g_assert_false (use (self, thief.access));
  g_assert_false (use (self, self->first.access));
  g_assert_cmpint (refresh (self, thief.refresh, &owner), ==, ROUNDS_REFRESH_UNKNOWN);
  /* The person's other sessions are another family. */
  g_assert_true (use (self, elsewhere.access));
}

/* The thief has tokens that he has not used yet, and the owner goes on: the thief gets nothing, and
 * trying ends the session. */
static void
test_thief_second (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) thief = { NULL };
  g_auto (RoundsSessionTokens) owner = { NULL };
  g_auto (RoundsSessionTokens) none = { NULL };

  g_assert_cmpint (refresh (self, self->first.refresh, &thief), ==, ROUNDS_REFRESH_DONE);
  g_assert_cmpint (refresh (self, self->first.refresh, &owner), ==, ROUNDS_REFRESH_DONE);
  g_assert_true (use (self, owner.access));
  g_assert_false (use (self, thief.access));
  g_assert_true (use (self, owner.access));
  g_assert_cmpint (refresh (self, thief.refresh, &none), ==, ROUNDS_REFRESH_REUSED);
  g_assert_false (use (self, owner.access));
}

static void
test_not_a_token (Fixture *self, gconstpointer unused)
{
  const char *tokens[]
      = { "", "x", self->first.access, ANNA, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_auto (RoundsSessionTokens) none = { NULL };
      g_assert_cmpint (refresh (self, tokens[i], &none), ==, ROUNDS_REFRESH_UNKNOWN);
    }
  g_assert_false (use (self, self->first.refresh));
  g_assert_true (use (self, self->first.access));
}

static void
test_switched_off (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) none = { NULL };

  g_assert_true (rounds_db_exec (self->db, "UPDATE users SET active = 0", NULL));
  g_assert_cmpint (refresh (self, self->first.refresh, &none), ==, ROUNDS_REFRESH_UNKNOWN);
}

static void
test_ended (Fixture *self, gconstpointer unused)
{
  g_auto (RoundsSessionTokens) none = { NULL };

  g_assert_true (rounds_session_end_all_of (self->db, ANNA, NULL));
  g_assert_cmpint (refresh (self, self->first.refresh, &none), ==, ROUNDS_REFRESH_UNKNOWN);
  g_assert_cmpint (count (self, "session_tokens"), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*function) (Fixture *self, gconstpointer unused);
  } tests[] = {
    { "rotation", test_rotation },
    { "expiry", test_expiry },
    { "old-access-lives-on", test_old_access_lives_on },
    { "lost-answers", test_lost_answers },
    { "answers-out-of-order", test_answers_out_of_order },
    { "confirmed-by-refresh", test_confirmed_by_refresh },
    { "thief-first", test_thief_first },
    { "thief-second", test_thief_second },
    { "not-a-token", test_not_a_token },
    { "switched-off", test_switched_off },
    { "ended", test_ended },
  };

  rounds_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Server/Refresh/", tests[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, tests[i].function, tear_down);
    }
  return g_test_run ();
}
