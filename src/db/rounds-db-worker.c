/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The thread that owns the app's connection, and the queue in front of it.
 * It looks into no job; one that is slow makes those behind it wait.
 */

#include "config.h"

#include "rounds-db-worker.h"

#include <string.h>

#include <gio/gio.h>

#define KEY_LENGTH 32

/* What the thread lives on. It outlives the object when that is dropped with jobs still queued. */
typedef struct
{
  GAsyncQueue *jobs; /* of Job, taken */
  char *path;
  guint8 key[KEY_LENGTH];
  gboolean has_key;
  gboolean is_reader;
  RoundsDbDoubt doubt; /* or NULL; set before the first job */
  RoundsDb *db; /* the thread's alone; NULL until open */
} Lane;

typedef enum
{
  JOB_OPEN,
  JOB_RUN,
  JOB_CLOSE, /* the last one of a lane */
} JobKind;

typedef struct
{
  JobKind kind;
  DexPromise *promise;
  RoundsDbJob run;
  gpointer data;
  GDestroyNotify free_data;
  GCancellable *cancellable; /* or NULL */
  RoundsDbMigration *migrations; /* JOB_OPEN: owned array, borrowed SQL */
  gsize n_migrations;
} Job;

struct _RoundsDbWorker
{
  GObject parent_instance;
  Lane *lane; /* shared with the thread */
  GThread *thread;
  DexFuture *closed; /* once close was asked for */
};

G_DEFINE_FINAL_TYPE (RoundsDbWorker, rounds_db_worker, G_TYPE_OBJECT)

static void
free_job (Job *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_object (&job->cancellable);
  g_free (job->migrations);
  g_free (job);
}

static void
clear_lane (Lane *lane)
{
  g_async_queue_unref (lane->jobs);
  g_free (lane->path);
  explicit_bzero (lane->key, sizeof lane->key);
}

static void
release_lane (Lane *lane)
{
  g_atomic_rc_box_release_full (lane, (GDestroyNotify)clear_lane);
}

static gboolean
open_connection (Lane *lane, const Job *job, GError **error)
{
  RoundsDbOptions options = {
    .path = lane->path,
    .key = lane->has_key ? lane->key : NULL,
    .read_only = lane->is_reader,
    /* A reader walks along: it comes back to few pages but the upper ones of its indexes. */
    .cache_kib = lane->is_reader ? 800 : 0,
  };
  g_autoptr (RoundsDb) db = NULL;
  gboolean is_doubtful;

  if (lane->db != NULL)
    return TRUE;
  is_doubtful = lane->doubt != NULL && lane->doubt (lane->path);
  db = rounds_db_open (&options, error);
  if (db == NULL || (is_doubtful && !rounds_db_check (db, error))
      || (!lane->is_reader && !rounds_db_migrate (db, job->migrations, job->n_migrations, error)))
    return FALSE;
  lane->db = g_steal_pointer (&db);
  return TRUE;
}

static gboolean
run_job (Lane *lane, const Job *job, GValue *result, GError **error)
{
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return FALSE;
  rounds_db_watch (lane->db, job->cancellable);
  done = job->run (lane->db, job->data, result, error);
  rounds_db_watch (lane->db, NULL);
  return done;
}

static gboolean
perform (Lane *lane, const Job *job, GValue *result, GError **error)
{
  if (job->kind == JOB_OPEN)
    return open_connection (lane, job, error);
  if (job->kind == JOB_CLOSE)
    {
      g_clear_pointer (&lane->db, rounds_db_close);
      return TRUE;
    }
  if (lane->is_reader && !open_connection (lane, job, error))
    return FALSE;
  if (lane->db != NULL)
    return run_job (lane, job, result, error);
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN, "The database is not open");
  return FALSE;
}

/* What a job came to, on its way to the main thread. */
typedef struct
{
  DexPromise *promise;
  GValue result;
  GError *error; /* or NULL */
} Delivery;

static gboolean
deliver_idle (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->error != NULL)
    dex_promise_reject (delivery->promise, g_steal_pointer (&delivery->error));
  else
    dex_promise_resolve (delivery->promise, &delivery->result);
  return G_SOURCE_REMOVE;
}

static void
free_delivery (gpointer data)
{
  Delivery *delivery = data;

  dex_clear (&delivery->promise);
  if (G_IS_VALUE (&delivery->result))
    g_value_unset (&delivery->result);
  g_clear_error (&delivery->error);
  g_free (delivery);
}

/* The job's data is gone before anybody hears of its result, so that whoever waits for the result
 * may count on it. The main thread settles the promise itself: a fiber of libdex 0.10 that is woken
 * from another thread in the moment in which it falls asleep may never run again. */
static void
finish_job (Lane *lane, Job *job)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  gboolean done = perform (lane, job, &delivery->result, &delivery->error);

  g_assert (done == (delivery->error == NULL));
  delivery->promise = job->promise;
  free_job (job);
  if (done && !G_IS_VALUE (&delivery->result))
    {
      g_value_init (&delivery->result, G_TYPE_BOOLEAN);
      g_value_set_boolean (&delivery->result, TRUE);
    }
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_idle, delivery, free_delivery);
}

static gpointer
run_lane (gpointer data)
{
  Lane *lane = data;
  JobKind kind;

  do
    {
      Job *job = g_async_queue_pop (lane->jobs);

      kind = job->kind;
      finish_job (lane, job);
    }
  while (kind != JOB_CLOSE);
  release_lane (lane);
  return NULL;
}

static DexFuture *
queue_job (RoundsDbWorker *self, Job *job)
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
  g_clear_pointer (&self->lane, release_lane);
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
  self->lane = g_atomic_rc_box_new0 (Lane);
  self->lane->jobs = g_async_queue_new ();
}

static RoundsDbWorker *
new_worker (const char *path, const guint8 *key, gboolean is_reader)
{
  RoundsDbWorker *self = g_object_new (ROUNDS_TYPE_DB_WORKER, NULL);

  self->lane->path = g_strdup (path);
  self->lane->has_key = key != NULL;
  if (key != NULL)
    memcpy (self->lane->key, key, KEY_LENGTH);
  self->lane->is_reader = is_reader;
  self->thread = g_thread_new ("rounds-db", run_lane, g_atomic_rc_box_acquire (self->lane));
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
  Job *job;

  dex_return_error_if_fail (ROUNDS_IS_DB_WORKER (self));
  dex_return_error_if_fail (migrations != NULL || n_migrations == 0);

  if (self->closed != NULL)
    return reject_closed ();
  job = g_new0 (Job, 1);
  job->kind = JOB_OPEN;
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
  Job *entry;

  dex_return_error_if_fail (ROUNDS_IS_DB_WORKER (self));
  dex_return_error_if_fail (job != NULL);

  entry = g_new0 (Job, 1);
  entry->kind = JOB_RUN;
  entry->run = job;
  entry->data = data;
  entry->free_data = free_data;
  g_set_object (&entry->cancellable, cancellable);
  if (self->closed == NULL)
    return queue_job (self, entry);
  free_job (entry);
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
  Job *job;

  dex_return_error_if_fail (ROUNDS_IS_DB_WORKER (self));

  if (self->closed == NULL)
    {
      job = g_new0 (Job, 1);
      job->kind = JOB_CLOSE;
      self->closed = queue_job (self, job);
    }
  return dex_ref (self->closed);
}
