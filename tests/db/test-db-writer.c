/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Many threads that write at once, on every driver.
 * What is left of that after kill -9 is tested in test-db-writer-kill.c.
 */

#include "config.h"

#include "db-fixture.h"
#include "rounds-db-writer.h"
#include "rounds-test.h"

#include <glib/gstdio.h>

#define N_THREADS 16

static RoundsDbWriter *
open_writer (DbFixture *fixture, guint max_waiting)
{
  RoundsDbOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  RoundsDbWriter *writer;

  if (db_fixture_get_dialect (fixture) == ROUNDS_DB_DIALECT_POSTGRES)
    return rounds_db_writer_new_direct ();
  options.path = db_fixture_get_path (fixture);
  writer = rounds_db_writer_new (&options, max_waiting, &error);
  g_assert_no_error (error);
  return writer;
}

static RoundsDb *
open_with_table (DbFixture *fixture)
{
  RoundsDb *db = db_fixture_open (fixture);

  db_fixture_exec (db, "CREATE TABLE t (thread BIGINT, n BIGINT, UNIQUE (thread, n))");
  return db;
}

typedef struct
{
  gint64 thread;
  gint64 n;
} Row;

static gboolean
insert_job (RoundsDb *db, gpointer data, GError **error)
{
  const Row *row = data;
  RoundsDbStatement *statement = rounds_db_prepare (db, "INSERT INTO t VALUES ($1, $2)", error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, row->thread);
  rounds_db_bind_int (statement, 2, row->n);
  return rounds_db_run (statement, error);
}

/* Writes, and then thinks better of it. */
static gboolean
regret_job (RoundsDb *db, gpointer data, GError **error)
{
  Row row = *(const Row *)data;

  row.n = -row.n;
  if (!insert_job (db, &row, error))
    return FALSE;
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "thought better of it");
  return FALSE;
}

/* The same row twice. */
static gboolean
clash_job (RoundsDb *db, gpointer data, GError **error)
{
  Row row = *(const Row *)data;

  row.n = -row.n;
  return insert_job (db, &row, error) && insert_job (db, &row, error);
}

/* Nonsense that a job must not do; the writer goes on undisturbed. */
static gboolean
begin_job (RoundsDb *db, gpointer data, GError **error)
{
  g_autoptr (GError) refused = NULL;

  g_assert_false (rounds_db_begin (db, &refused));
  g_assert_error (refused, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  return rounds_db_commit (db, error);
}

typedef struct
{
  DbFixture *fixture;
  RoundsDbWriter *writer;
  int number;
} Caller;

static void
run_many (Caller *caller, RoundsDb *db)
{
  for (int n = 1; n <= 60; n++)
    {
      Row row = { caller->number, n };
      RoundsDbWriteFunc func = n % 7 == 0    ? regret_job
                               : n % 11 == 0 ? clash_job
                               : n % 13 == 0 ? begin_job
                                             : insert_job;
      g_autoptr (GError) error = NULL;

      rounds_db_writer_run (caller->writer, db, func, &row, &error);
      if (func == insert_job)
        g_assert_no_error (error);
      else if (func == regret_job)
        g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
      else
        g_assert_error (
            error, ROUNDS_DB_ERROR,
            (int)(func == clash_job ? ROUNDS_DB_ERROR_CONSTRAINT : ROUNDS_DB_ERROR_SQL));
    }
}

static gpointer
caller_thread (gpointer data)
{
  Caller *caller = data;
  g_autoptr (RoundsDb) db = db_fixture_open (caller->fixture);

  run_many (caller, db);
  return NULL;
}

/* 60 less 8 times 7, 5 times 11 and 4 times 13. */
#define N_GOOD 43

static void
test_failing_jobs_fail_alone (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, N_THREADS);
  RoundsDbWriterCounts counts;
  Caller callers[N_THREADS];
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    {
      callers[i] = (Caller){ fixture, writer, i };
      threads[i] = g_thread_new (NULL, caller_thread, &callers[i]);
    }
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count(*) FROM t"), ==, N_GOOD * N_THREADS);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count(*) FROM t WHERE n < 0"), ==, 0);
  rounds_db_writer_get_counts (writer, &counts);
  g_assert_cmpuint (counts.n_done, ==, N_GOOD * N_THREADS);
  g_assert_cmpuint (counts.n_failed, ==, (60 - N_GOOD) * N_THREADS);
  g_assert_cmpuint (counts.n_commits, <=, 60 * N_THREADS);
  g_assert_cmpuint (counts.n_waiting, ==, 0);
}

static void
test_what_is_answered_can_be_read (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDb) reader = db_fixture_open (fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 1);

  for (int n = 1; n <= 100; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (rounds_db_writer_run (writer, db, insert_job, &(Row){ 0, n }, &error));
      g_assert_no_error (error);
      g_assert_cmpint (db_fixture_ask (reader, "SELECT max (n) FROM t"), ==, n);
    }
}

/* Holds the writer up until @n_others wait behind it. */
typedef struct
{
  RoundsDbWriter *writer;
  guint n_others;
  const char *sql; /* run in the end, or NULL */
  gint entered; /* atomic */
} Gate;

static gboolean
gate_job (RoundsDb *db, gpointer data, GError **error)
{
  Gate *gate = data;
  RoundsDbWriterCounts counts;

  g_atomic_int_set (&gate->entered, TRUE);
  do
    {
      g_thread_yield ();
      rounds_db_writer_get_counts (gate->writer, &counts);
    }
  while (counts.n_waiting < gate->n_others);
  return gate->sql == NULL || rounds_db_exec (db, gate->sql, error);
}

typedef struct
{
  RoundsDbWriter *writer;
  RoundsDbWriteFunc func;
  gpointer data;
} Errand;

static gpointer
errand_thread (gpointer data)
{
  const Errand *errand = data;
  GError *error = NULL;

  g_assert_cmpint (rounds_db_writer_run (errand->writer, NULL, errand->func, errand->data, &error),
                   ==, error == NULL);
  return error;
}

/* Runs @gate, which opens when enough others wait behind it, and @n others. Their errors are in
 * @errors, the gate's the first. */
static void
run_together (RoundsDbWriter *writer, RoundsDbWriteFunc func, Gate gate, const Errand *others,
              guint n, GError **errors)
{
  Errand first = { writer, func, &gate };
  g_autofree GThread **threads = g_new (GThread *, n + 1);

  gate.writer = writer;
  threads[0] = g_thread_new (NULL, errand_thread, &first);
  while (!g_atomic_int_get (&gate.entered))
    g_thread_yield ();
  for (guint i = 0; i < n; i++)
    threads[i + 1] = g_thread_new (NULL, errand_thread, (gpointer)&others[i]);
  for (guint i = 0; i <= n; i++)
    errors[i] = g_thread_join (threads[i]);
}

static void
test_waiting_jobs_share_a_commit (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 10);
  Row rows[10];
  Errand others[10];
  GError *errors[11];
  RoundsDbWriterCounts counts;

  for (int i = 0; i < 10; i++)
    {
      rows[i] = (Row){ i, i + 1 };
      others[i] = (Errand){ writer, i == 5 ? regret_job : insert_job, &rows[i] };
    }
  run_together (writer, gate_job, (Gate){ .n_others = 10 }, others, 10, errors);
  for (int i = 0; i < 11; i++)
    if (i == 6)
      g_assert_error (errors[i], G_FILE_ERROR, G_FILE_ERROR_INVAL);
    else
      g_assert_no_error (errors[i]);
  g_clear_error (&errors[6]);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t"), ==, 9);
  rounds_db_writer_get_counts (writer, &counts);
  g_assert_cmpuint (counts.n_commits, ==, 1);
  g_assert_cmpuint (counts.n_done, ==, 10);
}

static void
test_failed_commit_fails_all (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 3);
  Row rows[] = { { 1, 1 }, { 2, 1 }, { 3, 1 } };
  Errand others[] = {
    { writer, insert_job, &rows[0] },
    { writer, regret_job, &rows[1] },
    { writer, insert_job, &rows[2] },
  };
  GError *errors[4];

  db_fixture_exec (db, "CREATE TABLE parent (id BIGINT PRIMARY KEY);"
                       "CREATE TABLE child (id BIGINT REFERENCES parent DEFERRABLE INITIALLY "
                       "DEFERRED)");
  run_together (writer, gate_job, (Gate){ .n_others = 3, .sql = "INSERT INTO child VALUES (1)" },
                others, 3, errors);
  for (int i = 0; i < 4; i++)
    {
      g_assert_error (errors[i], ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
      g_clear_error (&errors[i]);
    }
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t"), ==, 0);
  /* The next ones are not concerned. */
  g_assert_true (rounds_db_writer_run (writer, NULL, insert_job, &rows[0], NULL));
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t"), ==, 1);
}

#define FILL_DISK                                                                                  \
  "PRAGMA max_page_count = 20;"                                                                    \
  "WITH many (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM many WHERE i < 100000)"                  \
  "INSERT INTO t SELECT 9, i FROM many"

/* However SQLite takes it: who was told that it is done finds it, who was not does not. */
static void
test_full_disk_is_told (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 2);
  Row rows[] = { { 1, 1 }, { 2, 1 } };
  Errand others[] = { { writer, insert_job, &rows[0] }, { writer, insert_job, &rows[1] } };
  GError *errors[3];

  run_together (writer, gate_job, (Gate){ .n_others = 2, .sql = FILL_DISK }, others, 2, errors);
  g_assert_error (errors[0], ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_FULL);
  g_clear_error (&errors[0]);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM t WHERE thread = %d", i + 1);

      g_assert_cmpint (db_fixture_ask (db, sql), ==, errors[i + 1] == NULL);
      g_clear_error (&errors[i + 1]);
    }
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t WHERE thread = 9"), ==, 0);
}

/* One more than may wait, tried while the writer is held up: refused at once, so even its own
 * thread may try. */
static gboolean
one_too_many_job (RoundsDb *db, gpointer data, GError **error)
{
  Gate *gate = data;
  g_autoptr (GError) refused = NULL;

  g_assert_true (gate_job (db, gate, error));
  g_assert_false (rounds_db_writer_run (gate->writer, NULL, insert_job, &(Row){ 9, 9 }, &refused));
  g_assert_error (refused, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY);
  return TRUE;
}

static void
test_too_many_are_refused (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 2);
  Row rows[] = { { 1, 1 }, { 2, 1 } };
  Errand others[] = { { writer, insert_job, &rows[0] }, { writer, insert_job, &rows[1] } };
  GError *errors[3];

  run_together (writer, one_too_many_job, (Gate){ .n_others = 2 }, others, 2, errors);
  for (int i = 0; i < 3; i++)
    g_assert_no_error (errors[i]);
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (thread) FROM t"), ==, 1 + 2);
}

static void
test_busy_file_is_told (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  RoundsDbOptions options = { .path = db_fixture_get_path (fixture), .busy_timeout_ms = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbWriter) writer = rounds_db_writer_new (&options, 1, &error);

  g_assert_no_error (error);
  g_assert_true (rounds_db_begin (db, NULL));
  g_assert_false (rounds_db_writer_run (writer, NULL, insert_job, &(Row){ 1, 1 }, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY);
  g_clear_error (&error);
  rounds_db_rollback (db);
  g_assert_true (rounds_db_writer_run (writer, NULL, insert_job, &(Row){ 1, 1 }, &error));
  g_assert_no_error (error);
}

/* Also a file that nobody can find any more takes writes; they would be lost with the process. */
static void
test_moved_file_is_told (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  const char *path = db_fixture_get_path (fixture);
  g_autofree char *away = g_strconcat (path, "-away", NULL);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 2);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (path, away), ==, 0);
  g_assert_false (rounds_db_writer_run (writer, NULL, insert_job, &(Row){ 1, 1 }, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t"), ==, 0);

  g_assert_true (g_file_set_contents (path, "another one", -1, NULL));
  g_assert_false (rounds_db_writer_run (writer, NULL, insert_job, &(Row){ 1, 1 }, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_READ_ONLY);
  g_clear_error (&error);

  g_assert_cmpint (g_rename (away, path), ==, 0);
  g_assert_true (rounds_db_writer_run (writer, NULL, insert_job, &(Row){ 1, 1 }, &error));
  g_assert_no_error (error);
}

static gboolean
synchronous_job (RoundsDb *db, gpointer data, GError **error)
{
  *(gint64 *)data = db_fixture_ask (db, "PRAGMA synchronous");
  return TRUE;
}

static void
test_commits_are_synchronous (DbFixture *fixture)
{
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 1);
  gint64 synchronous;

  g_assert_true (rounds_db_writer_run (writer, NULL, synchronous_job, &synchronous, NULL));
  g_assert_cmpint (synchronous, ==, 2);
}

static void
test_places_that_cannot_be (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  RoundsDbOptions options = { .path = folder };
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_db_writer_new (&options, 1, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN);
}

/* Two jobs that take the same two rows in opposite order: PostgreSQL undoes one of them, and the
 * writer runs it again. */
typedef struct
{
  RoundsDbWriter *writer;
  DbFixture *fixture;
  gboolean forth;
  gint *n_inside; /* atomic */
} Crossing;

static gboolean
cross_job (RoundsDb *db, gpointer data, GError **error)
{
  Crossing *crossing = data;
  const char *const sql[]
      = { "UPDATE t SET n = n + 1 WHERE thread = 1", "UPDATE t SET n = n + 1 WHERE thread = 2" };

  if (!rounds_db_exec (db, sql[crossing->forth], error))
    return FALSE;
  g_atomic_int_inc (crossing->n_inside);
  while (g_atomic_int_get (crossing->n_inside) < 2)
    g_thread_yield ();
  return rounds_db_exec (db, sql[!crossing->forth], error);
}

static gpointer
cross_thread (gpointer data)
{
  Crossing *crossing = data;
  g_autoptr (RoundsDb) db = db_fixture_open (crossing->fixture);
  g_autoptr (GError) error = NULL;

  rounds_db_writer_run (crossing->writer, db, cross_job, crossing, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_deadlocks_are_run_again (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, 1);
  gint n_inside = 0;
  Crossing forth = { writer, fixture, TRUE, &n_inside };
  Crossing back = { writer, fixture, FALSE, &n_inside };
  GThread *thread;

  db_fixture_exec (db, "INSERT INTO t VALUES (1, 0), (2, 0)");
  thread = g_thread_new (NULL, cross_thread, &forth);
  cross_thread (&back);
  g_thread_join (thread);
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (n) FROM t"), ==, 4);
  g_assert_cmpint (n_inside, >=, 3);
}

static void
add_sqlite (const char *path, DbFixtureTest test)
{
  db_fixture_add_for (ROUNDS_DB_DIALECT_SQLITE, path, test);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  db_fixture_add ("/Rounds/Db/Writer/failing-jobs-fail-alone", test_failing_jobs_fail_alone);
  db_fixture_add ("/Rounds/Db/Writer/answered-can-be-read", test_what_is_answered_can_be_read);
  add_sqlite ("/Rounds/Db/Writer/waiting-share-a-commit", test_waiting_jobs_share_a_commit);
  add_sqlite ("/Rounds/Db/Writer/failed-commit-fails-all", test_failed_commit_fails_all);
  add_sqlite ("/Rounds/Db/Writer/full-disk", test_full_disk_is_told);
  add_sqlite ("/Rounds/Db/Writer/too-many-refused", test_too_many_are_refused);
  add_sqlite ("/Rounds/Db/Writer/busy-file", test_busy_file_is_told);
  add_sqlite ("/Rounds/Db/Writer/moved-file", test_moved_file_is_told);
  add_sqlite ("/Rounds/Db/Writer/commits-are-synchronous", test_commits_are_synchronous);
  g_test_add_func ("/Rounds/Db/Writer/places-that-cannot-be", test_places_that_cannot_be);
  db_fixture_add_for (ROUNDS_DB_DIALECT_POSTGRES, "/Rounds/Db/Writer/deadlocks-are-run-again",
                      test_deadlocks_are_run_again);
  return g_test_run ();
}
