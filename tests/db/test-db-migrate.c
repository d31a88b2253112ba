/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Schemas on their way from version to version, on every driver.
 * The real schemas are tested in store and server.
 */

#include "config.h"

#include "db-fixture.h"
#include "rounds-test.h"

static const RoundsDbMigration STEPS[] = {
  { 1, "CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1)" },
  { 2, "ALTER TABLE t ADD COLUMN b BIGINT; UPDATE t SET b = a * 10" },
  { 3, "CREATE INDEX t_b ON t (b)" },
};

static gint64
get_version (RoundsDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 version;

  rounds_db_get_version (db, &version, &error);
  g_assert_no_error (error);
  return version;
}

static void
set_version (RoundsDb *db, int version)
{
  g_autofree char *sql = NULL;

  if (rounds_db_get_dialect (db) == ROUNDS_DB_DIALECT_SQLITE)
    sql = g_strdup_printf ("PRAGMA user_version = %d", version);
  else
    sql = g_strdup_printf ("CREATE TABLE rounds_schema (version BIGINT NOT NULL);"
                           "INSERT INTO rounds_schema VALUES (%d)",
                           version);
  db_fixture_exec (db, sql);
}

static gboolean
has_table (RoundsDb *db)
{
  return rounds_db_exec (db, "SELECT a FROM t", NULL);
}

static void
test_every_version_reaches_the_last (DbFixture *unused)
{
  for (gsize from = 0; from <= G_N_ELEMENTS (STEPS); from++)
    {
      g_autoptr (DbFixture) fixture = db_fixture_new (db_fixture_get_dialect (unused));
      g_autoptr (RoundsDb) db = db_fixture_open (fixture);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (get_version (db), ==, 0);
      g_assert_true (rounds_db_migrate (db, STEPS, from, &error));
      g_assert_cmpint (get_version (db), ==, (gint64)from);
      g_assert_true (rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error));
      g_assert_no_error (error);
      g_assert_cmpint (get_version (db), ==, 3);
      g_assert_cmpint (db_fixture_ask (db, "SELECT b FROM t"), ==, 10);
    }
}

static void
test_newer_databases_are_refused (DbFixture *unused)
{
  const int versions[] = { 4, 1000, -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (DbFixture) fixture = db_fixture_new (db_fixture_get_dialect (unused));
      g_autoptr (RoundsDb) db = db_fixture_open (fixture);
      g_autoptr (GError) error = NULL;

      set_version (db, versions[i]);
      g_assert_false (rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_NEWER);
      g_assert_cmpint (get_version (db), ==, versions[i]);
      g_assert_false (has_table (db));
    }
}

static void
test_failed_step_leaves_the_version_before (DbFixture *fixture)
{
  const RoundsDbMigration broken[] = {
    STEPS[0],
    { 2, "ALTER TABLE t ADD COLUMN b BIGINT; UPDATE t SET b = 5; UPDATE nowhere SET b = 1" },
    STEPS[2],
  };
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_db_migrate (db, broken, G_N_ELEMENTS (broken), &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_assert_cmpint (get_version (db), ==, 1);
  g_assert_false (rounds_db_exec (db, "SELECT b FROM t", NULL));
  /* The next program, with the step mended, goes on from there. */
  g_clear_error (&error);
  g_assert_true (rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error));
  g_assert_no_error (error);
}

static gpointer
migrate_thread (gpointer fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  rounds_db_migrate (db, STEPS, G_N_ELEMENTS (STEPS), &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_several_programs_at_once (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, migrate_thread, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count(*) FROM t WHERE b = 10"), ==, 1);
  g_assert_cmpint (get_version (db), ==, 3);
}

/* A step may take longer than any statement of a request. */
static void
test_long_steps_have_their_time (DbFixture *fixture)
{
  const RoundsDbMigration steps[] = { { 1, "SELECT pg_sleep (0.3)" } };
  g_autoptr (RoundsDb) db = db_fixture_open_with (fixture, 0, 50);
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_migrate (db, steps, 1, &error));
  g_assert_no_error (error);
  /* And only a step may. */
  g_assert_false (rounds_db_exec (db, "SELECT pg_sleep (0.3)", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  db_fixture_add ("/Rounds/Db/Migrate/every-version", test_every_version_reaches_the_last);
  db_fixture_add ("/Rounds/Db/Migrate/newer-refused", test_newer_databases_are_refused);
  db_fixture_add ("/Rounds/Db/Migrate/failed-step", test_failed_step_leaves_the_version_before);
  db_fixture_add ("/Rounds/Db/Migrate/several-programs-at-once", test_several_programs_at_once);
  db_fixture_add_for (ROUNDS_DB_DIALECT_POSTGRES, "/Rounds/Db/Migrate/long-steps",
                      test_long_steps_have_their_time);
  return g_test_run ();
}
