/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsStore, for the files that make up the object.
 * Nobody else includes this, the files of the tables neither.
 */

#pragma once

#include "rounds-db-worker.h"
#include "rounds-directory.h"
#include "rounds-store-jobs.h"
#include "rounds-store-private.h"

G_BEGIN_DECLS

struct _RoundsStore
{
  GObject parent_instance;
  char *path;
  RoundsDbWorker *worker;
  RoundsDbWorker *reader; /* another connection to the same file; in memory there is but one */
  RoundsDirectory *directory;
  GError *stand_in_reason; /* why it is in memory, in the place of a file; or NULL */
  DexFuture *closed; /* once close was asked for */
  gboolean is_open;
  gboolean is_mending; /* a part of the file could not be read */
  gboolean is_damaged; /* and it could not be mended */
  guint teach_source;
  gboolean is_teaching; /* a batch of the search index is queued */
};

typedef enum
{
  ROUNDS_STORE_CHANGED,
  ROUNDS_STORE_DIRECTORY_CHANGED,
  ROUNDS_STORE_SEARCH_CHANGED,
  ROUNDS_STORE_DAMAGED,
  ROUNDS_STORE_MENDED,
  ROUNDS_STORE_N_SIGNALS
} RoundsStoreSignal;

/* rounds-store.c */
void rounds_store_emit (RoundsStore *self, RoundsStoreSignal signal);
/* Models and signals follow what a job has done. */
void rounds_store_announce (RoundsStore *self, const RoundsOutcome *outcome);

/* rounds-store-teach.c: has the search learn @n_untaught records. */
void rounds_store_plan_teaching (RoundsStore *self, guint n_untaught);

/* rounds-store-mend.c */
/* Takes @future, of a job: acts on damage, and speaks of the store instead of its database. */
DexFuture *
rounds_store_watch_damage (RoundsStore *self, DexFuture *future) G_GNUC_WARN_UNUSED_RESULT;
/* Another file is in the place of the damaged one; a RoundsDbMended. */
void rounds_store_mended (GObject *self);

G_END_DECLS
