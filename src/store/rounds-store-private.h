/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the store and its lists know of each other.
 * No other room sees it.
 */

#pragma once

#include "rounds-db-worker.h"
#include "rounds-store.h"

G_BEGIN_DECLS

RoundsEntryList *rounds_entry_list_new (RoundsStore *store, const RoundsStoreQuery *query);

/* Queues a job that only reads, beside the writing ones; see rounds_db_worker_ask(). Main thread.
 */
DexFuture *
rounds_store_ask (RoundsStore *self, RoundsDbJob job, gpointer data, GDestroyNotify free_data,
                  GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* Queues a job whose future speaks of the store, not of its database. Main thread. */
DexFuture *rounds_store_run_job (RoundsStore *self, RoundsDbJob job, gpointer data,
                                 GDestroyNotify free_data) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a job that resolves to a RoundsOutcome, which models and signals then tell, even
 * when nobody waits for the future any more. */
DexFuture *rounds_store_run_write (RoundsStore *self, RoundsDbJob job, gpointer data,
                                   GDestroyNotify free_data) G_GNUC_WARN_UNUSED_RESULT;

/* What rounds_store_rescue() does, here and now; a RoundsDbMend. */
gboolean rounds_store_rescue_now (const char *path, const guint8 *key, GError **error);

/* Takes @future; the one returned rejects with ROUNDS_STORE_ERROR where it rejects with
 * ROUNDS_DB_ERROR.
 */
DexFuture *rounds_store_translate_error (DexFuture *future) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
