/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Start-up of tests and waiting for futures on the main context.
 * No test stands here.
 */

#include "config.h"

#include "rounds-test.h"

#include <gio/gio.h>

#include "rounds-init.h"

/* Only reached by a test that hangs. */
#define PATIENCE_SECONDS 60
/* Assertions and sanitizers want more room than a fiber of the app. */
#define FIBER_STACK (1024 * 1024)

void
rounds_test_init (int *argc, char ***argv)
{
  rounds_init ("rounds-test");
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
}

static gboolean
give_up_timeout (gpointer data)
{
  g_error ("Nothing came of what the test waits for within %d seconds", PATIENCE_SECONDS);
  return G_SOURCE_REMOVE;
}

void
rounds_test_wait_until (RoundsTestCondition condition, gpointer data)
{
  guint deadline = g_timeout_add_seconds (PATIENCE_SECONDS, give_up_timeout, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static gboolean
is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}

static DexFuture *
wake_up (DexFuture *future, gpointer user_data)
{
  return NULL;
}

void
rounds_test_wait_for (DexFuture *future)
{
  /* A future that another thread settles wakes this context only when something here hangs on it.
   */
  g_autoptr (DexFuture) woken = dex_future_finally (dex_ref (future), wake_up, NULL, NULL);

  rounds_test_wait_until (is_settled, woken);
}

void
rounds_test_run_fiber (DexFiberFunc fiber, gpointer data)
{
  rounds_test_expect (dex_scheduler_spawn (NULL, FIBER_STACK, fiber, data, NULL));
}

static const GValue *
expect_value (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return value;
}

void
rounds_test_expect (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;

  expect_value (owned);
}

gboolean
rounds_test_expect_boolean (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;

  return g_value_get_boolean (expect_value (owned));
}

gpointer
rounds_test_expect_boxed (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;

  return g_value_dup_boxed (expect_value (owned));
}

gpointer
rounds_test_expect_object (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;

  return g_value_dup_object (expect_value (owned));
}

void
rounds_test_expect_error (DexFuture *future, GQuark domain, int code)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;

  rounds_test_wait_for (owned);
  dex_future_get_value (owned, &error);
  g_assert_error (error, domain, code);
}

void
rounds_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

RoundsTestFolder *
rounds_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("rounds-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFile *child;

  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL)
         && child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

void
rounds_test_folder_free (RoundsTestFolder *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self);

  remove_tree (folder);
  g_free (self);
}
