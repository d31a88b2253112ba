/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Writes that answer only once they are safe: on SQLite, those that wait share one commit.
 * For threads that block (the server's); the app has RoundsDbWorker.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* One owner; any thread may run jobs. */
typedef struct _RoundsDbWriter RoundsDbWriter;

/* Reads and writes in a transaction that is open already, and neither begins nor ends one. FALSE
 * with @error undoes what it did; the error of a statement is passed on as it is, since that says
 * whether the job may run again. A second run starts from nothing and keeps nothing of the first.
 */
typedef gboolean (*RoundsDbWriteFunc) (RoundsDb *db, gpointer data, GError **error);

/* A write that goes on its own way. */
typedef struct
{
  RoundsDbWriteFunc func;
  gpointer data;
  GError *error; /* NULL before; afterwards as that of rounds_db_writer_run(), to be freed */
  struct _RoundsDbWaiter *waiter; /* the writer's own; NULL */
} RoundsDbWrite;

/* Some of those that were pushed, after their COMMIT or when they have failed: they are their
 * owners' again. */
typedef void (*RoundsDbWrittenFunc) (RoundsDbWrite *const *writes, guint n_writes,
                                     gpointer user_data);

typedef struct
{
  guint64 n_done; /* jobs that were committed */
  guint64 n_failed; /* jobs that were not */
  guint64 n_commits;
  guint n_waiting; /* right now */
} RoundsDbWriterCounts;

/* SQLite: opens a connection of its own, with full_sync whatever @options say. */
RoundsDbWriter *
rounds_db_writer_new (const RoundsDbOptions *options, guint max_waiting, GError **error);
/* PostgreSQL: jobs run on their callers' connections. */
RoundsDbWriter *rounds_db_writer_new_direct (void);
/* Finishes the waiting jobs. Nobody may run one any more. */
void rounds_db_writer_free (RoundsDbWriter *self);

gboolean rounds_db_writer_run (RoundsDbWriter *self, RoundsDb *own, RoundsDbWriteFunc func,
                               gpointer data, GError **error);
gboolean rounds_db_writer_set_written (RoundsDbWriter *self, RoundsDbWrittenFunc written,
                                       gpointer user_data);
gboolean rounds_db_writer_push (RoundsDbWriter *self, RoundsDbWrite *write);
/* rounds_db_read_stamp() of what is written to. Any thread. */
gboolean rounds_db_writer_read_stamp (RoundsDbWriter *self, RoundsDbStamp *stamp);
guint64 rounds_db_writer_read_loud (RoundsDbWriter *self, const RoundsDbStamp *stamp);
void rounds_db_writer_get_counts (RoundsDbWriter *self, RoundsDbWriterCounts *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDbWriter, rounds_db_writer_free)

G_END_DECLS
