/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What follows from the time alone: a call that is over, somebody who did not show up.
 * Two nodes that look at the same time take each step once: a step is stored only on the version
 * that was read.
 */

#include "config.h"

#include "rounds-call-sweep.h"

#include "rounds-call-steps.h"
#include "rounds-heap.h"
#include "rounds-server-database.h"

#define LOOK_EVERY (30 * G_USEC_PER_SEC)

struct _RoundsCallSweep
{
  RoundsDb *db;
  RoundsDbWriter *writer;
  RoundsClock *clock;
  GThread *thread;
  GMutex mutex;
  GCond ended;
  gboolean ending; /* guarded by mutex */
};

typedef struct
{
  const RoundsCall *call;
  gint64 now;
} Step;

static gboolean
take_step (RoundsDb *db, gpointer data, GError **error)
{
  const Step *step = data;
  return rounds_call_steps_take (db, step->call, step->now, error);
}

gboolean
rounds_call_sweep_look (RoundsDb *db, RoundsDbWriter *writer, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && writer != NULL, FALSE);

  g_autoptr (GPtrArray) calls = rounds_call_steps_list_due (db, now, error);
  if (calls == NULL)
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    {
      Step step = { .call = g_ptr_array_index (calls, i), .now = now };
      if (!rounds_db_writer_run (writer, db, take_step, &step, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
wait_a_while (RoundsCallSweep *self)
{
  gint64 end = g_get_monotonic_time () + LOOK_EVERY;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (!self->ending && g_cond_wait_until (&self->ended, &self->mutex, end))
    ;
  return !self->ending;
}

static gpointer
run_sweep (gpointer data)
{
  RoundsCallSweep *self = data;

  do
    {
      g_autoptr (GError) error = NULL;
      if (!rounds_call_sweep_look (self->db, self->writer, rounds_clock_now (self->clock), &error))
        g_warning ("Calls cannot be looked through: %s", error->message);
      rounds_db_sleep (self->db);
      rounds_heap_give_own_end_back ();
    }
  while (wait_a_while (self));
  return NULL;
}

RoundsCallSweep *
rounds_call_sweep_start (const RoundsServerConfig *config, RoundsDbWriter *writer,
                         RoundsClock *clock, GError **error)
{
  g_return_val_if_fail (config != NULL && writer != NULL && clock != NULL, NULL);

  RoundsDb *db = rounds_server_database_open (config, ROUNDS_DATABASE_SERVE, error);
  if (db == NULL)
    return NULL;
  RoundsCallSweep *self = g_new0 (RoundsCallSweep, 1);
  self->db = db;
  self->writer = writer;
  self->clock = g_object_ref (clock);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->thread = g_thread_new ("sweep", run_sweep, self);
  return self;
}

void
rounds_call_sweep_free (RoundsCallSweep *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  rounds_db_close (self->db);
  g_object_unref (self->clock);
  g_cond_clear (&self->ended);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
