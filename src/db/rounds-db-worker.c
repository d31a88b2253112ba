/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A thread that owns a connection, as its callers see it: jobs in, futures out.
 * What the thread does is in rounds-db-lane.c.
 */

#include "config.h"

#include "rounds-db-worker.h"

#include "rounds-db-lane.h"

struct _RoundsDbWorker
{
  GObject parent_instance;
  RoundsDbLane *lane; /* shared with the thread */
  GThread *thread;
  DexFuture *closed; /* once close was asked for */
};

G_DEFINE_FINAL_TYPE (RoundsDbWorker, rounds_db_worker, G_TYPE_OBJECT)

static DexFuture *
queue_job (RoundsDbWorker *self, RoundsDbLaneJob *job)
{
  DexPromise *promise = dex_promise_new ();

  job->promise = dex_ref (promise);
  g_async_queue_push (self->lane->jobs, job);
  return DEX_FUTURE (promise);
}

static DexFuture *
reject_closed (void)
{
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CLOSED, "The database was closed");
}

/* Without waiting: a worker that nobody closed finishes its jobs and ends on its own. */
static void
rounds_db_worker_finalize (GObject *object)
{
  RoundsDbWorker *self = ROUNDS_DB_WORKER (object);

  dex_unref (rounds_db_worker_close (self));
  dex_clear (&self->closed);
  g_clear_pointer (&self->thread, g_thread_unref);
  g_clear_pointer (&self->lane, rounds_db_lane_unref);
  G_OBJECT_CLASS (rounds_db_worker_parent_class)->finalize (object);
}

static void
rounds_db_worker_class_init (RoundsDbWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rounds_db_worker_finalize;
}

static void
rounds_db_worker_init (RoundsDbWorker *self)
{
}

static RoundsDbWorker *
new_worker (const char *path, const guint8 *key, gboolean is_reader)
{
  RoundsDbWorker *self = g_object_new (ROUNDS_TYPE_DB_WORKER, NULL);

  self->lane = rounds_db_lane_new (path, key, is_reader);
  self->thread = g_thread_new ("rounds-db", rounds_db_lane_run, rounds_db_lane_ref (self->lane));
  return self;
}

/**
 * rounds_db_worker_new:
 * @path: the file, or ":memory:"
 * @key: (nullable) (array fixed-size=32): SQLCipher's raw key, copied
 *
 * Starts the thread; the file is not touched before rounds_db_worker_open(). Main thread. Returns:
 * (transfer full)
 */
RoundsDbWorker *
rounds_db_worker_new (const char *path, const guint8 *key)
{
  g_return_val_if_fail (path != NULL, NULL);

  return new_worker (path, key, FALSE);
}

/**
 * rounds_db_worker_new_reader:
 * @path: a file that another worker has open
 * @key: (nullable) (array fixed-size=32): SQLCipher's raw key, copied
 *
 * As rounds_db_worker_new(), with a connection that cannot write and opens itself for the first
 * job. Close it before the other one: the last connection that closes tidies up, and it cannot.
 * Returns: (transfer full)
 */
RoundsDbWorker *
rounds_db_worker_new_reader (const char *path, const guint8 *key)
{
  g_return_val_if_fail (path != NULL, NULL);

  return new_worker (path, key, TRUE);
}

/**
 * rounds_db_worker_set_doubt:
 * @doubt: tells by what lies beside the file whether it may be damaged
 *
 * To be called before anything is asked of the worker. Main thread.
 */
void
rounds_db_worker_set_doubt (RoundsDbWorker *self, RoundsDbDoubt doubt)
{
  g_return_if_fail (ROUNDS_IS_DB_WORKER (self));
  g_return_if_fail (self->closed == NULL);

  self->lane->doubt = doubt;
}

/**
 * rounds_db_worker_set_mend:
 * @reader: (nullable): the other connection to the file, which is closed meanwhile
 * @mend: puts another file in the place of a damaged one
 * @mended: (scope forever): tells that this was done, with @owner
 * @owner: (transfer none): kept weakly
 *
 * To be called before anything is asked of the worker. Main thread.
 */
void
rounds_db_worker_set_mend (RoundsDbWorker *self, RoundsDbWorker *reader, RoundsDbMend mend,
                           RoundsDbMended mended, GObject *owner)
{
  g_return_if_fail (ROUNDS_IS_DB_WORKER (self));
  g_return_if_fail (mend != NULL && mended != NULL);

  self->lane->mend = mend;
  self->lane->mended = mended;
  g_weak_ref_set (&self->lane->owner, owner);
  if (reader != NULL)
    self->lane->reader = rounds_db_lane_ref (reader->lane);
}

/**
 * rounds_db_worker_mend:
 *
 * Reads the whole file, and mends it where that fails: for damage that a reader came upon. Returns:
 * (transfer full): a future of %TRUE, or of why the file is still damaged
 */
DexFuture *
rounds_db_worker_mend (RoundsDbWorker *self)
{
  RoundsDbLaneJob *job;

  dex_return_error_if_fail (ROUNDS_IS_DB_WORKER (self));
  dex_return_error_if_fail (self->lane->mend != NULL);

  if (self->closed != NULL)
    return reject_closed ();
  job = g_new0 (RoundsDbLaneJob, 1);
  job->kind = ROUNDS_DB_LANE_MEND;
  return queue_job (self, job);
}

/**
 * rounds_db_worker_open:
 * @migrations: (array length=n_migrations): the schema's steps; the array is copied, its SQL is not
 *
 * Returns: (transfer full): a future that resolves to %TRUE when the file is open and current, or
 *   rejects with what rounds_db_open() or rounds_db_migrate() say. After a failure it may be tried
 *   again.
 */
DexFuture *
rounds_db_worker_open (RoundsDbWorker *self, const RoundsDbMigration *migrations,
                       gsize n_migrations)
{
  RoundsDbLaneJob *job;

  dex_return_error_if_fail (ROUNDS_IS_DB_WORKER (self));
  dex_return_error_if_fail (migrations != NULL || n_migrations == 0);

  if (self->closed != NULL)
    return reject_closed ();
  job = g_new0 (RoundsDbLaneJob, 1);
  job->kind = ROUNDS_DB_LANE_OPEN;
  job->migrations = g_memdup2 (migrations, n_migrations * sizeof *migrations);
  job->n_migrations = n_migrations;
  return queue_job (self, job);
}

/**
 * rounds_db_worker_run:
 * @job: what to do on the worker's thread
 * @data: (transfer full): its argument
 * @free_data: (nullable): frees @data on the worker's thread, before the future resolves
 *
 * The job runs even when the future is dropped. Returns: (transfer full): a future of the job's
 * value. It rejects with the job's error, with %ROUNDS_DB_ERROR_OPEN when the file is not open, and
 * with %G_IO_ERROR_CLOSED after rounds_db_worker_close(); then the job does not run.
 */
DexFuture *
rounds_db_worker_run (RoundsDbWorker *self, RoundsDbJob job, gpointer data,
                      GDestroyNotify free_data)
{
  return rounds_db_worker_ask (self, job, data, free_data, NULL);
}

/**
 * rounds_db_worker_ask:
 * @job: what to do on the worker's thread
 * @data: (transfer full): its argument
 * @free_data: (nullable): frees @data on the worker's thread, before the future resolves
 * @cancellable: (nullable) (transfer none): stops the job half-way, which undoes nothing: for jobs
 *   that only read
 *
 * Returns: (transfer full): as rounds_db_worker_run(), or %G_IO_ERROR_CANCELLED
 */
DexFuture *
rounds_db_worker_ask (RoundsDbWorker *self, RoundsDbJob job, gpointer data,
                      GDestroyNotify free_data, GCancellable *cancellable)
{
  RoundsDbLaneJob *entry;

  dex_return_error_if_fail (ROUNDS_IS_DB_WORKER (self));
  dex_return_error_if_fail (job != NULL);

  entry = g_new0 (RoundsDbLaneJob, 1);
  entry->kind = ROUNDS_DB_LANE_RUN;
  entry->run = job;
  entry->data = data;
  entry->free_data = free_data;
  g_set_object (&entry->cancellable, cancellable);
  if (self->closed == NULL)
    return queue_job (self, entry);
  rounds_db_lane_job_free (entry);
  return reject_closed ();
}

/**
 * rounds_db_worker_close:
 *
 * Returns: (transfer full): a future that resolves to %TRUE when all jobs queued before are done
 * and the file is closed; the same one for each call
 */
DexFuture *
rounds_db_worker_close (RoundsDbWorker *self)
{
  RoundsDbLaneJob *job;

  dex_return_error_if_fail (ROUNDS_IS_DB_WORKER (self));

  if (self->closed == NULL)
    {
      job = g_new0 (RoundsDbLaneJob, 1);
      job->kind = ROUNDS_DB_LANE_CLOSE;
      self->closed = queue_job (self, job);
    }
  return dex_ref (self->closed);
}
