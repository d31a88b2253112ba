/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The table of drafts, as RoundsDbJob functions and inside transactions of others.
 * The store's face on the main thread is rounds-store-drafts.h.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-store-drafts.h"

G_BEGIN_DECLS

/* @data: RoundsStoreDraft. */
gboolean rounds_save_draft_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
/* @data: RoundsStoreDraft, of which kind and record count. */
gboolean rounds_remove_draft_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
/* The same. Result: RoundsStoreDraft, or G_IO_ERROR_NOT_FOUND. */
gboolean rounds_load_draft_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
/* @data: a kind (text) or NULL. Result: a GPtrArray of RoundsStoreDraft. */
gboolean rounds_list_drafts_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

/* The same inside a transaction of somebody else. */
gboolean rounds_drafts_put (RoundsDb *db, const RoundsStoreDraft *draft, GError **error);
gboolean rounds_drafts_remove (RoundsDb *db, const RoundsStoreDraft *draft, GError **error);
/* The record has another id from now on. */
gboolean rounds_drafts_repoint (RoundsDb *db, const char *from, const char *to, GError **error);

G_END_DECLS
