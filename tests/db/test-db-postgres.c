/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What only PostgreSQL does: addresses, lost connections, time-outs, deadlocks, altered tables.
 * What both drivers do alike is in test-db.c and test-db-transaction.c.
 */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "db-fixture.h"
#include "rounds-db-postgres.h"
#include "rounds-test.h"

static gint64
get_backend (RoundsDb *db)
{
  return db_fixture_ask (db, "SELECT pg_backend_pid ()");
}

/* As when the server restarts, the administrator interferes or the network goes. */
static void
cut (DbFixture *fixture, gint64 backend)
{
  g_autoptr (RoundsDb) other = db_fixture_open (fixture);
  RoundsDbStatement *statement
      = db_fixture_prepare (other, "SELECT pg_terminate_backend (CAST ($1 AS INTEGER), 5000)");

  rounds_db_bind_int (statement, 1, backend);
  g_assert_true (rounds_db_run (statement, NULL));
}

static void
expect (GError **error, RoundsDbError code)
{
  g_assert_error (*error, ROUNDS_DB_ERROR, (int)code);
  g_clear_error (error);
}

static void
test_urls_are_told_from_files (void)
{
  const struct
  {
    const char *text;
    gboolean is_url;
    const char *description; /* NULL: not asked */
  } cases[] = {
    { "postgresql://me:Geheim@db.example:5433/rounds?sslkey=Geheim", TRUE,
      "postgresql://me@db.example:5433/rounds" },
    { "postgres:///rounds", TRUE, "postgresql:///rounds" },
    { "postgresql://me:Geheim@host:port/%zz", TRUE, "postgresql://" },
    { "host=a password=Geheim dbname=b", FALSE, "postgresql://a/b" },
    { "/var/lib/roundsd/rounds.db", FALSE, NULL },
    { "", FALSE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *description = rounds_db_postgres_describe (cases[i].text);

      g_assert_cmpint (rounds_db_postgres_is_url (cases[i].text), ==, cases[i].is_url);
      if (cases[i].description != NULL)
        g_assert_cmpstr (description, ==, cases[i].description);
    }
}

/* Nothing listens on port 1; .invalid never resolves. */
static void
test_bad_addresses_are_refused (void)
{
  const struct
  {
    const char *url;
    const char *says;
  } cases[] = {
    { "postgresql://me:Geheim@[::1/x", "cannot be understood" },
    { "postgresql://me:Geheim@host/x?no_such_word=1", "cannot be understood" },
    { "host=nowhere password='Geheim", "cannot be understood" },
    { "postgresql://me:Geheim@127.0.0.1:1/x", "cannot be reached" },
    { "postgresql://me:Geheim@/x?host=/no/such/folder", "cannot be reached" },
    { "postgresql://me:Geheim@database.invalid/x", "cannot be reached" },
    { "postgresql://me:Geheim@127.0.0.1:1,/x?sslmode=Geheim", "cannot be reached" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsDbPostgresOptions options = { .url = cases[i].url };
      g_autoptr (GError) error = NULL;

      g_assert_null (rounds_db_postgres_open (&options, &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (strstr (error->message, "Geheim"));
    }
}

static void
test_sessions_are_ours (DbFixture *fixture)
{
  const struct
  {
    const char *setting;
    const char *value;
  } cases[] = {
    { "client_encoding", "UTF8" },
    { "TimeZone", "UTC" },
    { "statement_timeout", "7s" },
    { "lock_timeout", "3s" },
    { "idle_in_transaction_session_timeout", "1200ms" },
    { "application_name", "roundsd" },
  };
  g_autoptr (RoundsDb) db = db_fixture_open_with (fixture, 3000, 7000);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsDbStatement) statement
          = db_fixture_prepare (db, "SELECT current_setting ($1)");

      rounds_db_bind_text (statement, 1, cases[i].setting);
      g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_ROW);
      g_assert_cmpstr (rounds_db_get_text (statement, 0), ==, cases[i].value);
    }
}

static void
test_read_only (DbFixture *fixture)
{
  RoundsDbPostgresOptions options = { .url = db_fixture_get_url (fixture), .read_only = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_postgres_open (&options, &error);

  g_assert_no_error (error);
  g_assert_cmpint (db_fixture_ask (db, "SELECT 7"), ==, 7);
  g_assert_false (rounds_db_exec (db, "CREATE TABLE t (a BIGINT)", &error));
  expect (&error, ROUNDS_DB_ERROR_READ_ONLY);
}

static void
test_lost_connections_come_back (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  gint64 before = get_backend (db);
  g_autoptr (GError) error = NULL;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT)");
  /* Noticed before anything is sent, be it a statement that the old connection knew, … */
  cut (fixture, before);
  g_assert_cmpint (get_backend (db), !=, before);
  /* … several of them, or a transaction. */
  cut (fixture, get_backend (db));
  db_fixture_exec (db, "INSERT INTO t VALUES (1)");
  cut (fixture, get_backend (db));
  g_assert_true (rounds_db_begin (db, &error));
  db_fixture_exec (db, "INSERT INTO t VALUES (2)");
  g_assert_true (rounds_db_commit (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (a) FROM t"), ==, 3);
}

static void
test_transactions_go_with_their_connection (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT)");
  g_assert_true (rounds_db_begin (db, &error));
  db_fixture_exec (db, "INSERT INTO t VALUES (1)");
  cut (fixture, get_backend (db));
  /* Nothing more happens as if in that transaction, least of all outside of one. */
  for (int i = 0; i < 3; i++)
    {
      g_assert_false (rounds_db_exec (db, "INSERT INTO t VALUES (2)", &error));
      expect (&error, ROUNDS_DB_ERROR_OPEN);
    }
  g_assert_false (rounds_db_savepoint (db, &error));
  expect (&error, ROUNDS_DB_ERROR_OPEN);
  g_assert_false (rounds_db_commit (db, &error));
  expect (&error, ROUNDS_DB_ERROR_OPEN);
  /* That one is over now. */
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t"), ==, 0);
  g_assert_true (rounds_db_begin (db, &error));
  cut (fixture, get_backend (db));
  rounds_db_rollback (db);
  g_assert_true (rounds_db_begin (db, &error));
  rounds_db_rollback (db);
}

/* Prepared before the table was altered, as when another node brings a new version. */
static void
test_altered_tables_are_read_anew (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDb) other = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1)");
  g_assert_cmpint (db_fixture_ask (db, "SELECT * FROM t"), ==, 1);
  db_fixture_exec (other, "ALTER TABLE t ALTER a TYPE TEXT");
  g_assert_cmpint (db_fixture_ask (db, "SELECT * FROM t"), ==, 1);
  db_fixture_exec (other, "ALTER TABLE t ALTER a TYPE BIGINT USING 2");
  /* A transaction cannot go on, but may be run again. */
  g_assert_true (rounds_db_begin (db, NULL));
  statement = db_fixture_prepare (db, "SELECT * FROM t");
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_FAILED);
  g_assert_true (rounds_db_error_can_retry (error));
  rounds_db_statement_reset (g_steal_pointer (&statement));
  rounds_db_rollback (db);
  g_assert_true (rounds_db_begin (db, NULL));
  g_assert_cmpint (db_fixture_ask (db, "SELECT * FROM t"), ==, 2);
  rounds_db_rollback (db);
}

static void
test_commit_tells_of_a_failure_before (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT UNIQUE)");
  g_assert_true (rounds_db_begin (db, NULL));
  db_fixture_exec (db, "INSERT INTO t VALUES (1)");
  g_assert_false (rounds_db_exec (db, "INSERT INTO t VALUES (1)", NULL));
  g_assert_false (rounds_db_exec (db, "SELECT 1", &error));
  expect (&error, ROUNDS_DB_ERROR_SQL);
  g_assert_false (rounds_db_commit (db, &error));
  expect (&error, ROUNDS_DB_ERROR_SQL);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t"), ==, 0);
}

static GMutex deadlock_mutex;
static GCond deadlock_changed;
static int deadlock_n_ready; /* guarded by deadlock_mutex */

/* Each has locked one row when both go for the other's. */
static gboolean
run_side (RoundsDb *db, const char *first, const char *second, GError **error)
{
  db_fixture_exec (db, first);
  g_mutex_lock (&deadlock_mutex);
  deadlock_n_ready++;
  g_cond_broadcast (&deadlock_changed);
  while (deadlock_n_ready < 2)
    g_cond_wait (&deadlock_changed, &deadlock_mutex);
  g_mutex_unlock (&deadlock_mutex);
  return rounds_db_exec (db, second, error) && rounds_db_commit (db, error);
}

static gpointer
deadlock_thread (gpointer fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  GError *error = NULL;

  g_assert_true (rounds_db_begin (db, NULL));
  if (!run_side (db, "UPDATE t SET a = a + 1 WHERE id = 2", "UPDATE t SET a = a + 1 WHERE id = 1",
                 &error))
    rounds_db_rollback (db);
  return error;
}

static void
test_deadlocks_may_be_retried (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) ours = NULL;
  g_autoptr (GError) theirs = NULL;
  GThread *thread;
  const GError *victim;

  db_fixture_exec (db, "CREATE TABLE t (id BIGINT, a BIGINT); INSERT INTO t VALUES (1, 0), (2, 0)");
  g_assert_true (rounds_db_begin (db, NULL));
  thread = g_thread_new (NULL, deadlock_thread, fixture);
  if (!run_side (db, "UPDATE t SET a = a + 1 WHERE id = 1", "UPDATE t SET a = a + 1 WHERE id = 2",
                 &ours))
    rounds_db_rollback (db);
  theirs = g_thread_join (thread);
  g_assert_true ((ours == NULL) != (theirs == NULL));
  victim = ours != NULL ? ours : theirs;
  g_assert_error (victim, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY);
  g_assert_true (rounds_db_error_can_retry (victim));
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (a) FROM t"), ==, 2);
}

static void
test_long_statements_are_ended (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open_with (fixture, 0, 20);
  gint64 backend = get_backend (db);
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_db_exec (db, "SELECT pg_sleep (10)", &error));
  expect (&error, ROUNDS_DB_ERROR_BUSY);
  /* The connection is as good as before. */
  g_assert_cmpint (get_backend (db), ==, backend);
}

/* A node that froze in the middle of a write holds up the others for less than they wait. */
static void
test_silent_clients_are_let_go (DbFixture *fixture)
{
  g_autoptr (RoundsDb) frozen = db_fixture_open_with (fixture, 100, 0);
  g_autoptr (RoundsDb) other = db_fixture_open_with (fixture, 30000, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_begin (frozen, NULL));
  g_assert_true (rounds_db_lock (frozen, "chain", NULL));
  g_assert_true (rounds_db_begin (other, NULL));
  g_assert_true (rounds_db_lock (other, "chain", &error));
  g_assert_no_error (error);
  g_assert_true (rounds_db_commit (other, NULL));
  g_assert_false (rounds_db_commit (frozen, &error));
  expect (&error, ROUNDS_DB_ERROR_OPEN);
  g_assert_cmpint (db_fixture_ask (frozen, "SELECT 5"), ==, 5);
}

/* A server process that stands still answers neither us nor its own time-out. */
static void
test_silent_servers_are_left (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = NULL;
  GPid backend;
  g_autoptr (GError) error = NULL;

  if (!g_test_slow ())
    {
      g_test_skip ("takes five seconds; run with -m slow");
      return;
    }
  db = db_fixture_open_with (fixture, 0, 10);
  backend = (GPid)get_backend (db);
  if (kill (backend, SIGSTOP) != 0)
    {
      g_test_skip ("the server's processes are out of reach");
      return;
    }
  g_assert_false (rounds_db_exec (db, "SELECT 1", &error));
  expect (&error, ROUNDS_DB_ERROR_OPEN);
  g_assert_cmpint (get_backend (db), !=, backend);
  kill (backend, SIGCONT);
}

static void
test_large_values_pass (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) statement = db_fixture_prepare (db, "SELECT $1, length ($2), $2");
  gsize size = 20 * 1024 * 1024;
  g_autofree char *text = g_strnfill (size, 'x');
  const guint8 *bytes;
  gsize length;

  /* More than the socket takes at once, in both directions. */
  rounds_db_bind_text (statement, 1, text);
  rounds_db_bind_bytes (statement, 2, (const guint8 *)text, size);
  g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_ROW);
  g_assert_cmpuint (strlen (rounds_db_get_text (statement, 0)), ==, size);
  g_assert_cmpint (rounds_db_get_int (statement, 1), ==, (gint64)size);
  bytes = rounds_db_get_bytes (statement, 2, &length);
  g_assert_cmpmem (bytes, length, text, size);
}

static void
test_dropped_plans_are_made_anew (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);

  g_assert_cmpint (db_fixture_ask (db, "SELECT 5"), ==, 5);
  db_fixture_exec (db, "DEALLOCATE ALL");
  g_assert_cmpint (db_fixture_ask (db, "SELECT 5"), ==, 5);
}

static void
test_copy_is_refused (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT)");
  g_assert_false (rounds_db_exec (db, "COPY t FROM STDIN", &error));
  expect (&error, ROUNDS_DB_ERROR_OPEN);
  g_assert_cmpint (db_fixture_ask (db, "SELECT 5"), ==, 5);
}

static void
add (const char *path, DbFixtureTest test)
{
  db_fixture_add_for (ROUNDS_DB_DIALECT_POSTGRES, path, test);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Db/Postgres/urls-and-files", test_urls_are_told_from_files);
  g_test_add_func ("/Rounds/Db/Postgres/bad-addresses", test_bad_addresses_are_refused);
  add ("/Rounds/Db/Postgres/sessions-are-ours", test_sessions_are_ours);
  add ("/Rounds/Db/Postgres/read-only", test_read_only);
  add ("/Rounds/Db/Postgres/lost-connections", test_lost_connections_come_back);
  add ("/Rounds/Db/Postgres/lost-transactions", test_transactions_go_with_their_connection);
  add ("/Rounds/Db/Postgres/altered-tables", test_altered_tables_are_read_anew);
  add ("/Rounds/Db/Postgres/dropped-plans", test_dropped_plans_are_made_anew);
  add ("/Rounds/Db/Postgres/commit-after-failure", test_commit_tells_of_a_failure_before);
  add ("/Rounds/Db/Postgres/deadlocks", test_deadlocks_may_be_retried);
  add ("/Rounds/Db/Postgres/long-statements", test_long_statements_are_ended);
  add ("/Rounds/Db/Postgres/silent-clients", test_silent_clients_are_let_go);
  add ("/Rounds/Db/Postgres/silent-servers", test_silent_servers_are_left);
  add ("/Rounds/Db/Postgres/large-values", test_large_values_pass);
  add ("/Rounds/Db/Postgres/copy-is-refused", test_copy_is_refused);
  return g_test_run ();
}
