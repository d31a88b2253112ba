/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The thread that commits for everybody, and the callers that wait for it.
 * It looks into no job; one that is slow makes those behind it wait.
 */

#include "config.h"

#include "rounds-db-writer.h"

#include "rounds-db-job.h"
#include "rounds-db-news.h"
#include "rounds-db-pace.h"

/* Who waits for a job, on his own stack: whoever sets done must not touch it after the unlocking.
 * Each has a mutex of its own: all callers of a batch wake up at once, and would queue for the
 * writer's. */
struct _RoundsDbWaiter
{
  GMutex mutex;
  GCond answered;
  gboolean done; /* guarded by mutex */
};

typedef RoundsDbWrite Job;

struct _RoundsDbWriter
{
  RoundsDb *db; /* the thread's alone; NULL: direct */
  GThread *thread;
  GPtrArray *batch; /* of Job, the thread's alone: those in the open transaction */
  GPtrArray *written; /* of Job, the thread's alone: those for which nobody waits */
  RoundsDbWrittenFunc tell_written; /* these two: set before the first push */
  gpointer user_data;
  RoundsDbPace pace; /* the thread's alone */
  guint max_waiting;
  RoundsDbNews news;
  GMutex mutex; /* guards what follows */
  GCond changed;
  GQueue waiting; /* of Job */
  gboolean sleeping; /* the thread waits for changed */
  gboolean ending;
  RoundsDbWriterCounts counts; /* without n_waiting */
};

/* With the mutex held. FALSE when nothing came until @end (0: however long it takes). */
static gboolean
sleep_until (RoundsDbWriter *self, gint64 end)
{
  gboolean woken = TRUE;

  self->sleeping = TRUE;
  if (end == 0)
    g_cond_wait (&self->changed, &self->mutex);
  else
    woken = g_cond_wait_until (&self->changed, &self->mutex, end);
  self->sleeping = FALSE;
  return woken;
}

/* The next job; NULL when none waits (without @wait) or none will come any more. */
static Job *
take_job (RoundsDbWriter *self, gboolean wait)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (wait && g_queue_is_empty (&self->waiting) && !self->ending)
    sleep_until (self, 0);
  return g_queue_pop_head (&self->waiting);
}

/* The next job of the batch that @began; NULL when none waits and none is likely to come soon. */
static Job *
take_further (RoundsDbWriter *self, gint64 began)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (g_queue_is_empty (&self->waiting) && !self->ending)
    {
      gint64 end = rounds_db_pace_get_patience (&self->pace, self->batch->len, began);

      if (end == 0)
        break;
      if (!sleep_until (self, end))
        rounds_db_pace_note_silence (&self->pace, self->batch->len);
    }
  return g_queue_pop_head (&self->waiting);
}

static void
commit (RoundsDbWriter *self, GError **error)
{
  const gint64 began = g_get_monotonic_time ();

  if (!rounds_db_commit (self->db, error))
    return;
  gint64 time = g_get_monotonic_time () - began;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  rounds_db_pace_note_commit (&self->pace, time, self->batch->len,
                              g_queue_get_length (&self->waiting));
}

static void
count_batch (RoundsDbWriter *self, const GError *error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->batch->len; i++)
    {
      const Job *job = self->batch->pdata[i];

      if (job->error != NULL || error != NULL)
        self->counts.n_failed++;
      else
        self->counts.n_done++;
    }
  if (error == NULL)
    self->counts.n_commits++;
}

static void
wake_waiter (struct _RoundsDbWaiter *waiter)
{
  g_mutex_lock (&waiter->mutex);
  waiter->done = TRUE;
  g_cond_signal (&waiter->answered);
  g_mutex_unlock (&waiter->mutex);
}

/* Answers the whole batch. @error: (nullable): what became of all of it */
static void
answer_batch (RoundsDbWriter *self, const GError *error)
{
  count_batch (self, error);
  for (guint i = 0; i < self->batch->len; i++)
    {
      Job *job = self->batch->pdata[i];

      if (error != NULL)
        {
          g_clear_error (&job->error);
          job->error = g_error_copy (error);
        }
      if (job->waiter != NULL)
        wake_waiter (job->waiter);
      else
        g_ptr_array_add (self->written, job);
    }
  g_ptr_array_set_size (self->batch, 0);
  if (self->written->len == 0)
    return;
  self->tell_written ((RoundsDbWrite *const *)self->written->pdata, self->written->len,
                      self->user_data);
  g_ptr_array_set_size (self->written, 0);
}

/* With all that wait behind it: they would wait just as long for just as little. */
static void
refuse_all (RoundsDbWriter *self, const GError *error)
{
  Job *job;

  while ((job = take_job (self, FALSE)) != NULL)
    g_ptr_array_add (self->batch, job);
  answer_batch (self, error);
}

/* run_part(), by the clock. */
static gboolean
time_part (RoundsDbWriter *self, Job *job, GError **error)
{
  const gint64 began = g_get_monotonic_time ();
  gboolean going_on = rounds_db_job_run_part (self->db, job, error);

  rounds_db_pace_note_job (&self->pace, g_get_monotonic_time () - began);
  return going_on;
}

/* One transaction of @job and of those that wait, or come in time. Nobody
 * is answered before COMMIT has returned: also a job that failed may have failed for what another
 * one of the batch did. */
static void
run_batch (RoundsDbWriter *self, Job *job)
{
  const gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  RoundsDbStamp before = { 0 };

  g_ptr_array_add (self->batch, job);
  if (!rounds_db_begin (self->db, &error))
    {
      refuse_all (self, error);
      return;
    }
  rounds_db_news_begin (&self->news, self->db, &before);
  while (time_part (self, job, &error) && self->batch->len < rounds_db_pace_get_most (&self->pace)
         && (job = take_further (self, began)) != NULL)
    g_ptr_array_add (self->batch, job);
  if (error == NULL)
    commit (self, &error);
  else
    rounds_db_rollback (self->db);
  rounds_db_news_end (&self->news, self->db, &before);
  answer_batch (self, error);
}

static gpointer
run_writer (gpointer data)
{
  RoundsDbWriter *self = data;
  Job *job;

  while ((job = take_job (self, TRUE)) != NULL)
    run_batch (self, job);
  return NULL;
}

/**
 * rounds_db_writer_new_direct:
 *
 * A writer without a thread, for PostgreSQL, which groups commits itself: each job is a transaction
 * on its caller's connection. Returns: (transfer full)
 */
RoundsDbWriter *
rounds_db_writer_new_direct (void)
{
  RoundsDbWriter *self = g_new0 (RoundsDbWriter, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  self->batch = g_ptr_array_new ();
  self->written = g_ptr_array_new ();
  return self;
}

/**
 * rounds_db_writer_new:
 * @options: the file; only read during the call
 * @max_waiting: jobs that may wait for their turn
 *
 * Opens the file with synchronous=FULL and starts the thread that writes to it. Others may read it
 * on connections of their own meanwhile, and see what was committed.
 *
 * Returns: (transfer full): the writer, or %NULL with what rounds_db_open() says
 */
RoundsDbWriter *
rounds_db_writer_new (const RoundsDbOptions *options, guint max_waiting, GError **error)
{
  RoundsDbOptions durable;
  RoundsDbWriter *self;
  RoundsDb *db;

  g_return_val_if_fail (options != NULL && !options->read_only, NULL);
  g_return_val_if_fail (max_waiting > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  durable = *options;
  durable.full_sync = TRUE;
  db = rounds_db_open (&durable, error);
  if (db == NULL)
    return NULL;
  self = rounds_db_writer_new_direct ();
  self->db = db;
  self->max_waiting = max_waiting;
  /* The first reading has to be this thread's. */
  rounds_db_news_init (&self->news, db);
  self->thread = g_thread_new ("rounds-writer", run_writer, self);
  return self;
}

void
rounds_db_writer_free (RoundsDbWriter *self)
{
  g_return_if_fail (self != NULL);

  if (self->thread != NULL)
    {
      g_mutex_lock (&self->mutex);
      self->ending = TRUE;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->mutex);
      g_thread_join (self->thread);
    }
  g_clear_pointer (&self->db, rounds_db_close);
  g_assert (g_queue_is_empty (&self->waiting));
  g_ptr_array_unref (self->batch);
  g_ptr_array_unref (self->written);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  rounds_db_news_clear (&self->news);
  g_free (self);
}

/* FALSE when too many wait. */
static gboolean
queue_job (RoundsDbWriter *self, Job *job)
{
  gboolean sleeping;

  g_mutex_lock (&self->mutex);
  gboolean taken = g_queue_get_length (&self->waiting) < self->max_waiting;
  if (taken)
    g_queue_push_tail (&self->waiting, job);
  sleeping = self->sleeping;
  g_mutex_unlock (&self->mutex);
  /* Behind the unlocking: what is woken would only wait for the mutex. */
  if (taken && sleeping)
    g_cond_signal (&self->changed);
  return taken;
}

static void
wait_for_answer (struct _RoundsDbWaiter *waiter)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&waiter->mutex);

  while (!waiter->done)
    g_cond_wait (&waiter->answered, &waiter->mutex);
}

/* Queues @job and sleeps until it is answered. */
static gboolean
run_grouped (RoundsDbWriter *self, Job *job, GError **error)
{
  struct _RoundsDbWaiter waiter = { .done = FALSE };

  g_mutex_init (&waiter.mutex);
  g_cond_init (&waiter.answered);
  job->waiter = &waiter;
  gboolean taken = queue_job (self, job);
  if (taken)
    wait_for_answer (&waiter);
  g_cond_clear (&waiter.answered);
  g_mutex_clear (&waiter.mutex);
  if (!taken)
    g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY,
                         "Too many writes wait for the database");
  else if (job->error != NULL)
    g_propagate_error (error, job->error);
  return taken && job->error == NULL;
}

/* As a transaction of its own on the caller's connection. */
static gboolean
run_direct (RoundsDbWriter *self, RoundsDb *own, const Job *job, GError **error)
{
  gboolean done = rounds_db_job_run_alone (own, job, error);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (done)
    {
      self->counts.n_done++;
      self->counts.n_commits++;
    }
  else
    {
      self->counts.n_failed++;
    }
  return done;
}

/**
 * rounds_db_writer_run:
 * @own: (nullable): the caller's own connection, with no transaction open; a direct writer runs the
 *   job there, another one leaves it alone
 * @func: the job, on whatever thread
 *
 * Runs a job and returns when its outcome is safe: after the COMMIT of the transaction that it
 * shares with others, or when it has failed and is undone, it alone. When the transaction itself
 * fails, all who shared it get that error. A rule that is checked at COMMIT only (DEFERRED) would
 * make others fail too; do without. Blocks; any thread but the writer's own.
 *
 * Returns: %TRUE when it is committed; %FALSE when nothing of it remains, with the job's error or
 *   with a %ROUNDS_DB_ERROR: BUSY when too many wait. A lost PostgreSQL server (OPEN) may have
 *   committed all the same, see rounds_db_commit().
 */
gboolean
rounds_db_writer_run (RoundsDbWriter *self, RoundsDb *own, RoundsDbWriteFunc func, gpointer data,
                      GError **error)
{
  Job job = { .func = func, .data = data };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->db != NULL || own != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return self->db != NULL ? run_grouped (self, &job, error) : run_direct (self, own, &job, error);
}

/**
 * rounds_db_writer_set_written:
 * @written: called on the writer's thread; does nothing slow
 *
 * Whom to tell what became of writes that were pushed. Before the first of them, once.
 *
 * Returns: %FALSE for a direct writer, to which nothing can be pushed
 */
gboolean
rounds_db_writer_set_written (RoundsDbWriter *self, RoundsDbWrittenFunc written, gpointer user_data)
{
  g_return_val_if_fail (self != NULL && written != NULL, FALSE);

  self->tell_written = written;
  self->user_data = user_data;
  return self->db != NULL;
}

/**
 * rounds_db_writer_push:
 * @write: the job, the caller's; nobody else's from here on until it is told that it is written
 *
 * As rounds_db_writer_run(), but returns at once: no thread has to wait for the commit. Any thread.
 *
 * Returns: %FALSE, with @write still the caller's, when too many wait
 */
gboolean
rounds_db_writer_push (RoundsDbWriter *self, RoundsDbWrite *write)
{
  g_return_val_if_fail (self != NULL && self->db != NULL && self->tell_written != NULL, FALSE);
  g_return_val_if_fail (write != NULL && write->func != NULL, FALSE);
  g_return_val_if_fail (write->error == NULL && write->waiter == NULL, FALSE);

  return queue_job (self, write);
}

/**
 * rounds_db_writer_read_stamp:
 * @stamp: (out caller-allocates): what the last commit left
 *
 * Any thread. Returns: %TRUE, or %FALSE for a direct writer and where there is no such thing
 */
gboolean
rounds_db_writer_read_stamp (RoundsDbWriter *self, RoundsDbStamp *stamp)
{
  g_return_val_if_fail (self != NULL && stamp != NULL, FALSE);

  return self->db != NULL && rounds_db_read_stamp (self->db, stamp);
}

/**
 * rounds_db_writer_read_loud:
 * @stamp: of rounds_db_writer_read_stamp(), just now
 *
 * Where that gives the same number for two stamps, all that was committed between them went to the
 * quiet tables of rounds_db_writer_new()'s options: what was read from the others still holds.
 * Whatever another process commits may be anything. Any thread.
 *
 * Returns: the number; 0 when it is not known yet, while a commit ends
 */
guint64
rounds_db_writer_read_loud (RoundsDbWriter *self, const RoundsDbStamp *stamp)
{
  g_return_val_if_fail (self != NULL && stamp != NULL, 0);

  return rounds_db_news_read_loud (&self->news, stamp);
}

/**
 * rounds_db_writer_get_counts:
 * @counts: (out caller-allocates): what it did so far
 *
 * Any thread.
 */
void
rounds_db_writer_get_counts (RoundsDbWriter *self, RoundsDbWriterCounts *counts)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (counts != NULL);

  locker = g_mutex_locker_new (&self->mutex);
  *counts = self->counts;
  counts->n_waiting = g_queue_get_length (&self->waiting);
}
