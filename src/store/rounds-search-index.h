/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the search knows of records: at once for single ones, later for many.
 * Runs on the database's thread. How words are cut is in rounds-words.h.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-record-kind.h"

G_BEGIN_DECLS

/* Inside a transaction: the words of the row @number, now. */
gboolean
rounds_search_index_put (RoundsDb *db, const RoundsRecordKind *kind, gint64 number, GError **error);
/* Inside a transaction: the row @number has changed, or is new; its words come later. */
gboolean rounds_search_index_defer (RoundsDb *db, const RoundsRecordKind *kind, gint64 number,
                                    GError **error);
/* The same for every row of @kind. */
gboolean rounds_search_index_defer_all (RoundsDb *db, const RoundsRecordKind *kind, GError **error);
/* The same for the records that name a person of the directory. */
gboolean rounds_search_index_defer_person (RoundsDb *db, const char *person_id, GError **error);
/* How many rows wait, counted up to ROUNDS_SEARCH_INDEX_MANY. */
#define ROUNDS_SEARCH_INDEX_MANY 200
gboolean rounds_search_index_count_waiting (RoundsDb *db, guint *n_waiting, GError **error);

/* A RoundsDbJob without data: the words of some of the rows that wait, in a transaction of its own.
 * The result is whether others still do. */
gboolean rounds_search_index_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

G_END_DECLS
