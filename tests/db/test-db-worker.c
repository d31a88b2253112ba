/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The worker thread: order, results, closing, and owners that walk away.
 * What SQL does is in test-db.c.
 */

#include "config.h"

#include <gio/gio.h>

#include "rounds-db-worker.h"
#include "rounds-test.h"

static const RoundsDbMigration STEPS[] = { { 1, "CREATE TABLE t (a)" } };

typedef struct
{
  int number;
  int *freed; /* atomic */
} Order;

static Order *
new_order (int number, int *freed)
{
  Order *order = g_new0 (Order, 1);

  order->number = number;
  order->freed = freed;
  return order;
}

static void
free_order (gpointer data)
{
  Order *order = data;

  g_atomic_int_inc (order->freed);
  g_free (order);
}

static gboolean
insert_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const Order *order = data;
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "INSERT INTO t VALUES ($1)", error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, order->number);
  return rounds_db_run (statement, error);
}

static gboolean
list_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT group_concat (a) FROM t", error);

  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  g_value_init (result, G_TYPE_STRING);
  g_value_set_string (result, rounds_db_get_text (statement, 0));
  return TRUE;
}

static gboolean
failing_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  return rounds_db_exec (db, "INSERT INTO nowhere VALUES (1)", error);
}

static gboolean
thread_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, g_thread_self () == data);
  return TRUE;
}

static DexFuture *
jobs_in_order_fiber (gpointer data)
{
  g_autoptr (RoundsDbWorker) worker = rounds_db_worker_new (":memory:", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *listed = NULL;
  int freed = 0;

  g_assert_true (dex_await (rounds_db_worker_open (worker, STEPS, 1), &error));
  for (int i = 1; i <= 3; i++)
    dex_future_disown (
        rounds_db_worker_run (worker, insert_job, new_order (i, &freed), free_order));
  listed = dex_await_string (rounds_db_worker_run (worker, list_job, NULL, NULL), &error);
  g_assert_cmpstr (listed, ==, "1,2,3");
  g_assert_cmpint (g_atomic_int_get (&freed), ==, 3);
  /* A job that sets no value answers TRUE, and its argument is gone by then. */
  g_assert_true (dex_await_boolean (
      rounds_db_worker_run (worker, insert_job, new_order (4, &freed), free_order), &error));
  g_assert_cmpint (g_atomic_int_get (&freed), ==, 4);
  g_assert_false (dex_await_boolean (
      rounds_db_worker_run (worker, thread_job, g_thread_self (), NULL), &error));
  g_assert_no_error (error);
  g_assert_false (dex_await (rounds_db_worker_run (worker, failing_job, NULL, NULL), &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_clear_error (&error);
  g_assert_true (dex_await (rounds_db_worker_close (worker), &error));
  return dex_future_new_true ();
}

static void
test_jobs_run_in_order (void)
{
  rounds_test_run_fiber (jobs_in_order_fiber, NULL);
}

static void
test_opening_can_fail_and_be_repeated (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *inner = g_build_filename (folder, "later", NULL);
  g_autofree char *path = g_build_filename (inner, "test.db", NULL);
  g_autoptr (RoundsDbWorker) worker = rounds_db_worker_new (path, NULL);

  rounds_test_expect_error (rounds_db_worker_run (worker, list_job, NULL, NULL), ROUNDS_DB_ERROR,
                            ROUNDS_DB_ERROR_OPEN);
  rounds_test_expect_error (rounds_db_worker_open (worker, STEPS, 1), ROUNDS_DB_ERROR,
                            ROUNDS_DB_ERROR_OPEN);
  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  rounds_test_expect (rounds_db_worker_open (worker, STEPS, 1));
  rounds_test_expect (rounds_db_worker_open (worker, STEPS, 1));
  rounds_test_expect (rounds_db_worker_run (worker, list_job, NULL, NULL));
  rounds_test_expect (rounds_db_worker_close (worker));
}

static gint64
count_rows (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_open (&(RoundsDbOptions){ .path = path }, &error);
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_assert_no_error (error);
  statement = rounds_db_prepare (db, "SELECT count(*) FROM t", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

static void
test_close_finishes_what_was_queued (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  g_autoptr (RoundsDbWorker) worker = rounds_db_worker_new (path, NULL);
  int freed = 0;

  dex_future_disown (rounds_db_worker_open (worker, STEPS, 1));
  for (int i = 0; i < 100; i++)
    dex_unref (rounds_db_worker_run (worker, insert_job, new_order (i, &freed), free_order));
  rounds_test_expect (rounds_db_worker_close (worker));
  g_assert_cmpint (g_atomic_int_get (&freed), ==, 100);
  g_assert_cmpint (count_rows (path), ==, 100);

  /* Afterwards nothing is taken any more, and arguments do not leak. */
  rounds_test_expect_error (
      rounds_db_worker_run (worker, insert_job, new_order (0, &freed), free_order), G_IO_ERROR,
      G_IO_ERROR_CLOSED);
  g_assert_cmpint (g_atomic_int_get (&freed), ==, 101);
  rounds_test_expect_error (rounds_db_worker_open (worker, STEPS, 1), G_IO_ERROR,
                            G_IO_ERROR_CLOSED);
  rounds_test_expect (rounds_db_worker_close (worker));
}

static gboolean
all_freed (gpointer data)
{
  /* The last job's future is dropped, so nothing wakes the main context: keep it going. */
  g_main_context_wakeup (NULL);
  return g_atomic_int_get ((int *)data) == 50;
}

static void
test_worker_without_close_finishes_too (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  RoundsDbWorker *worker = rounds_db_worker_new (path, NULL);
  DexFuture *last = NULL;
  int freed = 0;

  dex_future_disown (rounds_db_worker_open (worker, STEPS, 1));
  for (int i = 0; i < 49; i++)
    dex_unref (rounds_db_worker_run (worker, insert_job, new_order (i, &freed), free_order));
  last = rounds_db_worker_run (worker, insert_job, new_order (49, &freed), free_order);
  g_object_add_weak_pointer (G_OBJECT (worker), (gpointer *)&worker);
  g_object_unref (worker);
  g_assert_null (worker);
  rounds_test_expect (last);
  rounds_test_wait_until (all_freed, &freed);
  g_assert_cmpint (count_rows (path), ==, 50);
}

static void
test_encrypts_with_its_key (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  const guint8 key[32] = { 1, 2, 3 };
  const guint8 other[32] = { 3, 2, 1 };
  g_autoptr (RoundsDbWorker) first = rounds_db_worker_new (path, key);
  g_autoptr (RoundsDbWorker) second = rounds_db_worker_new (path, other);

  rounds_test_expect (rounds_db_worker_open (first, STEPS, 1));
  rounds_test_expect_error (rounds_db_worker_open (second, STEPS, 1), ROUNDS_DB_ERROR,
                            ROUNDS_DB_ERROR_KEY);
  rounds_test_expect (rounds_db_worker_close (first));
  rounds_test_expect (rounds_db_worker_close (second));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Db/Worker/jobs-run-in-order", test_jobs_run_in_order);
  g_test_add_func ("/Rounds/Db/Worker/opening-can-fail", test_opening_can_fail_and_be_repeated);
  g_test_add_func ("/Rounds/Db/Worker/close-finishes-jobs", test_close_finishes_what_was_queued);
  g_test_add_func ("/Rounds/Db/Worker/no-close-finishes-too",
                   test_worker_without_close_finishes_too);
  g_test_add_func ("/Rounds/Db/Worker/encrypts-with-its-key", test_encrypts_with_its_key);
  return g_test_run ();
}
