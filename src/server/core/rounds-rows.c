/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the repositories do with statements again and again.
 * What a row is and which statement it is, is theirs.
 */

#include "config.h"

#include "rounds-rows.h"

GPtrArray *
rounds_rows_list (RoundsDbStatement *statement, RoundsRowFunc read, GDestroyNotify free_func,
                  GError **error)
{
  g_return_val_if_fail (statement != NULL && read != NULL && free_func != NULL, NULL);

  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_func);
  RoundsDbStep step;

  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    g_ptr_array_add (records, read (statement));

  return step == ROUNDS_DB_DONE ? g_steal_pointer (&records) : NULL;
}

gboolean
rounds_rows_change_one (RoundsDb *db, RoundsDbStatement *statement, gboolean *stored,
                        GError **error)
{
  g_return_val_if_fail (db != NULL && statement != NULL && stored != NULL, FALSE);

  if (!rounds_db_run (statement, error))
    return FALSE;

  *stored = rounds_db_get_changes (db) == 1;
  return TRUE;
}

void
rounds_rows_bind_count (RoundsDbStatement *statement, int position, int count)
{
  g_return_if_fail (statement != NULL);

  if (count >= 0)
    rounds_db_bind_int (statement, position, count);
  else
    rounds_db_bind_null (statement, position);
}

int
rounds_rows_get_count (RoundsDbStatement *statement, int column)
{
  g_return_val_if_fail (statement != NULL, -1);

  return rounds_db_is_null (statement, column) ? -1 : (int)rounds_db_get_int (statement, column);
}
