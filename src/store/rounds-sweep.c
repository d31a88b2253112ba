/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the cache has and the server has not.
 * Removing it is the work of who asks.
 */

#include "config.h"

#include "rounds-sweep.h"

char **
rounds_sweep_find (RoundsDb *db, const char *table, GHashTable *only, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM %s WHERE NOT EXISTS"
      " (SELECT 1 FROM outbox WHERE kind = '%s' AND record = id AND draft IS NOT NULL)",
      table, table);
  g_autoptr (RoundsDbStatement) rows = rounds_db_prepare (db, sql, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (rows != NULL && (step = rounds_db_step (rows, error)) == ROUNDS_DB_ROW)
    if (!g_hash_table_contains (only, rounds_db_get_text (rows, 0)))
      g_strv_builder_add (builder, rounds_db_get_text (rows, 0));
  return step == ROUNDS_DB_DONE ? g_strv_builder_end (builder) : NULL;
}
