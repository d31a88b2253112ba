/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the tables of the directory have in common: one listing replaces the rows, touching only
 * what differs. Runs on the database's thread, inside a transaction of the caller's.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

typedef struct
{
  const char *list_ids; /* SQL: column 0 is the id */
  const char *remove; /* SQL: $1 is the id */
  /* Borrowed. */
  const char *(*get_id) (gconstpointer record);
  /* Inserts or updates @record unless the row is the same already; sets @changed (never clears it).
   */
  gboolean (*put) (RoundsDb *db, gpointer record, gboolean *changed, GError **error);
} RoundsTable;

extern const RoundsTable rounds_person_table;
extern const RoundsTable rounds_hospital_table;

/* Both set @changed when a row changed and never clear it. */
gboolean rounds_table_replace (const RoundsTable *table, RoundsDb *db, GPtrArray *records,
                               gboolean *changed, GError **error);
gboolean rounds_table_remove (const RoundsTable *table, RoundsDb *db, const char *id,
                              gboolean *changed, GError **error);

/* Lists of words in one column, kept apart by U+001F. (transfer full) */
char *rounds_table_join (char **words);
char **rounds_table_split (const char *text);

G_END_DECLS
