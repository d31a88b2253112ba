/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Spawning a fiber, and the one place where a future that nobody awaits ends.
 * It shows nothing to people; the caller says what a failure does.
 */

#include "rounds-future.h"

typedef struct
{
  GWeakRef owner;
  RoundsFailureFunc failed;
} Watch;

static void
free_watch (gpointer data)
{
  Watch *watch = data;

  g_weak_ref_clear (&watch->owner);
  g_free (watch);
}

static DexFuture *
report_failure_cb (DexFuture *future, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&watch->owner);
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (owner != NULL && error != NULL && !rounds_error_is_cancelled (error))
    watch->failed (error, owner);

  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
rounds_spawn (DexFiberFunc fiber, gpointer data, GDestroyNotify free_data)
{
  DexFuture *spawned;

  g_return_val_if_fail (fiber != NULL, NULL);

  /* libdex 0.10 cancels a fiber that is dropped while it waits. Should what it waits for come
   * before it has run again, its scheduler spins for ever and no fiber runs any more. */
  spawned = dex_scheduler_spawn (dex_scheduler_get_default (), 0, fiber, data, free_data);
  dex_future_disown (dex_ref (spawned));
  return spawned;
}

void
rounds_future_watch (DexFuture *future, GObject *owner, RoundsFailureFunc failed)
{
  Watch *watch = NULL;

  g_return_if_fail (DEX_IS_FUTURE (future));
  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (failed != NULL);

  watch = g_new0 (Watch, 1);
  g_weak_ref_init (&watch->owner, owner);
  watch->failed = failed;
  dex_future_disown (dex_future_catch (future, report_failure_cb, watch, free_watch));
}

gboolean
rounds_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, DEX_ERROR, DEX_ERROR_FIBER_CANCELLED);
}
