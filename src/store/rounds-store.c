/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The cache's face on the main thread: jobs out, futures and signals back.
 * It writes no SQL itself; see rounds-store-jobs.c and the files of the tables.
 */

#include "config.h"

#include "rounds-store-object.h"

#include "rounds-query.h"
#include "rounds-schema.h"
#include "rounds-search-index.h"
#include "rounds-store-files.h"
#include "rounds-store-jobs.h"

G_DEFINE_FINAL_TYPE (RoundsStore, rounds_store, G_TYPE_OBJECT)

static guint signals[ROUNDS_STORE_N_SIGNALS];

void
rounds_store_emit (RoundsStore *self, RoundsStoreSignal signal)
{
  g_signal_emit (self, signals[signal], 0);
}

static DexFuture *
refuse (gpointer data, GDestroyNotify free_data, GQuark domain, int code, const char *message)
{
  if (free_data != NULL)
    free_data (data);
  return dex_future_new_reject (domain, code, "%s", message);
}

DexFuture *
rounds_store_run_job (RoundsStore *self, RoundsDbJob job, gpointer data, GDestroyNotify free_data)
{
  if (self->closed == NULL)
    return rounds_store_watch_damage (self,
                                      rounds_db_worker_run (self->worker, job, data, free_data));
  return refuse (data, free_data, G_IO_ERROR, G_IO_ERROR_CLOSED, "The cache was closed");
}

/* Once asked for, the models and signals follow the file even when the caller stopped waiting. */
static DexFuture *
keep_going (DexFuture *future)
{
  dex_future_disown (dex_ref (future));
  return future;
}

void
rounds_store_announce (RoundsStore *self, const RoundsOutcome *outcome)
{
  if (outcome->n_untaught > 0)
    rounds_store_plan_teaching (self, outcome->n_untaught);
  if (outcome->users != NULL)
    {
      rounds_directory_update (self->directory, outcome->users, outcome->hospitals);
      rounds_store_emit (self, ROUNDS_STORE_DIRECTORY_CHANGED);
    }
  if (outcome->records_changed)
    rounds_store_emit (self, ROUNDS_STORE_CHANGED);
}

/* On the main thread whether it went well or not, and without a future of its own: so the block
 * lets go of the store here, and not on the database's thread, where its last references may be
 * dropped. */
static DexFuture *
announce_cb (DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL)
    rounds_store_announce (data, g_value_get_boxed (value));
  return NULL;
}

/* The job is queued here and now, so that writes keep the order of the calls and a close after them
 * does not overtake them. */
DexFuture *
rounds_store_run_write (RoundsStore *self, RoundsDbJob job, gpointer data, GDestroyNotify free_data)
{
  return keep_going (dex_future_finally (rounds_store_run_job (self, job, data, free_data),
                                         announce_cb, g_object_ref (self), g_object_unref));
}

static void
rounds_store_finalize (GObject *object)
{
  RoundsStore *self = ROUNDS_STORE (object);

  g_clear_handle_id (&self->teach_source, g_source_remove);
  dex_clear (&self->closed);
  g_clear_error (&self->stand_in_reason);
  g_free (self->path);
  g_clear_object (&self->reader);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->directory, rounds_directory_free);
  G_OBJECT_CLASS (rounds_store_parent_class)->finalize (object);
}

static void
rounds_store_class_init (RoundsStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rounds_store_finalize;

  signals[ROUNDS_STORE_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ROUNDS_STORE_DIRECTORY_CHANGED]
      = g_signal_new ("directory-changed", ROUNDS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  signals[ROUNDS_STORE_DAMAGED] = g_signal_new ("damaged", ROUNDS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ROUNDS_STORE_MENDED] = g_signal_new ("mended", ROUNDS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ROUNDS_STORE_SEARCH_CHANGED] = g_signal_new (
      "search-changed", ROUNDS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_store_init (RoundsStore *self)
{
  self->directory = rounds_directory_new ();
}

/* Every page carries a signature that is checked whenever it is read, so a file that was closed
 * well need not be read whole before it is used. */
static gboolean
is_suspect (const char *path)
{
  return rounds_store_files_were_left (path) || rounds_store_files_exist (path, ROUNDS_STORE_MARK);
}

/**
 * rounds_store_new:
 * @path: the account's file, in a folder that exists; or ":memory:"
 * @key: 32 random bytes, copied
 *
 * Nothing is touched before rounds_store_open(). Returns: (transfer full)
 */
RoundsStore *
rounds_store_new (const char *path, const guint8 key[ROUNDS_STORE_KEY_LENGTH])
{
  RoundsStore *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->worker = rounds_db_worker_new (path, key);
  rounds_db_worker_set_doubt (self->worker, is_suspect);
  if (g_str_equal (path, ":memory:"))
    {
      self->reader = g_object_ref (self->worker);
      return self;
    }
  self->reader = rounds_db_worker_new_reader (path, key);
  rounds_db_worker_set_mend (self->worker, self->reader, rounds_store_rescue_now,
                             rounds_store_mended, G_OBJECT (self));
  return self;
}

/* Lists that were made before the file was open ask again. */
static DexFuture *
opened_cb (DexFuture *future, gpointer data)
{
  RoundsStore *self = data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL)
    {
      self->is_open = TRUE;
      rounds_store_announce (self, g_value_get_boxed (value));
      rounds_store_emit (self, ROUNDS_STORE_CHANGED);
    }
  return NULL;
}

/* Runs the inspection's future after the opening's, whose error counts more. */
static DexFuture *
inspect_cb (DexFuture *future, gpointer inspection)
{
  return dex_ref (inspection);
}

/**
 * rounds_store_open:
 *
 * Returns: (transfer full): a future that resolves to %TRUE once the file is open, checked and
 *   current and the directory is loaded. It rejects with %ROUNDS_STORE_ERROR, and has not changed
 *   the file then: LOCKED, NEWER, DAMAGED, FULL, READ_ONLY, FAILED_IO. After that it may be tried
 * again; close the store before the file is moved away.
 */
DexFuture *
rounds_store_open (RoundsStore *self)
{
  const RoundsDbMigration *migrations;
  DexFuture *opened;
  DexFuture *inspected;
  gsize n_migrations;

  dex_return_error_if_fail (ROUNDS_IS_STORE (self));

  migrations = rounds_schema_get_migrations (&n_migrations);
  opened = rounds_db_worker_open (self->worker, migrations, n_migrations);
  inspected
      = rounds_db_worker_run (self->worker, rounds_inspect_job, g_strdup (self->path), g_free);
  opened = dex_future_then (opened, inspect_cb, inspected, dex_unref);
  opened = rounds_store_translate_error (opened);
  return keep_going (dex_future_then (opened, opened_cb, g_object_ref (self), g_object_unref));
}

/* The last connection tidies up behind the file, which the reader could not. */
static DexFuture *
close_writer_cb (DexFuture *future, gpointer worker)
{
  return rounds_db_worker_close (worker);
}

/**
 * rounds_store_close:
 *
 * Finishes what was asked for before and closes the file. Returns: (transfer full): a future that
 * resolves to %TRUE; whatever is asked of the store afterwards rejects with %G_IO_ERROR_CLOSED
 */
DexFuture *
rounds_store_close (RoundsStore *self)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));

  g_clear_handle_id (&self->teach_source, g_source_remove);
  if (self->closed == NULL)
    self->closed = dex_future_finally (rounds_db_worker_close (self->reader), close_writer_cb,
                                       g_object_ref (self->worker), g_object_unref);
  return keep_going (dex_ref (self->closed));
}

/**
 * rounds_store_list:
 * @query: what to show; copied
 *
 * Returns: (transfer full): a model that fills when the answer is in
 */
RoundsEntryList *
rounds_store_list (RoundsStore *self, const RoundsStoreQuery *query)
{
  g_return_val_if_fail (ROUNDS_IS_STORE (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  return rounds_entry_list_new (self, query);
}

DexFuture *
rounds_store_ask (RoundsStore *self, RoundsDbJob job, gpointer data, GDestroyNotify free_data,
                  GCancellable *cancellable)
{
  if (self->closed != NULL)
    return refuse (data, free_data, G_IO_ERROR, G_IO_ERROR_CLOSED, "The cache was closed");
  if (!self->is_open)
    return refuse (data, free_data, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FAILED_IO,
                   "The cache is not open");
  return rounds_store_watch_damage (
      self, rounds_db_worker_ask (self->reader, job, data, free_data, cancellable));
}

/**
 * rounds_store_get_entry:
 *
 * Returns: (transfer full): a future of a #RoundsEntry; it rejects with %G_IO_ERROR_NOT_FOUND or
 *   %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_get_entry (RoundsStore *self, RoundsEntryKind kind, const char *id)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (id != NULL);

  return rounds_store_run_job (self, rounds_get_entry_job, rounds_key_new (kind, id),
                               rounds_key_free);
}

/**
 * rounds_store_lookup_user:
 *
 * Returns: (transfer none) (nullable): valid until the next "directory-changed"
 */
RoundsUser *
rounds_store_lookup_user (RoundsStore *self, const char *id)
{
  g_return_val_if_fail (ROUNDS_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return rounds_directory_lookup_user (self->directory, id);
}

/**
 * rounds_store_lookup_hospital:
 *
 * Returns: (transfer none) (nullable): valid until the next "directory-changed"
 */
RoundsHospital *
rounds_store_lookup_hospital (RoundsStore *self, const char *id)
{
  g_return_val_if_fail (ROUNDS_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return rounds_directory_lookup_hospital (self->directory, id);
}

/**
 * rounds_store_get_people:
 *
 * Returns: (transfer none): a model of #RoundsPerson, sorted by name; the same one at each call
 */
GListModel *
rounds_store_get_people (RoundsStore *self)
{
  g_return_val_if_fail (ROUNDS_IS_STORE (self), NULL);

  return rounds_directory_get_people (self->directory);
}

/**
 * rounds_store_get_hospitals:
 *
 * Returns: (transfer none): a model of #RoundsPlace, sorted by name; the same one at each call
 */
GListModel *
rounds_store_get_hospitals (RoundsStore *self)
{
  g_return_val_if_fail (ROUNDS_IS_STORE (self), NULL);

  return rounds_directory_get_places (self->directory);
}
