/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Rows of drafts in and out of their table.
 * Runs on the database's thread.
 */

#include "config.h"

#include "rounds-draft-rows.h"

#include <gio/gio.h>

#include "rounds-effort.h"

static RoundsStoreDraft *
read_row (RoundsDbStatement *row)
{
  return rounds_store_draft_new (rounds_db_get_text (row, 0), rounds_db_get_text (row, 1),
                                 rounds_db_get_text (row, 2), rounds_db_get_int (row, 3));
}

gboolean
rounds_drafts_put (RoundsDb *db, const RoundsStoreDraft *draft, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db,
                           "INSERT OR REPLACE INTO draft (kind, record, payload, updated_at)"
                           " VALUES ($1, $2, $3, $4)",
                           error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, draft->kind);
  rounds_db_bind_text (row, 2, draft->record);
  rounds_db_bind_text (row, 3, draft->payload);
  rounds_db_bind_int (row, 4, draft->updated_at);
  return rounds_db_run (row, error);
}

gboolean
rounds_drafts_remove (RoundsDb *db, const RoundsStoreDraft *draft, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, "DELETE FROM draft WHERE kind = $1 AND record = $2", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, draft->kind);
  rounds_db_bind_text (row, 2, draft->record);
  return rounds_db_run (row, error);
}

gboolean
rounds_save_draft_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  return rounds_effort_be_durable (db, TRUE, error) && rounds_drafts_put (db, data, error)
         && rounds_effort_be_durable (db, FALSE, error);
}

gboolean
rounds_remove_draft_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  return rounds_drafts_remove (db, data, error);
}

gboolean
rounds_load_draft_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const RoundsStoreDraft *draft = data;
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (
      db, "SELECT kind, record, payload, updated_at FROM draft WHERE kind = $1 AND record = $2",
      error);
  RoundsDbStep step;

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, draft->kind);
  rounds_db_bind_text (row, 2, draft->record);
  step = rounds_db_step (row, error);
  if (step == ROUNDS_DB_DONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such draft");
  if (step != ROUNDS_DB_ROW)
    return FALSE;
  g_value_init (result, ROUNDS_TYPE_STORE_DRAFT);
  g_value_take_boxed (result, read_row (row));
  return TRUE;
}

gboolean
rounds_list_drafts_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (GPtrArray) drafts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_store_draft_free);
  g_autoptr (RoundsDbStatement) rows
      = rounds_db_prepare (db,
                           "SELECT kind, record, payload, updated_at FROM draft"
                           " WHERE $1 IS NULL OR kind = $1 ORDER BY updated_at DESC, kind, record",
                           error);
  RoundsDbStep step;

  if (rows == NULL)
    return FALSE;
  rounds_db_bind_text (rows, 1, data);
  while ((step = rounds_db_step (rows, error)) == ROUNDS_DB_ROW)
    g_ptr_array_add (drafts, read_row (rows));
  if (step != ROUNDS_DB_DONE)
    return FALSE;
  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&drafts));
  return TRUE;
}

gboolean
rounds_drafts_repoint (RoundsDb *db, const char *from, const char *to, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, "UPDATE OR REPLACE draft SET record = $2 WHERE record = $1", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, from);
  rounds_db_bind_text (row, 2, to);
  return rounds_db_run (row, error);
}
