/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Two processes on one file: what one of them does must not pull the log from under the other.
 * What several connections of one process do is in test-db-transaction.c.
 */

#include "config.h"

#include <sys/stat.h>

#include <glib/gstdio.h>

#include "rounds-db.h"
#include "rounds-test.h"

static const char *program;

static RoundsDb *
open_at (const char *path)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = rounds_db_open (&(RoundsDbOptions){ .path = path }, &error);

  g_assert_no_error (error);
  return db;
}

static void
exec (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static gint64
count_rows (RoundsDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (db, "SELECT count(*) FROM t", &error);

  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (row, &error), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (row, 0);
}

/* The other process: comes, reads, goes. Its exit status is the number of rows that it saw. */
static int
visit (const char *path)
{
  g_autoptr (RoundsDb) db = open_at (path);

  return (int)count_rows (db);
}

static void
expect_visitor (const char *path, int n_rows)
{
  const char *const argv[] = { program, "visit", path, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  if (n_rows == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, G_SPAWN_EXIT_ERROR, n_rows);
}

static ino_t
get_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf buffer;

  g_assert_cmpint (g_stat (log, &buffer), ==, 0);
  return buffer.st_ino;
}

/* A second connection of ours opens the file that the first one has open: the first one's locks
 * stay, so a visitor does not take itself for the last one and remove the log. */
static void
test_visitor_leaves_the_log (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  g_autoptr (RoundsDb) first = open_at (path);
  g_autoptr (RoundsDb) second = NULL;
  g_autoptr (RoundsDb) third = NULL;
  ino_t log;

  exec (first, "CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1)");
  log = get_log (path);
  second = open_at (path);
  expect_visitor (path, 1);
  g_assert_cmpuint (get_log (path), ==, log);

  /* Each of the two still sees what the other one writes, and so does the next process. */
  exec (first, "INSERT INTO t VALUES (2)");
  exec (second, "INSERT INTO t VALUES (3)");
  g_assert_cmpint (count_rows (first), ==, 3);
  g_assert_cmpint (count_rows (second), ==, 3);
  third = open_at (path);
  g_assert_cmpint (count_rows (third), ==, 3);
  expect_visitor (path, 3);
  g_assert_cmpuint (get_log (path), ==, log);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "visit"))
    return visit (argv[2]);
  program = argv[0];
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Db/Processes/visitor-leaves-the-log", test_visitor_leaves_the_log);
  return g_test_run ();
}
