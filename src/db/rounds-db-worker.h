/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One thread that owns a connection: jobs in, futures out.
 * What the jobs do is the caller's; the app's cache is in store.
 */

#pragma once

#include <libdex.h>

#include "rounds-db.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DB_WORKER (rounds_db_worker_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDbWorker, rounds_db_worker, ROUNDS, DB_WORKER, GObject)

/* Runs on the worker's thread. Returns a resolved value through @result (may be left unset = TRUE).
 */
typedef gboolean (*RoundsDbJob) (RoundsDb *db, gpointer data, GValue *result, GError **error);

/* A worker for @path with @key (32 bytes or NULL). Opening is its first job: (resolves to TRUE). */
RoundsDbWorker *rounds_db_worker_new (const char *path, const guint8 *key);
/* The same for a file that another worker opened before; it only reads. It keeps
 * answering while the other one writes. */
RoundsDbWorker *rounds_db_worker_new_reader (const char *path, const guint8 *key);
DexFuture *rounds_db_worker_open (RoundsDbWorker *self, const RoundsDbMigration *migrations,
                                  gsize n_migrations) G_GNUC_WARN_UNUSED_RESULT;
/* Before open: @doubt runs on the worker's thread with the path, before the file is opened; where
 * it says TRUE the whole file is read and checked, and opening may reject with
 * ROUNDS_DB_ERROR_DAMAGED. */
typedef gboolean (*RoundsDbDoubt) (const char *path);
void rounds_db_worker_set_doubt (RoundsDbWorker *self, RoundsDbDoubt doubt);
/* Before open, for a worker that writes: where a job finds the file damaged, @mend, on the worker's
 * thread and with no connection open, puts another file in its place; the job runs again, once, and
 * so do those behind it. @mended tells on the main thread, before the job's future is settled. */
typedef gboolean (*RoundsDbMend) (const char *path, const guint8 *key, GError **error);
typedef void (*RoundsDbMended) (GObject *owner);
void rounds_db_worker_set_mend (RoundsDbWorker *self, RoundsDbWorker *reader, RoundsDbMend mend,
                                RoundsDbMended mended, GObject *owner);
DexFuture *rounds_db_worker_mend (RoundsDbWorker *self) G_GNUC_WARN_UNUSED_RESULT;
/* Queues @job; the future resolves with its value or rejects with its error. In order, one at a
 * time.
 * @free_data runs on the worker's thread after the job. Call from the main thread. */
DexFuture *rounds_db_worker_run (RoundsDbWorker *self, RoundsDbJob job, gpointer data,
                                 GDestroyNotify free_data) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a question that may become stale: once @cancellable (a reference is kept) was
 * cancelled the job stops, or does not begin, and the future rejects with G_IO_ERROR_CANCELLED. */
DexFuture *rounds_db_worker_ask (RoundsDbWorker *self, RoundsDbJob job, gpointer data,
                                 GDestroyNotify free_data,
                                 GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* Finishes the queued jobs, closes the file, ends the thread. */
DexFuture *rounds_db_worker_close (RoundsDbWorker *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
