/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Threads that each own a database connection for life and take jobs from one queue.
 * What a job is, they do not know.
 */

#include "config.h"

#include "rounds-worker-pool.h"

#include "rounds-server-database.h"
#include "rounds-server-error.h"

typedef struct
{
  RoundsWorkerPool *pool;
  RoundsDb *db;
  GThread *thread;
} Worker;

struct _RoundsWorkerPool
{
  RoundsWorkerFunc func;
  gpointer user_data;
  guint max_waiting;
  GPtrArray *workers;
  GMutex mutex;
  GCond changed;
  GQueue jobs; /* guarded by mutex */
  gboolean ending; /* guarded by mutex */
};

/* The next job, or NULL when there is none left and none will come. */
static gpointer
take_job (RoundsWorkerPool *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (g_queue_is_empty (&self->jobs) && !self->ending)
    g_cond_wait (&self->changed, &self->mutex);
  return g_queue_pop_head (&self->jobs);
}

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  gpointer job;

  while ((job = take_job (worker->pool)) != NULL)
    worker->pool->func (job, worker->db, worker->pool->user_data);
  return NULL;
}

static void
free_worker (gpointer data)
{
  Worker *worker = data;
  rounds_db_close (worker->db);
  g_free (worker);
}

static gboolean
add_worker (RoundsWorkerPool *self, const RoundsServerConfig *config, GError **error)
{
  RoundsDb *db = rounds_server_database_open (config, ROUNDS_DATABASE_WORK, error);
  if (db == NULL)
    return FALSE;
  Worker *worker = g_new0 (Worker, 1);
  worker->pool = self;
  worker->db = db;
  g_ptr_array_add (self->workers, worker);
  return TRUE;
}

static gboolean
start_workers (RoundsWorkerPool *self, const char *name, GError **error)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      g_autoptr (GError) reason = NULL;
      g_autofree char *thread_name = g_strdup_printf ("%s-%u", name, i);
      Worker *worker = g_ptr_array_index (self->workers, i);
      worker->thread = g_thread_try_new (thread_name, run_worker, worker, &reason);
      if (worker->thread == NULL)
        {
          g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                       "A worker thread cannot be started: %s", reason->message);
          return FALSE;
        }
    }
  return TRUE;
}

RoundsWorkerPool *
rounds_worker_pool_new (const RoundsWorkerPoolOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL && options->func != NULL, NULL);
  g_return_val_if_fail (options->n_threads > 0 && options->config != NULL, NULL);

  g_autoptr (RoundsWorkerPool) self = g_new0 (RoundsWorkerPool, 1);
  self->func = options->func;
  self->user_data = options->user_data;
  self->max_waiting = options->max_waiting;
  self->workers = g_ptr_array_new_with_free_func (free_worker);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->jobs);
  for (guint i = 0; i < options->n_threads; i++)
    {
      if (!add_worker (self, options->config, error))
        return NULL;
    }
  return start_workers (self, options->name, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
rounds_worker_pool_push (RoundsWorkerPool *self, gpointer job)
{
  g_return_val_if_fail (self != NULL && job != NULL, FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->ending || g_queue_get_length (&self->jobs) >= self->max_waiting)
    return FALSE;
  g_queue_push_tail (&self->jobs, job);
  g_cond_signal (&self->changed);
  return TRUE;
}

void
rounds_worker_pool_finish (RoundsWorkerPool *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->workers->len; i++)
    {
      Worker *worker = g_ptr_array_index (self->workers, i);
      g_clear_pointer (&worker->thread, g_thread_join);
    }
}

void
rounds_worker_pool_free (RoundsWorkerPool *self)
{
  if (self == NULL)
    return;
  rounds_worker_pool_finish (self);
  g_assert (g_queue_is_empty (&self->jobs));
  g_ptr_array_unref (self->workers);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
