/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Threads that each own a database connection for life and take jobs from one queue.
 * What a job is, they do not know.
 *
 * So many as were asked for work at a time. One that waits for a commit does not work: another
 * takes the next job meanwhile, a new one if need be, so that many writes can share a commit. They
 * are made when there is more work than they can do, and end in a pause: a connection with its
 * schema and its pages is the larger part of what a server that rests would keep.
 */

#include "config.h"

#include "rounds-worker-pool.h"

#include "rounds-heap.h"
#include "rounds-server-database.h"
#include "rounds-server-error.h"

/* Without any work for so long, it is a pause: memory that only makes things faster goes. */
#define QUIET (G_USEC_PER_SEC / 2)
/* A longer one: a thread that is one too many goes. */
#define SPARE_LIFE G_USEC_PER_SEC

typedef struct
{
  RoundsWorkerPool *pool;
  RoundsDb *db;
  GThread *thread;
  gboolean untidy; /* it has worked since it rested last */
} Worker;

struct _RoundsWorkerPool
{
  RoundsWorkerFunc func;
  gpointer user_data;
  const RoundsServerConfig *config;
  const char *name;
  guint n_least; /* that stay */
  guint n_wanted; /* that work at a time */
  guint n_most;
  guint max_waiting;
  GMutex mutex; /* guards what follows */
  GCond changed;
  GCond ended;
  GQueue jobs;
  guint n_threads; /* that have not ended */
  guint n_staying; /* of these, those that are not about to */
  guint n_working;
  guint n_committing; /* wait for a commit */
  guint n_away; /* jobs that come back */
  gboolean failing; /* the last thread beyond those asked for could not be had; said once */
  gboolean ending;
};

static _Thread_local RoundsWorkerPool *own_pool = NULL;

static gboolean add_worker (RoundsWorkerPool *self, RoundsDb *db, GError **error);

/* With the mutex held. */
static gboolean
has_job (RoundsWorkerPool *self)
{
  return !g_queue_is_empty (&self->jobs) && (self->n_working < self->n_wanted || self->ending);
}

/* With the mutex held: there is no job, and none will come. */
static gboolean
is_over (RoundsWorkerPool *self)
{
  return self->ending && self->n_away == 0 && g_queue_is_empty (&self->jobs);
}

/* With the mutex held, which is given back meanwhile: a pause has begun. What the last answers
 * needed (a thousand records, a megabyte of text) goes back to the system. */
static void
rest (Worker *worker)
{
  RoundsWorkerPool *self = worker->pool;

  g_mutex_unlock (&self->mutex);
  rounds_db_rest (worker->db);
  rounds_heap_give_back ();
  g_mutex_lock (&self->mutex);
}

/* With the mutex held: sleeps until there is a job or the end. FALSE when neither came for so long
 * that a thread more than needed may go, which this one is then about to. */
static gboolean
wait_for_job (Worker *worker)
{
  RoundsWorkerPool *self = worker->pool;
  const gint64 began = g_get_monotonic_time ();
  gboolean resting = !worker->untidy;

  while (!has_job (self) && !is_over (self))
    {
      if (resting && self->n_staying <= self->n_least)
        {
          g_cond_wait (&self->changed, &self->mutex);
          continue;
        }
      if (g_cond_wait_until (&self->changed, &self->mutex, began + (resting ? SPARE_LIFE : QUIET))
          || has_job (self))
        continue;
      if (resting && self->n_staying > self->n_least)
        {
          self->n_staying--;
          return FALSE;
        }
      resting = TRUE;
      worker->untidy = FALSE;
      rest (worker);
    }
  return TRUE;
}

/* The next job, or NULL when this thread is to end. */
static gpointer
take_job (Worker *worker)
{
  RoundsWorkerPool *self = worker->pool;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (!wait_for_job (worker))
    return NULL;
  if (!has_job (self))
    {
      self->n_staying--;
      return NULL;
    }
  self->n_working++;
  worker->untidy = TRUE;
  return g_queue_pop_head (&self->jobs);
}

/* Those that are there do the work, only later; said once. With the mutex held. */
static void
note_failure (RoundsWorkerPool *self, const GError *error)
{
  if (!self->failing)
    g_warning ("No further worker can be had: %s", error->message);
  self->failing = TRUE;
}

/* With the mutex held: how many are idle. */
static guint
count_free (RoundsWorkerPool *self)
{
  return self->n_staying - self->n_working - self->n_committing;
}

/* With the mutex held: somebody else may take what waits. TRUE when one who is idle has to be
 * woken, which is done behind the unlocking: whoever is woken would only wait for the mutex. */
static gboolean
hand_on (RoundsWorkerPool *self)
{
  guint n_free = count_free (self);
  g_autoptr (GError) error = NULL;

  if (!has_job (self))
    return FALSE;
  if (n_free < g_queue_get_length (&self->jobs) && self->n_working + n_free < self->n_wanted
      && !self->ending && self->n_staying < self->n_most && !add_worker (self, NULL, &error))
    note_failure (self, error);
  return n_free > 0;
}

/* With the mutex held, which is given back: others may take what waits. */
static void
hand_on_and_unlock (RoundsWorkerPool *self)
{
  gboolean wake = hand_on (self);

  g_mutex_unlock (&self->mutex);
  if (wake)
    g_cond_signal (&self->changed);
}

static void
leave (Worker *worker)
{
  RoundsWorkerPool *self = worker->pool;

  g_clear_pointer (&worker->db, rounds_db_close);
  rounds_heap_give_back ();
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_clear_pointer (&worker->thread, g_thread_unref);
  g_free (worker);
  self->n_threads--;
  g_cond_signal (&self->ended);
}

/* FALSE when this thread cannot work. */
static gboolean
open_database (Worker *worker)
{
  RoundsWorkerPool *self = worker->pool;
  g_autoptr (GError) error = NULL;

  if (worker->db == NULL)
    worker->db = rounds_server_database_open (self->config, ROUNDS_DATABASE_SERVE, &error);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (worker->db != NULL)
    {
      self->failing = FALSE;
      return TRUE;
    }
  self->n_staying--;
  note_failure (self, error);
  return FALSE;
}

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  RoundsWorkerPool *self = worker->pool;
  gboolean going_on = open_database (worker);
  gpointer job;

  own_pool = self;
  while (going_on && (job = take_job (worker)) != NULL)
    {
      self->func (job, worker->db, self->user_data);
      g_mutex_lock (&self->mutex);
      self->n_working--;
      /* Those that had to wait for their turn because others came back from a commit; the first of
       * them is this thread's. */
      if (g_queue_get_length (&self->jobs) > 1)
        hand_on_and_unlock (self);
      else
        g_mutex_unlock (&self->mutex);
    }
  leave (worker);
  return NULL;
}

/* @db: (transfer full) (nullable): made by the thread itself where it is NULL. With the mutex held,
 * or before anybody else knows of the pool. */
static gboolean
add_worker (RoundsWorkerPool *self, RoundsDb *db, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *name = g_strdup_printf ("%s-%u", self->name, self->n_threads);
  Worker *worker = g_new0 (Worker, 1);

  worker->pool = self;
  worker->db = db;
  worker->thread = g_thread_try_new (name, run_worker, worker, &reason);
  if (worker->thread != NULL)
    {
      self->n_threads++;
      self->n_staying++;
      return TRUE;
    }
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
               "A worker thread cannot be started: %s", reason->message);
  g_clear_pointer (&worker->db, rounds_db_close);
  g_free (worker);
  return FALSE;
}

static gboolean
start_workers (RoundsWorkerPool *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  for (guint i = 0; i < self->n_least; i++)
    {
      RoundsDb *db = rounds_server_database_open (self->config, ROUNDS_DATABASE_SERVE, error);
      if (db == NULL)
        return FALSE;
      /* Nobody has asked for anything yet. */
      rounds_db_rest (db);
      if (!add_worker (self, db, error))
        return FALSE;
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
  self->config = options->config;
  self->name = options->name;
  self->n_least = CLAMP (options->n_least, 1, options->n_threads);
  self->n_wanted = options->n_threads;
  self->n_most = MAX (options->n_threads, options->n_most);
  self->max_waiting = options->max_waiting;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_cond_init (&self->ended);
  g_queue_init (&self->jobs);
  return start_workers (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
rounds_worker_pool_push (RoundsWorkerPool *self, gpointer job)
{
  g_return_val_if_fail (self != NULL && job != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  if (self->ending || g_queue_get_length (&self->jobs) >= self->max_waiting)
    {
      g_mutex_unlock (&self->mutex);
      return FALSE;
    }
  g_queue_push_tail (&self->jobs, job);
  hand_on_and_unlock (self);
  return TRUE;
}

void
rounds_worker_pool_begin_wait (void)
{
  RoundsWorkerPool *self = own_pool;

  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->n_working--;
  self->n_committing++;
  hand_on_and_unlock (self);
}

void
rounds_worker_pool_end_wait (void)
{
  RoundsWorkerPool *self = own_pool;

  if (self == NULL)
    return;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  self->n_committing--;
  self->n_working++;
}

void
rounds_worker_pool_send_away (RoundsWorkerPool *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  self->n_away++;
}

void
rounds_worker_pool_take_back (RoundsWorkerPool *self, gpointer const *jobs, guint n_jobs)
{
  guint n_wake = 0;

  g_return_if_fail (self != NULL && (jobs != NULL || n_jobs == 0));

  g_mutex_lock (&self->mutex);
  self->n_away -= n_jobs;
  /* In front: who has waited for a commit is nearly through. */
  for (guint i = n_jobs; i > 0; i--)
    g_queue_push_head (&self->jobs, jobs[i - 1]);
  if (hand_on (self))
    n_wake = MIN (n_jobs, MIN (count_free (self), self->n_wanted - self->n_working));
  gboolean ending = self->ending;
  g_mutex_unlock (&self->mutex);
  if (ending)
    g_cond_broadcast (&self->changed);
  for (guint i = 0; i < n_wake && !ending; i++)
    g_cond_signal (&self->changed);
}

void
rounds_worker_pool_get_counts (RoundsWorkerPool *self, RoundsWorkerPoolCounts *counts)
{
  g_return_if_fail (self != NULL && counts != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  counts->n_threads = self->n_threads;
  counts->n_working = self->n_working;
  counts->n_waiting = g_queue_get_length (&self->jobs);
}

void
rounds_worker_pool_finish (RoundsWorkerPool *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  self->ending = TRUE;
  g_cond_broadcast (&self->changed);
  while (self->n_threads > 0)
    g_cond_wait (&self->ended, &self->mutex);
}

void
rounds_worker_pool_free (RoundsWorkerPool *self)
{
  if (self == NULL)
    return;
  rounds_worker_pool_finish (self);
  g_assert (g_queue_is_empty (&self->jobs));
  g_cond_clear (&self->changed);
  g_cond_clear (&self->ended);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
