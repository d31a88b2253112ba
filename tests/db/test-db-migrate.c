/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Schemas on their way from version to version.
 * The real schemas are tested in store and server.
 */

#include "config.h"

#include "rounds-db.h"
#include "rounds-test.h"

static const RoundsDbMigration STEPS[] = {
  { 1, "CREATE TABLE t (a); INSERT INTO t VALUES (1)" },
  { 2, "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = a * 10" },
  { 3, "CREATE INDEX t_b ON t (b)" },
};

static RoundsDb *
open_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = rounds_db_open (&(RoundsDbOptions){ .path = path }, &error);

  g_assert_no_error (error);
  return db;
}

static gint64
ask (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

static void
test_every_version_reaches_the_last (void)
{
  for (gsize from = 0; from <= G_N_ELEMENTS (STEPS); from++)
    {
      g_autoptr (RoundsDb) db = open_file (":memory:");
      g_autoptr (GError) error = NULL;

      g_assert_true (rounds_db_migrate (db, STEPS, from, &error));
      g_assert_cmpint (ask (db, "PRAGMA user_version"), ==, (gint64)from);
      g_assert_true (rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error));
      g_assert_no_error (error);
      g_assert_cmpint (ask (db, "PRAGMA user_version"), ==, 3);
      g_assert_cmpint (ask (db, "SELECT b FROM t"), ==, 10);
    }
}

static void
test_newer_files_are_refused (void)
{
  const int versions[] = { 4, 1000, -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (RoundsDb) db = open_file (":memory:");
      g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", versions[i]);
      g_autoptr (GError) error = NULL;

      g_assert_true (rounds_db_exec (db, sql, NULL));
      g_assert_false (rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_NEWER);
      g_assert_cmpint (ask (db, "PRAGMA user_version"), ==, versions[i]);
      g_assert_cmpint (ask (db, "SELECT count(*) FROM sqlite_schema"), ==, 0);
    }
}

static void
test_failed_step_leaves_the_version_before (void)
{
  const RoundsDbMigration broken[] = {
    STEPS[0],
    { 2, "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = 5; UPDATE nowhere SET b = 1" },
    STEPS[2],
  };
  g_autoptr (RoundsDb) db = open_file (":memory:");
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_db_migrate (db, broken, G_N_ELEMENTS (broken), &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_assert_cmpint (ask (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM pragma_table_info ('t')"), ==, 1);
  /* The next program, with the step mended, goes on from there. */
  g_clear_error (&error);
  g_assert_true (rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error));
  g_assert_no_error (error);
}

static gpointer
migrate_thread (gpointer path)
{
  g_autoptr (RoundsDb) db = open_file (path);
  g_autoptr (GError) error = NULL;

  rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_two_programs_at_once (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  g_autoptr (RoundsDb) db = open_file (path);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, migrate_thread, path);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t WHERE b = 10"), ==, 1);
  g_assert_cmpint (ask (db, "PRAGMA user_version"), ==, 3);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Db/Migrate/every-version", test_every_version_reaches_the_last);
  g_test_add_func ("/Rounds/Db/Migrate/newer-refused", test_newer_files_are_refused);
  g_test_add_func ("/Rounds/Db/Migrate/failed-step", test_failed_step_leaves_the_version_before);
  g_test_add_func ("/Rounds/Db/Migrate/two-programs-at-once", test_two_programs_at_once);
  return g_test_run ();
}
