/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Threads that each own a database connection for life and take jobs from one queue.
 * What a job is, they do not know.
 */

#pragma once

#include "rounds-db.h"

#include "rounds-server-config.h"

G_BEGIN_DECLS

typedef void (*RoundsWorkerFunc) (gpointer job, RoundsDb *db, gpointer user_data);

typedef struct
{
  const char *name; /* of the threads, at most 10 characters; static */
  guint n_least; /* that stay when there is nothing to do; one does in any case */
  guint n_threads; /* that work at a time */
  guint n_most; /* with those that wait for a commit */
  guint max_waiting; /* jobs that may wait for a thread */
  const RoundsServerConfig *config; /* names the database; borrowed, outlives the pool */
  RoundsWorkerFunc func; /* runs each job, on any of the threads */
  gpointer user_data;
} RoundsWorkerPoolOptions;

/* One owner. */
typedef struct _RoundsWorkerPool RoundsWorkerPool;

/* Opens the connections of those that stay first, so that a database that cannot be opened is told
 * here. */
RoundsWorkerPool *rounds_worker_pool_new (const RoundsWorkerPoolOptions *options, GError **error);
/* FALSE, with @job still the caller's, when too many wait already. Any thread. */
gboolean rounds_worker_pool_push (RoundsWorkerPool *self, gpointer job);
/* Around a wait that is not work: another thread of the caller's pool may go on meanwhile. Outside
 * of a pool they do nothing. */
void rounds_worker_pool_begin_wait (void);
void rounds_worker_pool_end_wait (void);

/* A job that a worker has taken is to come back, however long that takes: it waits for something
 * without a thread. */
void rounds_worker_pool_send_away (RoundsWorkerPool *self);
/* So many of them are there again; before all others, and never refused. Any thread. */
void rounds_worker_pool_take_back (RoundsWorkerPool *self, gpointer const *jobs, guint n_jobs);

typedef struct
{
  guint n_threads;
  guint n_working;
  guint n_waiting; /* jobs */
} RoundsWorkerPoolCounts;

void rounds_worker_pool_get_counts (RoundsWorkerPool *self, RoundsWorkerPoolCounts *counts);

/* Finishes the waiting jobs, with those that are away, and ends the threads; pushing is refused
 * from the first moment on. */
void rounds_worker_pool_finish (RoundsWorkerPool *self);
/* Finishes first where that has not been done. Nobody may push any more. */
void rounds_worker_pool_free (RoundsWorkerPool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsWorkerPool, rounds_worker_pool_free)

G_END_DECLS
