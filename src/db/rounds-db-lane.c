/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The thread of a RoundsDbWorker: takes job after job, and has a damaged file mended in between.
 * It looks into no job; one that is slow makes those behind it wait.
 */

#include "config.h"

#include "rounds-db-lane.h"

#include <string.h>

#include <gio/gio.h>

void
rounds_db_lane_job_free (RoundsDbLaneJob *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_object (&job->cancellable);
  g_free (job->migrations);
  g_free (job);
}

static void
clear_lane (gpointer data)
{
  RoundsDbLane *lane = data;

  g_async_queue_unref (lane->jobs);
  g_free (lane->path);
  explicit_bzero (lane->key, sizeof lane->key);
  g_weak_ref_clear (&lane->owner);
  g_clear_pointer (&lane->reader, rounds_db_lane_unref);
  g_mutex_clear (&lane->guard);
  g_free (lane->migrations);
}

RoundsDbLane *
rounds_db_lane_new (const char *path, const guint8 *key, gboolean is_reader)
{
  RoundsDbLane *lane = g_atomic_rc_box_new0 (RoundsDbLane);

  lane->jobs = g_async_queue_new ();
  lane->path = g_strdup (path);
  lane->has_key = key != NULL;
  if (key != NULL)
    memcpy (lane->key, key, sizeof lane->key);
  lane->is_reader = is_reader;
  g_weak_ref_init (&lane->owner, NULL);
  g_mutex_init (&lane->guard);
  return lane;
}

RoundsDbLane *
rounds_db_lane_ref (RoundsDbLane *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rounds_db_lane_unref (RoundsDbLane *self)
{
  g_atomic_rc_box_release_full (self, clear_lane);
}

static const guint8 *
get_key (RoundsDbLane *lane)
{
  return lane->has_key ? lane->key : NULL;
}

/* @is_doubtful: the whole file is read first. */
static gboolean
open_connection (RoundsDbLane *lane, gboolean is_doubtful, GError **error)
{
  RoundsDbOptions options = {
    .path = lane->path,
    .key = get_key (lane),
    .read_only = lane->is_reader,
    /* A reader walks along: it comes back to few pages but the upper ones of its indexes. */
    .cache_kib = lane->is_reader ? 800 : 0,
  };
  g_autoptr (RoundsDb) db = rounds_db_open (&options, error);

  if (db == NULL || (is_doubtful && !rounds_db_check (db, error))
      || (!lane->is_reader && !rounds_db_migrate (db, lane->migrations, lane->n_migrations, error)))
    return FALSE;
  lane->db = g_steal_pointer (&db);
  return TRUE;
}

static gboolean
open_first (RoundsDbLane *lane, RoundsDbLaneJob *job, GError **error)
{
  if (lane->db != NULL)
    return TRUE;
  g_free (lane->migrations);
  lane->migrations = g_steal_pointer (&job->migrations);
  lane->n_migrations = job->n_migrations;
  return open_connection (lane, lane->doubt != NULL && lane->doubt (lane->path), error);
}

static gboolean
mended_idle (gpointer data)
{
  RoundsDbLane *lane = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&lane->owner);

  if (owner != NULL)
    lane->mended (owner);
  return G_SOURCE_REMOVE;
}

/* Another file takes the place of the damaged one. SQLite must not have it open anywhere: the last
 * connection that closes removes the log beside the path, which is the new file's by then. */
static gboolean
mend (RoundsDbLane *lane, GError **error)
{
  gboolean is_mended;

  if (lane->reader != NULL)
    {
      g_mutex_lock (&lane->reader->guard);
      g_clear_pointer (&lane->reader->db, rounds_db_close);
    }
  g_clear_pointer (&lane->db, rounds_db_close);
  is_mended = lane->mend (lane->path, get_key (lane), error);
  /* Where that failed, what can be read of the old one still is. */
  if (!open_connection (lane, FALSE, is_mended ? error : NULL))
    is_mended = FALSE;
  if (lane->reader != NULL)
    g_mutex_unlock (&lane->reader->guard);
  if (is_mended)
    g_idle_add_full (G_PRIORITY_DEFAULT, mended_idle, rounds_db_lane_ref (lane),
                     (GDestroyNotify)rounds_db_lane_unref);
  return is_mended;
}

static gboolean
run_job (RoundsDbLane *lane, const RoundsDbLaneJob *job, GValue *result, GError **error)
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
refuse_closed (GError **error)
{
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN, "The database is not open");
  return FALSE;
}

/* With the key that opened it, a file can only turn out to be none when its first page was written
 * over. Takes @error. */
static GError *
name_damage (GError *error)
{
  if (g_error_matches (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_KEY))
    error->code = ROUNDS_DB_ERROR_DAMAGED;
  return error;
}

static gboolean
run_reading (RoundsDbLane *lane, const RoundsDbLaneJob *job, GValue *result, GError **error)
{
  GError *failure = NULL;
  gboolean done;

  g_mutex_lock (&lane->guard);
  done = (lane->db != NULL || open_connection (lane, FALSE, &failure))
         && run_job (lane, job, result, &failure);
  g_mutex_unlock (&lane->guard);
  if (!done)
    g_propagate_error (error, name_damage (failure));
  return done;
}

/* Whoever asked for the job hears of damage only when it could not be mended. */
static gboolean
run_mending (RoundsDbLane *lane, const RoundsDbLaneJob *job, GValue *result, GError **error)
{
  g_autoptr (GError) damage = NULL;

  if (lane->db == NULL)
    return refuse_closed (error);
  if (run_job (lane, job, result, &damage))
    return TRUE;
  damage = name_damage (damage);
  if (lane->mend == NULL || !g_error_matches (damage, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED)
      || !mend (lane, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return FALSE;
    }
  if (G_IS_VALUE (result))
    g_value_unset (result);
  return run_job (lane, job, result, error);
}

/* Our own connection remembers pages that are no longer as it read them. */
static gboolean
is_whole (RoundsDbLane *lane)
{
  RoundsDbOptions options = { .path = lane->path, .key = get_key (lane), .read_only = TRUE };
  g_autoptr (RoundsDb) db = rounds_db_open (&options, NULL);

  return db != NULL && rounds_db_check (db, NULL);
}

static gboolean
check_and_mend (RoundsDbLane *lane, GError **error)
{
  if (lane->db == NULL)
    return refuse_closed (error);
  return is_whole (lane) || mend (lane, error);
}

static gboolean
perform (RoundsDbLane *lane, RoundsDbLaneJob *job, GValue *result, GError **error)
{
  switch (job->kind)
    {
    case ROUNDS_DB_LANE_OPEN:
      return open_first (lane, job, error);
    case ROUNDS_DB_LANE_MEND:
      return check_and_mend (lane, error);
    case ROUNDS_DB_LANE_CLOSE:
      g_mutex_lock (&lane->guard);
      g_clear_pointer (&lane->db, rounds_db_close);
      g_mutex_unlock (&lane->guard);
      return TRUE;
    case ROUNDS_DB_LANE_RUN:
    default:
      return lane->is_reader ? run_reading (lane, job, result, error)
                             : run_mending (lane, job, result, error);
    }
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
finish_job (RoundsDbLane *lane, RoundsDbLaneJob *job)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  gboolean done = perform (lane, job, &delivery->result, &delivery->error);

  g_assert (done == (delivery->error == NULL));
  delivery->promise = job->promise;
  rounds_db_lane_job_free (job);
  if (done && !G_IS_VALUE (&delivery->result))
    {
      g_value_init (&delivery->result, G_TYPE_BOOLEAN);
      g_value_set_boolean (&delivery->result, TRUE);
    }
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_idle, delivery, free_delivery);
}

gpointer
rounds_db_lane_run (gpointer data)
{
  RoundsDbLane *lane = data;
  RoundsDbLaneKind kind;

  do
    {
      RoundsDbLaneJob *job = g_async_queue_pop (lane->jobs);

      kind = job->kind;
      finish_job (lane, job);
    }
  while (kind != ROUNDS_DB_LANE_CLOSE);
  rounds_db_lane_unref (lane);
  return NULL;
}
