/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the thread of a RoundsDbWorker lives on, and its jobs.
 * Only the worker includes this.
 */

#pragma once

#include "rounds-db-worker.h"

G_BEGIN_DECLS

#define ROUNDS_DB_LANE_KEY_LENGTH 32

typedef struct _RoundsDbLane RoundsDbLane;

/* It outlives the object when that is dropped with jobs still queued. Atomic reference count. */
struct _RoundsDbLane
{
  GAsyncQueue *jobs; /* of RoundsDbLaneJob, taken */
  char *path;
  guint8 key[ROUNDS_DB_LANE_KEY_LENGTH];
  gboolean has_key;
  gboolean is_reader;

  /* Set before the first job. */
  RoundsDbDoubt doubt; /* or NULL */
  RoundsDbMend mend; /* or NULL */
  RoundsDbMended mended;
  GWeakRef owner; /* of mended */
  RoundsDbLane *reader; /* whose connection has to be closed meanwhile */

  GMutex guard; /* of db, which a reader's writer may close */
  RoundsDb *db; /* the thread's; NULL until open */
  RoundsDbMigration *migrations; /* owned array, borrowed SQL */
  gsize n_migrations;
};

typedef enum
{
  ROUNDS_DB_LANE_OPEN,
  ROUNDS_DB_LANE_RUN,
  ROUNDS_DB_LANE_MEND,
  ROUNDS_DB_LANE_CLOSE, /* the last one of a lane */
} RoundsDbLaneKind;

typedef struct
{
  RoundsDbLaneKind kind;
  DexPromise *promise;
  RoundsDbJob run;
  gpointer data;
  GDestroyNotify free_data;
  GCancellable *cancellable; /* or NULL */
  RoundsDbMigration *migrations; /* of OPEN: owned array, borrowed SQL */
  gsize n_migrations;
} RoundsDbLaneJob;

/* @path and @key are copied. */
RoundsDbLane *rounds_db_lane_new (const char *path, const guint8 *key, gboolean is_reader);
RoundsDbLane *rounds_db_lane_ref (RoundsDbLane *self);
void rounds_db_lane_unref (RoundsDbLane *self);
/* The thread; @data: a RoundsDbLane, taken. Ends with the job CLOSE. */
gpointer rounds_db_lane_run (gpointer data);

/* For one that was never queued. */
void rounds_db_lane_job_free (RoundsDbLaneJob *job);

G_END_DECLS
