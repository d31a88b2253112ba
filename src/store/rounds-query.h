/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a list asks for: kept copies of RoundsStoreQuery, and the jobs that answer.
 * The list itself is in rounds-entry-list.c.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-order.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* A copy that owns its texts. */
RoundsStoreQuery *rounds_query_copy (const RoundsStoreQuery *query);
void rounds_query_free (RoundsStoreQuery *query);
gboolean rounds_query_equal (const RoundsStoreQuery *a, const RoundsStoreQuery *b);
gboolean rounds_query_has_words (const RoundsStoreQuery *query);

/* Up to this many rows are read with the order, so that a short list never shows a blank row. */
#define ROUNDS_QUERY_SHORT 512

typedef struct
{
  RoundsStoreQuery *query;
  RoundsOrder *old; /* what the list shows */
  GHashTable *known; /* RoundsRowKey → RoundsEntry: the rows that it has in memory */
  guint most; /* rows, of each kind; 0: all there are */
} RoundsQuestion;
RoundsQuestion *rounds_question_new (const RoundsStoreQuery *query, RoundsOrder *old,
                                     GHashTable *known, guint most);
void rounds_question_free (gpointer data);

/* Boxed, atomic reference count. */
typedef struct
{
  RoundsOrder *order;
  gboolean is_cut; /* there may be more rows than were asked for */
  GArray *hunks; /* of RoundsHunk, from the old order */
  GHashTable *entries; /* RoundsRowKey → RoundsEntry: rows that are new or differ from the known */
} RoundsAnswer;
#define ROUNDS_TYPE_ANSWER (rounds_answer_get_type ())
GType rounds_answer_get_type (void) G_GNUC_CONST;
RoundsAnswer *rounds_answer_ref (RoundsAnswer *self);
void rounds_answer_unref (RoundsAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAnswer, rounds_answer_unref)

/* A RoundsDbJob; @data is a RoundsQuestion. The result is a RoundsAnswer. */
gboolean rounds_query_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
/* A RoundsDbJob; @data is a GArray of RoundsRowKey. The result is a GHashTable of them →
 * RoundsEntry, without those that are gone. */
gboolean rounds_query_rows_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

/* A table for the two above. (transfer full) */
GHashTable *rounds_query_rows_new (void);

/* Whether two entries show the same record in the same version. */
gboolean rounds_query_entries_are_equal (gconstpointer a, gconstpointer b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsStoreQuery, rounds_query_free)

G_END_DECLS
