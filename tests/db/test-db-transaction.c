/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Transactions, savepoints and named locks on every driver.
 * Sharing a transaction among writers is tested in test-db-writer.c.
 */

#include "config.h"

#include "db-fixture.h"
#include "rounds-test.h"

static RoundsDb *
open_with_table (DbFixture *fixture)
{
  RoundsDb *db = db_fixture_open (fixture);

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT UNIQUE, b BIGINT); INSERT INTO t VALUES (1, 0)");
  return db;
}

static gint64
count (RoundsDb *db)
{
  return db_fixture_ask (db, "SELECT count(*) FROM t");
}

static void
expect_constraint (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_db_exec (db, sql, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
}

static void
succeed (gboolean done, GError **error)
{
  g_assert_no_error (*error);
  g_assert_true (done);
}

static void
test_all_or_nothing (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDb) other = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  succeed (rounds_db_begin (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (2, 0)");
  g_assert_cmpint (count (other), ==, 1);
  succeed (rounds_db_commit (db, &error), &error);
  g_assert_cmpint (count (other), ==, 2);
  succeed (rounds_db_begin (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (3, 0)");
  expect_constraint (db, "INSERT INTO t VALUES (1, 0)");
  rounds_db_rollback (db);
  g_assert_cmpint (count (db), ==, 2);
  /* Once more is harmless. */
  rounds_db_rollback (db);
}

static void
expect_defect (gboolean done, GError **error)
{
  g_assert_false (done);
  g_assert_error (*error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_clear_error (error);
}

static void
test_do_not_nest (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (GError) error = NULL;

  succeed (rounds_db_begin (db, &error), &error);
  expect_defect (rounds_db_begin (db, &error), &error);
  expect_defect (rounds_db_begin_read (db, &error), &error);
  succeed (rounds_db_commit (db, &error), &error);
  expect_defect (rounds_db_commit (db, &error), &error);
}

static void
test_parts_need_a_transaction (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (GError) error = NULL;

  expect_defect (rounds_db_savepoint (db, &error), &error);
  expect_defect (rounds_db_release (db, &error), &error);
  expect_defect (rounds_db_undo (db, &error), &error);
  expect_defect (rounds_db_lock (db, "something", &error), &error);
}

/* A rule that is only looked at in the end. */
static void
test_failed_commit_rolls_back (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  db_fixture_exec (db, "CREATE TABLE parent (id BIGINT PRIMARY KEY);"
                       "CREATE TABLE t (parent BIGINT REFERENCES parent DEFERRABLE INITIALLY "
                       "DEFERRED)");
  succeed (rounds_db_begin (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (7)");
  g_assert_false (rounds_db_commit (db, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_cmpint (count (db), ==, 0);
  succeed (rounds_db_begin (db, &error), &error);
  succeed (rounds_db_commit (db, &error), &error);
}

static void
test_parts_fail_alone (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (GError) error = NULL;

  succeed (rounds_db_begin (db, &error), &error);
  succeed (rounds_db_savepoint (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (2, 0)");
  succeed (rounds_db_release (db, &error), &error);
  succeed (rounds_db_savepoint (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (3, 0)");
  expect_constraint (db, "INSERT INTO t VALUES (1, 0)");
  succeed (rounds_db_undo (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (4, 0)");
  succeed (rounds_db_commit (db, &error), &error);
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (a) FROM t"), ==, 1 + 2 + 4);
}

static void
test_parts_nest (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (GError) error = NULL;

  succeed (rounds_db_begin (db, &error), &error);
  succeed (rounds_db_savepoint (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (2, 0)");
  succeed (rounds_db_savepoint (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (4, 0)");
  succeed (rounds_db_undo (db, &error), &error);
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (a) FROM t"), ==, 1 + 2);
  db_fixture_exec (db, "INSERT INTO t VALUES (8, 0)");
  succeed (rounds_db_undo (db, &error), &error);
  succeed (rounds_db_commit (db, &error), &error);
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (a) FROM t"), ==, 1);
}

static void
test_readers_see_one_moment (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDb) reader = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  succeed (rounds_db_begin_read (reader, &error), &error);
  g_assert_cmpint (count (reader), ==, 1);
  db_fixture_exec (db, "INSERT INTO t VALUES (2, 0)");
  g_assert_cmpint (count (reader), ==, 1);
  succeed (rounds_db_commit (reader, &error), &error);
  g_assert_cmpint (count (reader), ==, 2);
}

/* Many times: SQLite looks whether it is to stop after so many steps of a statement, over all its
 * runs. */
static void
test_undone_by_who_stops (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  for (int i = 0; i < 2000; i++)
    {
      succeed (rounds_db_begin_read (db, &error), &error);
      rounds_db_watch (db, cancellable);
      rounds_db_rollback (db);
      rounds_db_watch (db, NULL);
    }
  g_assert_cmpint (count (db), ==, 1);
}

static void
read_b (RoundsDb *db, gint64 *b, GError **error)
{
  succeed (rounds_db_begin (db, error), error);
  succeed (rounds_db_lock (db, "b of t", error), error);
  *b = db_fixture_ask (db, "SELECT b FROM t");
}

static gpointer
count_thread (gpointer data)
{
  g_autoptr (RoundsDb) db = db_fixture_open (data);

  for (int i = 0; i < 50; i++)
    {
      RoundsDbStatement *statement;
      g_autoptr (GError) error = NULL;
      gint64 b;

      read_b (db, &b, &error);
      statement = db_fixture_prepare (db, "UPDATE t SET b = $1");
      rounds_db_bind_int (statement, 1, b + 1);
      succeed (rounds_db_run (statement, &error), &error);
      succeed (rounds_db_commit (db, &error), &error);
    }
  return NULL;
}

/* Who reads first and writes what follows from it. */
static void
test_locks_keep_others_out (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, count_thread, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (db_fixture_ask (db, "SELECT b FROM t"), ==, 200);
}

static void
test_waiting_ends (DbFixture *fixture)
{
  g_autoptr (RoundsDb) first = open_with_table (fixture);
  g_autoptr (RoundsDb) second = db_fixture_open_with (fixture, 1, 0);
  g_autoptr (GError) error = NULL;

  succeed (rounds_db_begin (first, &error), &error);
  succeed (rounds_db_lock (first, "it", &error), &error);
  if (rounds_db_begin (second, &error))
    {
      succeed (rounds_db_lock (second, "something else", &error), &error);
      g_assert_false (rounds_db_lock (second, "it", &error));
    }
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY);
  g_assert_false (rounds_db_error_can_retry (error));
  g_clear_error (&error);
  rounds_db_rollback (second);
  rounds_db_rollback (first);
  succeed (rounds_db_begin (second, &error), &error);
  succeed (rounds_db_lock (second, "it", &error), &error);
}

static void
test_closing_undoes (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = open_with_table (fixture);
  g_autoptr (RoundsDb) other = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  succeed (rounds_db_begin (db, &error), &error);
  db_fixture_exec (db, "INSERT INTO t VALUES (2, 0)");
  g_clear_pointer (&db, rounds_db_close);
  /* Waits until the server has noticed, if need be. */
  db_fixture_exec (other, "INSERT INTO t VALUES (2, 0)");
  g_assert_cmpint (count (other), ==, 2);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  db_fixture_add ("/Rounds/Db/Transaction/all-or-nothing", test_all_or_nothing);
  db_fixture_add ("/Rounds/Db/Transaction/do-not-nest", test_do_not_nest);
  db_fixture_add ("/Rounds/Db/Transaction/parts-need-one", test_parts_need_a_transaction);
  db_fixture_add ("/Rounds/Db/Transaction/failed-commit-rolls-back", test_failed_commit_rolls_back);
  db_fixture_add ("/Rounds/Db/Transaction/parts-fail-alone", test_parts_fail_alone);
  db_fixture_add ("/Rounds/Db/Transaction/parts-nest", test_parts_nest);
  db_fixture_add ("/Rounds/Db/Transaction/readers-see-one-moment", test_readers_see_one_moment);
  db_fixture_add ("/Rounds/Db/Transaction/undone-by-who-stops", test_undone_by_who_stops);
  db_fixture_add ("/Rounds/Db/Transaction/locks-keep-others-out", test_locks_keep_others_out);
  db_fixture_add ("/Rounds/Db/Transaction/waiting-ends", test_waiting_ends);
  db_fixture_add ("/Rounds/Db/Transaction/closing-undoes", test_closing_undoes);
  return g_test_run ();
}
