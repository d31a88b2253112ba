/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The algorithm behind the tables of the directory.
 * Columns are in the files of the single tables.
 */

#include "config.h"

#include "rounds-table.h"

#define SEPARATOR "\x1f"

static gboolean
remove_row (const RoundsTable *table, RoundsDb *db, const char *id, gboolean *changed,
            GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, table->remove, error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, id);
  if (!rounds_db_run (statement, error))
    return FALSE;
  if (rounds_db_get_changes (db) > 0)
    *changed = TRUE;
  return TRUE;
}

/* The ids that stand in the table and not in @listed. */
static GPtrArray *
find_gone (const RoundsTable *table, RoundsDb *db, GHashTable *listed, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, table->list_ids, error);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (statement != NULL && (step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    if (!g_hash_table_contains (listed, rounds_db_get_text (statement, 0)))
      g_ptr_array_add (gone, g_strdup (rounds_db_get_text (statement, 0)));
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&gone) : NULL;
}

gboolean
rounds_table_replace (const RoundsTable *table, RoundsDb *db, GPtrArray *records, gboolean *changed,
                      GError **error)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) gone = NULL;

  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (listed, (gpointer)table->get_id (records->pdata[i]));
  gone = find_gone (table, db, listed, error);
  if (gone == NULL)
    return FALSE;
  for (guint i = 0; i < gone->len; i++)
    if (!remove_row (table, db, gone->pdata[i], changed, error))
      return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!table->put (db, records->pdata[i], changed, error))
      return FALSE;
  return TRUE;
}

gboolean
rounds_table_remove (const RoundsTable *table, RoundsDb *db, const char *id, gboolean *changed,
                     GError **error)
{
  return remove_row (table, db, id, changed, error);
}

char *
rounds_table_join (char **words)
{
  return words != NULL ? g_strjoinv (SEPARATOR, words) : g_strdup ("");
}

char **
rounds_table_split (const char *text)
{
  return g_strsplit (text != NULL ? text : "", SEPARATOR, -1);
}
