/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The table of edits that the server has not taken yet.
 * What is under them is in rounds-original.c, what they do to the cache in rounds-outbox-jobs.c.
 */

#include "config.h"

#include "rounds-outbox.h"

#define COLUMNS                                                                                    \
  "name, key, kind, record, state, draft, status, notes, base_status, base_notes, attempts,"       \
  " reason, made_at, changes, base_changes"

static const char *
name_kind (RoundsEntryKind kind)
{
  return kind == ROUNDS_ENTRY_MEETING ? "meeting" : "appointment";
}

static const char *
name_status (const RoundsOutboxItem *item, int status)
{
  if (!rounds_outbox_item_is_step (item))
    return NULL;
  return item->kind == ROUNDS_ENTRY_MEETING ? rounds_meeting_status_to_string (status)
                                            : rounds_appointment_status_to_string (status);
}

static gboolean
read_status (RoundsEntryKind kind, const char *word, int *status, GError **error)
{
  RoundsMeetingStatus of_meeting = ROUNDS_MEETING_SCHEDULED;
  RoundsAppointmentStatus of_appointment = ROUNDS_APPOINTMENT_REQUESTED;
  gboolean is_known = kind == ROUNDS_ENTRY_MEETING
                          ? rounds_meeting_status_from_string (word, &of_meeting)
                          : rounds_appointment_status_from_string (word, &of_appointment);

  if (!is_known)
    {
      g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
                           "The cache holds an unknown word in outbox.status");
      return FALSE;
    }
  *status = kind == ROUNDS_ENTRY_MEETING ? (int)of_meeting : (int)of_appointment;
  return TRUE;
}

static RoundsOutboxItem *
read_item (RoundsDbStatement *row, GError **error)
{
  g_autoptr (RoundsOutboxItem) item = g_new0 (RoundsOutboxItem, 1);

  item->name = g_strdup (rounds_db_get_text (row, 0));
  item->key = g_strdup (rounds_db_get_text (row, 1));
  item->kind = g_strcmp0 (rounds_db_get_text (row, 2), "meeting") == 0 ? ROUNDS_ENTRY_MEETING
                                                                       : ROUNDS_ENTRY_APPOINTMENT;
  item->record = g_strdup (rounds_db_get_text (row, 3));
  item->state = (RoundsOutboxState)rounds_db_get_int (row, 4);
  item->draft = g_strdup (rounds_db_get_text (row, 5));
  item->notes = g_strdup (rounds_db_get_text (row, 7));
  item->has_base = item->draft == NULL;
  item->base_notes = g_strdup (rounds_db_get_text (row, 9));
  item->attempts = (guint)rounds_db_get_int (row, 10);
  item->reason = g_strdup (rounds_db_get_text (row, 11));
  item->made_at = rounds_db_get_int (row, 12);
  item->changes = g_strdup (rounds_db_get_text (row, 13));
  item->base_changes = g_strdup (rounds_db_get_text (row, 14));
  if (rounds_outbox_item_is_step (item)
      && (!read_status (item->kind, rounds_db_get_text (row, 6), &item->status, error)
          || !read_status (item->kind, rounds_db_get_text (row, 8), &item->base_status, error)))
    return NULL;
  return g_steal_pointer (&item);
}

/* Name and all that may change. */
static void
bind_rest (RoundsDbStatement *row, const RoundsOutboxItem *item)
{
  rounds_db_bind_text (row, 1, item->name);
  rounds_db_bind_text (row, 2, item->key);
  rounds_db_bind_text (row, 3, item->record);
  rounds_db_bind_int (row, 4, item->state);
  rounds_db_bind_text (row, 5, name_status (item, item->status));
  rounds_db_bind_text (row, 6, item->notes);
  rounds_db_bind_text (row, 7, name_status (item, item->base_status));
  rounds_db_bind_text (row, 8, item->base_notes);
  rounds_db_bind_int (row, 9, item->attempts);
  rounds_db_bind_text (row, 10, item->reason);
  rounds_db_bind_text (row, 11, item->changes);
  rounds_db_bind_text (row, 12, item->base_changes);
}

gboolean
rounds_outbox_add (RoundsDb *db, const RoundsOutboxItem *item, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db,
                           "INSERT INTO outbox (name, key, record, state, status, notes,"
                           " base_status, base_notes, attempts, reason, changes, base_changes,"
                           " kind, draft, made_at)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
                           " $15)",
                           error);

  if (row == NULL)
    return FALSE;
  bind_rest (row, item);
  rounds_db_bind_text (row, 13, name_kind (item->kind));
  rounds_db_bind_text (row, 14, item->draft);
  rounds_db_bind_int (row, 15, item->made_at);
  return rounds_db_run (row, error);
}

gboolean
rounds_outbox_update (RoundsDb *db, const RoundsOutboxItem *item, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db,
                           "UPDATE outbox SET key = $2, record = $3, state = $4, status = $5,"
                           " notes = $6, base_status = $7, base_notes = $8, attempts = $9,"
                           " reason = $10, changes = $11, base_changes = $12 WHERE name = $1",
                           error);

  if (row == NULL)
    return FALSE;
  bind_rest (row, item);
  return rounds_db_run (row, error);
}

gboolean
rounds_outbox_remove (RoundsDb *db, const char *name, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, "DELETE FROM outbox WHERE name = $1", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, name);
  return rounds_db_run (row, error);
}

gboolean
rounds_outbox_remove_all (RoundsDb *db, RoundsEntryKind kind, const char *record, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, "DELETE FROM outbox WHERE kind = $1 AND record = $2", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, name_kind (kind));
  rounds_db_bind_text (row, 2, record);
  return rounds_db_run (row, error);
}

gboolean
rounds_outbox_repoint (RoundsDb *db, RoundsEntryKind kind, const char *from, const char *to,
                       GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (
      db, "UPDATE outbox SET record = $3 WHERE kind = $1 AND record = $2", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, name_kind (kind));
  rounds_db_bind_text (row, 2, from);
  rounds_db_bind_text (row, 3, to);
  return rounds_db_run (row, error);
}

static RoundsDbStatement *
prepare_list (RoundsDb *db, RoundsEntryKind kind, const char *record, GError **error)
{
  RoundsDbStatement *rows;

  if (record == NULL)
    return rounds_db_prepare (db, "SELECT " COLUMNS " FROM outbox ORDER BY number", error);

  rows = rounds_db_prepare (
      db, "SELECT " COLUMNS " FROM outbox WHERE kind = $1 AND record = $2 ORDER BY number", error);
  if (rows != NULL)
    {
      rounds_db_bind_text (rows, 1, name_kind (kind));
      rounds_db_bind_text (rows, 2, record);
    }
  return rows;
}

GPtrArray *
rounds_outbox_list (RoundsDb *db, RoundsEntryKind kind, const char *record, GError **error)
{
  g_autoptr (RoundsDbStatement) rows = prepare_list (db, kind, record, error);
  g_autoptr (GPtrArray) items
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_outbox_item_free);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (rows != NULL && (step = rounds_db_step (rows, error)) == ROUNDS_DB_ROW)
    {
      RoundsOutboxItem *item = read_item (rows, error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&items) : NULL;
}

GHashTable *
rounds_outbox_list_records (RoundsDb *db, RoundsEntryKind kind, GError **error)
{
  g_autoptr (RoundsDbStatement) rows
      = rounds_db_prepare (db, "SELECT DISTINCT record FROM outbox WHERE kind = $1", error);
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RoundsDbStep step;

  if (rows == NULL)
    return NULL;
  rounds_db_bind_text (rows, 1, name_kind (kind));
  while ((step = rounds_db_step (rows, error)) == ROUNDS_DB_ROW)
    g_hash_table_add (records, g_strdup (rounds_db_get_text (rows, 0)));
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&records) : NULL;
}

gboolean
rounds_outbox_get_state (RoundsDb *db, RoundsEntryKind kind, const char *record, int *state,
                         GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (
      db, "SELECT max (state) FROM outbox WHERE kind = $1 AND record = $2", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, name_kind (kind));
  rounds_db_bind_text (row, 2, record);
  if (rounds_db_step (row, error) != ROUNDS_DB_ROW)
    return FALSE;
  *state = (int)rounds_db_get_int (row, 0);
  return TRUE;
}
