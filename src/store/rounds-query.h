/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a list asks for: kept copies of RoundsStoreQuery, and the job that answers one.
 * The list itself is in rounds-entry-list.c.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* A copy that owns its search. */
RoundsStoreQuery *rounds_query_copy (const RoundsStoreQuery *query);
void rounds_query_free (RoundsStoreQuery *query);
gboolean rounds_query_equal (const RoundsStoreQuery *a, const RoundsStoreQuery *b);

/* The order of lists: start, then id, then kind. Takes the entries themselves. */
int rounds_query_compare_entries (gconstpointer a, gconstpointer b);
/* Whether two entries show the same record in the same version. */
gboolean rounds_query_entries_are_equal (gconstpointer a, gconstpointer b);

/* A RoundsDbJob; @data is a RoundsStoreQuery. The result is a GPtrArray of RoundsEntry in order. */
gboolean rounds_query_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsStoreQuery, rounds_query_free)

G_END_DECLS
