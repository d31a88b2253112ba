/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What happens to an edit, as RoundsDbJob functions: each is one transaction over cache and outbox.
 * The store's face on the main thread is rounds-store-outbox.h.
 */

#pragma once

#include "rounds-store-drafts.h"
#include "rounds-store-jobs.h"

G_BEGIN_DECLS

typedef struct
{
  RoundsOutboxItem *item;
  RoundsEntry *entry; /* a new record as we show it, or the server's answer; or NULL */
  RoundsStoreDraft *typed; /* what the edit was typed into; or NULL */
} RoundsOutboxStep;
/* Copies @item and @typed. */
RoundsOutboxStep *rounds_outbox_step_new (const RoundsOutboxItem *item, RoundsEntry *entry,
                                          const RoundsStoreDraft *typed);
void rounds_outbox_step_free (gpointer data);

/* @data: RoundsOutboxStep. Result: RoundsOutcome. All or nothing. */
gboolean rounds_outbox_add_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
gboolean rounds_outbox_update_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
gboolean rounds_outbox_settle_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
gboolean rounds_outbox_drop_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

/* Result: a GPtrArray of RoundsOutboxItem, oldest first. */
gboolean rounds_outbox_list_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
/* @data: RoundsKey. Result: RoundsEntry, or G_IO_ERROR_NOT_FOUND when nothing is under edits. */
gboolean rounds_original_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

G_END_DECLS
