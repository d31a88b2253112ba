/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sessions and the schema on a database in memory, with a clock that is moved by hand.
 * Tokens over HTTP are in test-core-sign-in.c.
 */

#include "rounds-sessions.h"

#include "rounds-server-schema.h"
#include "rounds-test.h"
#include "server-database.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1700000000) * ROUNDS_SECOND)
#define ANNA "65a400020000000000000001"
#define BERTA "65a400020000000000000002"

static void
migrate (RoundsDb *db)
{
  g_assert_true (rounds_server_schema_migrate (db, NULL));
}

static RoundsDb *
open_db (void)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = server_database_open_filled ("schema", migrate);
  g_assert_true (
      rounds_db_exec (db,
                      "INSERT INTO users (id, name, email, role, created_at, updated_at) VALUES "
                      "('" ANNA "', 'Anna', 'anna@example.org', 'admin', 1, 1), "
                      "('" BERTA "', 'Berta', 'berta@example.org', 'admin', 1, 1)",
                      &error));
  g_assert_no_error (error);
  return db;
}

static char *
create (RoundsDb *db, const char *user_id, gint64 now)
{
  g_autoptr (GError) error = NULL;
  RoundsSessionRequest request = {
    .user_id = user_id,
    .address = "192.0.2.1",
    .user_agent = "Test/1",
    .now = now,
    .access_expires_at = now + ROUNDS_HOUR,
    .refresh_expires_at = ROUNDS_TIME_NONE,
  };
  g_auto (RoundsSessionTokens) tokens = { NULL };
  g_assert_true (rounds_db_begin (db, &error));
  g_assert_true (rounds_session_create (db, &request, &tokens, &error));
  g_assert_no_error (error);
  g_assert_true (rounds_db_commit (db, &error));
  g_assert_null (tokens.refresh);
  return g_steal_pointer (&tokens.access);
}

/* The name of whose @token is, or NULL. */
static char *
find (RoundsDb *db, const char *token, gint64 now, char **session_id)
{
  g_auto (RoundsSession) session = { NULL };
  g_autoptr (GError) error = NULL;
  g_assert_true (rounds_session_find (db, token, now, &session, &error));
  gboolean noteworthy = rounds_session_is_noteworthy (&session, now);
  g_assert_true (!noteworthy || rounds_db_begin (db, &error));
  g_assert_true (!noteworthy || rounds_session_note (db, token, now, &error));
  g_assert_true (!noteworthy || rounds_db_commit (db, &error));
  g_assert_no_error (error);
  g_assert_true ((session.user == NULL) == (session.id == NULL));
  if (session_id != NULL)
    *session_id = g_steal_pointer (&session.id);
  return session.user != NULL ? g_strdup (session.user->name) : NULL;
}

static gint64
count (RoundsDb *db, const char *sql)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, NULL);
  g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

static void
test_find (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autofree char *anna = create (db, ANNA, NOW);
  g_autofree char *berta = create (db, BERTA, NOW);
  g_autofree char *first = find (db, anna, NOW, NULL);
  g_autofree char *second = find (db, berta, NOW, NULL);

  g_assert_cmpstr (anna, !=, berta);
  g_assert_cmpstr (first, ==, "Anna");
  g_assert_cmpstr (second, ==, "Berta");
}

static void
test_not_a_token (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autofree char *token = create (db, ANNA, NOW);
  g_autofree char *shorter = g_strndup (token, strlen (token) - 1);
  g_autofree char *longer = g_strconcat (token, "A", NULL);
  g_autofree char *other = g_strdup (token);
  other[0] = other[0] == 'A' ? 'B' : 'A';
  const char *tokens[] = { "", " ", shorter, longer, other, "%", ANNA };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autofree char *name = find (db, tokens[i], NOW, NULL);
      g_assert_null (name);
    }
}

static void
test_expiry (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autofree char *token = create (db, ANNA, NOW);
  g_autofree char *before = find (db, token, NOW + ROUNDS_HOUR - 1, NULL);
  g_autofree char *after = find (db, token, NOW + ROUNDS_HOUR, NULL);

  g_assert_nonnull (before);
  g_assert_null (after);
  /* The next sign-in, whoever's, clears it away. */
  g_autofree char *next = create (db, BERTA, NOW + ROUNDS_HOUR);
  g_assert_cmpint (count (db, "SELECT count (*) FROM sessions"), ==, 1);
  g_assert_cmpint (count (db, "SELECT count (*) FROM session_tokens"), ==, 1);
}

static void
test_end (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autofree char *one = create (db, ANNA, NOW);
  g_autofree char *two = create (db, ANNA, NOW);
  g_autofree char *three = create (db, BERTA, NOW);
  g_autofree char *id = NULL;
  g_free (find (db, one, NOW, &id));
  g_assert_true (rounds_session_end (db, id, NULL));

  g_autofree char *ended = find (db, one, NOW, NULL);
  g_autofree char *running = find (db, two, NOW, NULL);
  g_assert_null (ended);
  g_assert_nonnull (running);
  g_assert_true (rounds_session_end_all_of (db, ANNA, NULL));
  g_autofree char *all = find (db, two, NOW, NULL);
  g_autofree char *other = find (db, three, NOW, NULL);
  g_assert_null (all);
  g_assert_nonnull (other);
}

static void
test_switched_off (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autofree char *token = create (db, ANNA, NOW);
  g_assert_true (rounds_db_exec (db, "UPDATE users SET active = 0", NULL));
  g_autofree char *name = find (db, token, NOW, NULL);
  g_assert_null (name);
}

/* Noted now and then; not with every request, since writing waits for the disk. */
static void
test_last_use (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autofree char *token = create (db, ANNA, NOW);
  const char *last = "SELECT last_used_at FROM sessions";

  g_free (find (db, token, NOW + ROUNDS_MINUTE, NULL));
  g_assert_cmpint (count (db, last), ==, NOW);
  g_free (find (db, token, NOW + 10 * ROUNDS_MINUTE, NULL));
  g_assert_cmpint (count (db, last), ==, NOW + 10 * ROUNDS_MINUTE);
}

/* Nobody is kept from reading because nothing can be written. */
static void
test_last_use_cannot_be_written (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autofree char *token = create (db, ANNA, NOW);
  g_auto (RoundsSession) session = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_begin_read (db, &error));
  g_assert_true (rounds_session_find (db, token, NOW + 30 * ROUNDS_MINUTE, &session, &error));
  g_assert_cmpstr (session.user->name, ==, "Anna");
  g_assert_true (rounds_session_is_noteworthy (&session, NOW + 30 * ROUNDS_MINUTE));
  g_assert_true (rounds_db_commit (db, &error));
}

/* What the schema itself does not let in, whatever the handlers do. */
static void
test_schema_refuses (void)
{
  static const char *const statements[] = {
    "INSERT INTO users (id, name, email, role, created_at, updated_at) VALUES "
    "('65a400020000000000000003', 'C', 'ANNA@example.org', 'admin', 1, 1)",
    "INSERT INTO users (id, name, email, role, created_at, updated_at) VALUES "
    "('65a400020000000000000003', 'C', 'c@example.org', 'king', 1, 1)",
    "INSERT INTO users (id, name, email, role, created_at, updated_at) VALUES "
    "('65a400020000000000000003', 'C', 'c@example.org', 'doctor', 1, 1)",
    "UPDATE users SET password_hash = 'demo-password'",
    "UPDATE users SET age = 200",
    "UPDATE users SET hospital_id = '65a400020000000000000009'",
    "INSERT INTO meetings (id, created_by, role_context, title, type, status, scheduled_at, "
    "expected_minutes, room_name, created_at, updated_at) VALUES ('65a400030000000000000001', "
    "'" ANNA "', 'admin-admin', 'T', 'video', 'scheduled', 1, 30, 'r', 1, 1)",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (RoundsDb) db = open_db ();
      g_autoptr (GError) error = NULL;
      g_test_message ("%s", statements[i]);
      g_assert_false (rounds_db_exec (db, statements[i], &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
    }
}

static void
test_schema_twice (void)
{
  g_autoptr (RoundsDb) db = open_db ();
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_server_schema_migrate (db, &error));
  gint64 version = 0;
  g_assert_true (rounds_db_get_version (db, &version, &error));
  g_assert_cmpint (version, ==, rounds_server_schema_get_version ());
  g_assert_true (rounds_db_exec (db,
                                 rounds_db_get_dialect (db) == ROUNDS_DB_DIALECT_SQLITE
                                     ? "PRAGMA user_version = 999"
                                     : "UPDATE rounds_schema SET version = 999",
                                 NULL));
  g_assert_false (rounds_server_schema_migrate (db, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_NEWER);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Sessions/find", test_find);
  g_test_add_func ("/Rounds/Server/Sessions/not-a-token", test_not_a_token);
  g_test_add_func ("/Rounds/Server/Sessions/expiry", test_expiry);
  g_test_add_func ("/Rounds/Server/Sessions/end", test_end);
  g_test_add_func ("/Rounds/Server/Sessions/switched-off", test_switched_off);
  g_test_add_func ("/Rounds/Server/Sessions/last-use", test_last_use);
  g_test_add_func ("/Rounds/Server/Sessions/last-use-cannot-be-written",
                   test_last_use_cannot_be_written);
  g_test_add_func ("/Rounds/Server/Schema/refuses", test_schema_refuses);
  g_test_add_func ("/Rounds/Server/Schema/twice", test_schema_twice);
  return g_test_run ();
}
