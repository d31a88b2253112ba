/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One write: as a part of a transaction that others share, or alone with one of its own.
 * It looks into no job.
 */

#include "config.h"

#include "rounds-db-job.h"

#include "rounds-db-driver.h"

/* Of one job that PostgreSQL undoes for meeting another. */
#define MAX_ATTEMPTS 8
#define RETRY_PAUSE_USEC 10000

static gboolean
call_job (RoundsDb *db, RoundsDbWriteFunc func, gpointer data, GError **error)
{
  gboolean done;

  db->fixed = TRUE;
  done = func (db, data, error);
  db->fixed = FALSE;
  g_assert (done || error == NULL || *error != NULL);
  return done;
}

gboolean
rounds_db_job_run_part (RoundsDb *db, RoundsDbWrite *job, GError **error)
{
  if (!rounds_db_savepoint (db, error))
    return FALSE;
  if (call_job (db, job->func, job->data, &job->error))
    return rounds_db_release (db, error);
  /* On a full disk and the like SQLite undoes everything by itself. */
  if (db->driver->in_transaction (db))
    return rounds_db_undo (db, error);
  g_propagate_error (error, g_error_copy (job->error));
  return FALSE;
}

static gboolean
run_once (RoundsDb *db, const RoundsDbWrite *job, GError **error)
{
  if (!rounds_db_begin (db, error))
    return FALSE;
  if (call_job (db, job->func, job->data, error))
    return rounds_db_commit (db, error);
  rounds_db_rollback (db);
  return FALSE;
}

gboolean
rounds_db_job_run_alone (RoundsDb *db, const RoundsDbWrite *job, GError **error)
{
  g_autoptr (GError) failure = NULL;

  for (int attempt = 1; !run_once (db, job, &failure); attempt++)
    {
      if (attempt == MAX_ATTEMPTS || !rounds_db_error_can_retry (failure))
        break;
      g_clear_error (&failure);
      /* At once, it would meet the same one again; by chance, two do not wait equally long. */
      g_usleep ((gulong)g_random_int_range (0, attempt * RETRY_PAUSE_USEC));
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
