/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What follows when a part of the file cannot be read while the program runs.
 * The new file is made in rounds-store-rescue.c.
 */

#include "config.h"

#include "rounds-store-object.h"

#include "rounds-store-files.h"

static DexFuture *
mark_fiber (gpointer path)
{
  rounds_store_files_mark (path);
  return dex_future_new_true ();
}

/* The next one who opens it will look closely. */
static void
note_damage (RoundsStore *self)
{
  self->is_damaged = TRUE;
  dex_future_disown (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, mark_fiber,
                                          g_strdup (self->path), g_free));
  rounds_store_emit (self, ROUNDS_STORE_DAMAGED);
}

static DexFuture *
looked_cb (DexFuture *future, gpointer data)
{
  RoundsStore *self = data;

  self->is_mending = FALSE;
  if (!self->is_damaged && dex_future_is_rejected (future))
    note_damage (self);
  return NULL;
}

/* What writes mends before anybody hears of it; this came from a reader, or could not be mended.
 * Like announce_cb() it runs on the main thread however it went, so that the store is let go of
 * there. */
static DexFuture *
note_damage_cb (DexFuture *future, gpointer data)
{
  RoundsStore *self = data;
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (!g_error_matches (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED) || self->is_damaged
      || self->is_mending || self->closed != NULL)
    return NULL;
  self->is_mending = TRUE;
  dex_future_disown (dex_future_finally (rounds_db_worker_mend (self->worker), looked_cb,
                                         g_object_ref (self), g_object_unref));
  return NULL;
}

DexFuture *
rounds_store_watch_damage (RoundsStore *self, DexFuture *future)
{
  return dex_future_finally (rounds_store_translate_error (future), note_damage_cb,
                             g_object_ref (self), g_object_unref);
}

static DexFuture *
inspected_cb (DexFuture *future, gpointer data)
{
  RoundsStore *self = data;
  const GValue *value = dex_future_get_value (future, NULL);

  self->is_mending = FALSE;
  if (value == NULL)
    return NULL;
  rounds_store_announce (self, g_value_get_boxed (value));
  rounds_store_emit (self, ROUNDS_STORE_MENDED);
  rounds_store_emit (self, ROUNDS_STORE_CHANGED);
  return NULL;
}

/* All that is shown is read anew. */
void
rounds_store_mended (GObject *owner)
{
  RoundsStore *self = ROUNDS_STORE (owner);

  if (self->closed != NULL)
    return;
  self->is_mending = TRUE;
  dex_future_disown (dex_future_finally (
      rounds_db_worker_run (self->worker, rounds_inspect_job, g_strdup (self->path), g_free),
      inspected_cb, g_object_ref (self), g_object_unref));
}
