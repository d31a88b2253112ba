/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A process that writes from many threads is killed in the middle of it: what it was told is safe
 * is there. ROUNDS_TEST_KILLS says how often. It shows that nobody is answered too early, not that
 * the disk keeps its word when the power goes.
 */

#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db-fixture.h"
#include "rounds-db-writer.h"
#include "rounds-test.h"

#define N_THREADS 16
#define CHILD_OPTION "--write-until-killed"

static const char *program;

typedef struct
{
  RoundsDbWriter *writer;
  int number;
} Caller;

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

/* Writes a row that must never be seen. */
static gboolean
regret_job (RoundsDb *db, gpointer data, GError **error)
{
  Row row = *(const Row *)data;

  row.n = -row.n;
  if (insert_job (db, &row, error))
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "thought better of it");
  return FALSE;
}

/* In the child: writes rows 1, 2, 3… and says each number on standard output once it is answered.
 */
static gpointer
write_for_ever (gpointer data)
{
  const Caller *caller = data;

  for (int n = 1;; n++)
    {
      Row row = { caller->number, n };
      char line[32];
      int length = g_snprintf (line, sizeof line, "%d %d\n", caller->number, n);

      if (n % 5 == 0)
        g_assert_false (rounds_db_writer_run (caller->writer, NULL, regret_job, &row, NULL));
      g_assert_true (rounds_db_writer_run (caller->writer, NULL, insert_job, &row, NULL));
      if (write (STDOUT_FILENO, line, (size_t)length) != length)
        return NULL;
    }
}

static int
run_child (const char *path, int first)
{
  RoundsDbOptions options = { .path = path };
  g_autoptr (RoundsDbWriter) writer = rounds_db_writer_new (&options, N_THREADS, NULL);
  Caller callers[N_THREADS];
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    {
      callers[i] = (Caller){ writer, first + i };
      threads[i] = g_thread_new (NULL, write_for_ever, &callers[i]);
    }
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  return 0;
}

/* Lets a child write, kills it in the middle of that, and notes for each thread the last row that
 * it was told is safe. */
static void
write_and_kill (const char *path, int first, int *last)
{
  g_autofree char *number = g_strdup_printf ("%d", first);
  const char *argv[] = { program, CHILD_OPTION, path, number, NULL };
  int patience = g_test_rand_int_range (1, 400);
  g_autoptr (GError) error = NULL;
  char line[64];
  GPid child;
  int output;
  FILE *lines;

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &child, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (output, "r");
  for (int n = 1; fgets (line, sizeof line, lines) != NULL; n++)
    {
      int thread, row;

      if (n == patience)
        kill (child, SIGKILL);
      g_assert_cmpint (sscanf (line, "%d %d", &thread, &row), ==, 2);
      last[thread - first] = row;
    }
  fclose (lines);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

/* All that was answered is there, without holes, and at most one row more. */
static void
check_rows (RoundsDb *db, int thread, int last)
{
  g_autoptr (RoundsDbStatement) statement = db_fixture_prepare (
      db, "SELECT count (*), coalesce (max (n), 0), coalesce (min (n), 1) FROM t"
          " WHERE thread = $1");
  gint64 highest;

  rounds_db_bind_int (statement, 1, thread);
  g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_ROW);
  highest = rounds_db_get_int (statement, 1);
  g_assert_cmpint (rounds_db_get_int (statement, 0), ==, highest);
  g_assert_cmpint (rounds_db_get_int (statement, 2), ==, 1);
  g_assert_cmpint (highest, >=, last);
  g_assert_cmpint (highest, <=, last + 1);
}

static void
test_kill_loses_nothing_answered (DbFixture *fixture)
{
  const char *wanted = g_getenv ("ROUNDS_TEST_KILLS");
  int n_kills = wanted != NULL ? atoi (wanted) : 20;
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);

  db_fixture_exec (db, "CREATE TABLE t (thread BIGINT, n BIGINT, UNIQUE (thread, n))");
  for (int i = 0; i < n_kills; i++)
    {
      int last[N_THREADS] = { 0 };
      g_autoptr (GError) error = NULL;

      /* Nobody else has the file open, so that the next one to open it has to recover it. */
      g_clear_pointer (&db, rounds_db_close);
      write_and_kill (db_fixture_get_path (fixture), i * N_THREADS, last);
      db = db_fixture_open (fixture);
      for (int thread = 0; thread < N_THREADS; thread++)
        check_rows (db, i * N_THREADS + thread, last[thread]);
      rounds_db_check (db, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  program = argv[0];
  if (argc == 4 && g_str_equal (argv[1], CHILD_OPTION))
    return run_child (argv[2], atoi (argv[3]));
  rounds_test_init (&argc, &argv);

  db_fixture_add_for (ROUNDS_DB_DIALECT_SQLITE, "/Rounds/Db/Writer/kill-loses-nothing",
                      test_kill_loses_nothing_answered);
  return g_test_run ();
}
