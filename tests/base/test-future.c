/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of fibers on the main thread and of the end of futures that nobody awaits.
 * libdex itself is tested elsewhere.
 */

#include "rounds-future.h"

#include <gio/gio.h>

#include "rounds-init.h"

typedef struct
{
  guint n_runs;
  guint n_frees;
  GThread *thread;
} Job;

static DexFuture *
run_job_fiber (gpointer data)
{
  Job *job = data;

  job->n_runs++;
  job->thread = g_thread_self ();
  return dex_future_new_for_int (7);
}

static void
count_free (gpointer data)
{
  Job *job = data;

  job->n_frees++;
}

static void
iterate_until_settled (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_spawn (void)
{
  Job job = { 0 };
  g_autoptr (DexFuture) future = rounds_spawn (run_job_fiber, &job, count_free);
  g_autoptr (GError) error = NULL;
  const GValue *value = NULL;

  /* Nothing runs before the main loop does. */
  g_assert_cmpuint (job.n_runs, ==, 0);

  iterate_until_settled (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_value_get_int (value), ==, 7);
  g_assert_cmpuint (job.n_runs, ==, 1);
  g_assert_cmpuint (job.n_frees, ==, 1);
  g_assert_true (job.thread == g_thread_self ());
}

typedef struct
{
  DexPromise *first;
  DexPromise *second;
  gboolean has_ended;
} Wait;

static DexFuture *
wait_twice_fiber (gpointer data)
{
  Wait *wait = data;

  dex_await (dex_ref (wait->first), NULL);
  dex_await (dex_ref (wait->second), NULL);
  wait->has_ended = TRUE;
  return dex_future_new_true ();
}

static DexFuture *
await_fiber (gpointer data)
{
  return dex_await (dex_ref (data), NULL) ? dex_future_new_true () : dex_future_new_false ();
}

/* Somebody who raced it goes on with another, in the very turn in which what it waits for comes. */
static void
test_dropped_while_it_waits (void)
{
  g_autoptr (DexPromise) other = dex_promise_new ();
  Wait wait = { .first = dex_promise_new (), .second = dex_promise_new () };
  g_autoptr (DexFuture) race
      = dex_future_first (rounds_spawn (wait_twice_fiber, &wait, NULL), dex_ref (other), NULL);
  g_autoptr (DexFuture) later = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  dex_promise_resolve_boolean (other, TRUE);
  dex_promise_resolve_boolean (wait.first, TRUE);
  dex_clear (&race);

  /* Fibers still run, the dropped one to its end, and then the main loop has nothing to do. */
  later = rounds_spawn (await_fiber, wait.second, NULL);
  g_assert_false (wait.has_ended);
  dex_promise_resolve_boolean (wait.second, TRUE);
  iterate_until_settled (later);
  g_assert_true (wait.has_ended);

  dex_clear (&wait.first);
  dex_clear (&wait.second);
}

typedef struct
{
  const char *name;
  GQuark (*domain) (void);
  int code;
  gboolean owner_goes;
  gboolean reported;
} WatchCase;

static void
report_failure (const GError *error, gpointer owner)
{
  g_assert_nonnull (error);
  g_assert_true (G_IS_OBJECT (owner));
  g_object_set_data (owner, "reports",
                     GINT_TO_POINTER (GPOINTER_TO_INT (g_object_get_data (owner, "reports")) + 1));
}

static void
test_watch (gconstpointer data)
{
  const WatchCase *row = data;
  g_autoptr (DexPromise) promise = dex_promise_new ();
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);
  gpointer gone = owner;

  g_object_add_weak_pointer (owner, &gone);
  rounds_future_watch (dex_ref (DEX_FUTURE (promise)), owner, report_failure);
  if (row->owner_goes)
    {
      g_object_unref (owner);
      g_assert_null (gone);
    }

  if (row->domain != NULL)
    dex_promise_reject (promise, g_error_new_literal (row->domain (), row->code, "no"));
  else
    dex_promise_resolve_boolean (promise, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  if (row->owner_goes)
    return;
  g_assert_cmpint (GPOINTER_TO_INT (g_object_get_data (owner, "reports")), ==, row->reported);
  /* The watch keeps nobody alive. */
  g_object_unref (owner);
  g_assert_null (gone);
}

static const WatchCase watch_cases[] = {
  { "success", NULL, 0, FALSE, FALSE },
  { "failure", g_io_error_quark, G_IO_ERROR_TIMED_OUT, FALSE, TRUE },
  { "dex-failure", dex_error_quark, DEX_ERROR_TIMED_OUT, FALSE, TRUE },
  { "cancelled", g_io_error_quark, G_IO_ERROR_CANCELLED, FALSE, FALSE },
  { "fiber-cancelled", dex_error_quark, DEX_ERROR_FIBER_CANCELLED, FALSE, FALSE },
  { "owner-gone-failure", g_io_error_quark, G_IO_ERROR_TIMED_OUT, TRUE, FALSE },
  { "owner-gone-success", NULL, 0, TRUE, FALSE },
};

static void
test_watch_settled (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  rounds_future_watch (dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no"), owner,
                       report_failure);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (GPOINTER_TO_INT (g_object_get_data (owner, "reports")), ==, 1);
}

static void
test_cancelled (void)
{
  static const struct
  {
    GQuark (*domain) (void);
    int code;
    gboolean cancelled;
  } cases[] = {
    { g_io_error_quark, G_IO_ERROR_CANCELLED, TRUE },
    { dex_error_quark, DEX_ERROR_FIBER_CANCELLED, TRUE },
    { g_io_error_quark, G_IO_ERROR_FAILED, FALSE },
    { dex_error_quark, DEX_ERROR_TIMED_OUT, FALSE },
    /* The same number in another domain. */
    { g_file_error_quark, G_IO_ERROR_CANCELLED, FALSE },
  };

  g_assert_false (rounds_error_is_cancelled (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error
          = g_error_new_literal (cases[i].domain (), cases[i].code, "any text");

      g_assert_cmpint (rounds_error_is_cancelled (error), ==, cases[i].cancelled);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-future");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Future/spawn", test_spawn);
  g_test_add_func ("/Rounds/Base/Future/dropped-while-it-waits", test_dropped_while_it_waits);
  for (gsize i = 0; i < G_N_ELEMENTS (watch_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Base/Future/watch/", watch_cases[i].name, NULL);

      g_test_add_data_func (path, &watch_cases[i], test_watch);
    }
  g_test_add_func ("/Rounds/Base/Future/watch/settled", test_watch_settled);
  g_test_add_func ("/Rounds/Base/Future/cancelled", test_cancelled);

  return g_test_run ();
}
