/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Keeps the tables of records equal to the server's with the unsent edits on top.
 * When an edit comes or goes is in rounds-outbox-jobs.c.
 */

#include "config.h"

#include "rounds-overlay.h"

#include "rounds-outbox.h"
#include "rounds-query.h"
#include "rounds-record-table.h"

static gboolean
is_creation (GPtrArray *items)
{
  return items->len > 0 && ((const RoundsOutboxItem *)g_ptr_array_index (items, 0))->draft != NULL;
}

/* What to show of @entry, the server's version. One that is what we show already came out of the
 * cache, because the server's could not be read: it says nothing new. */
static RoundsEntry *
cover_entry (RoundsDb *db, RoundsEntry *entry, GError **error)
{
  RoundsEntryKind kind = rounds_entry_get_kind (entry);
  const char *id = rounds_entry_get_id (entry);
  g_autoptr (GPtrArray) items = rounds_outbox_list (db, kind, id, error);
  g_autoptr (RoundsEntry) kept = NULL;
  g_autoptr (RoundsEntry) original = NULL;

  if (items == NULL || !rounds_record_table_find (db, kind, id, &kept, error)
      || !rounds_original_get (db, kind, id, &original, error))
    return NULL;

  if (kept != NULL && original != NULL)
    {
      g_autoptr (RoundsEntry) plain
          = rounds_record_table_wrap (kind, rounds_record_table_unwrap (kept));

      if (rounds_query_entries_are_equal (plain, entry))
        return g_object_ref (entry);
    }
  if (!rounds_original_set (db, entry, error))
    return NULL;
  return rounds_outbox_items_apply (entry, items);
}

static void
add_record (GPtrArray *into, RoundsEntry *entry)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_MEETING)
    g_ptr_array_add (into, rounds_meeting_ref (rounds_entry_get_meeting (entry)));
  else
    g_ptr_array_add (into, rounds_appointment_ref (rounds_entry_get_appointment (entry)));
}

/* A record with edits that the server did not list: ours alone, or gone there. */
static gboolean
keep_unlisted (RoundsDb *db, RoundsEntryKind kind, const char *id, GPtrArray *into, GError **error)
{
  g_autoptr (GPtrArray) items = rounds_outbox_list (db, kind, id, error);
  g_autoptr (RoundsEntry) kept = NULL;

  if (items == NULL)
    return FALSE;
  if (!is_creation (items))
    return rounds_original_remove (db, kind, id, error);
  if (!rounds_record_table_find (db, kind, id, &kept, error))
    return FALSE;
  if (kept != NULL)
    add_record (into, kept);
  return TRUE;
}

static gboolean
keep_all_unlisted (RoundsDb *db, RoundsEntryKind kind, GHashTable *unlisted, GPtrArray *into,
                   GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, unlisted);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!keep_unlisted (db, kind, id, into, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
rounds_overlay_cover (RoundsDb *db, RoundsEntryKind kind, GPtrArray *records, gboolean whole,
                      GError **error)
{
  const RoundsRecordKind *table = rounds_record_kind_get (kind);
  g_autoptr (GHashTable) edited = rounds_outbox_list_records (db, kind, error);
  g_autoptr (GPtrArray) covered = g_ptr_array_new_full (
      records->len, kind == ROUNDS_ENTRY_MEETING ? (GDestroyNotify)rounds_meeting_unref
                                                 : (GDestroyNotify)rounds_appointment_unref);

  if (edited == NULL)
    return NULL;
  if (g_hash_table_size (edited) == 0)
    return g_ptr_array_ref (records);

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (RoundsEntry) entry = rounds_record_table_wrap (kind, records->pdata[i]);
      g_autoptr (RoundsEntry) shown = g_object_ref (entry);

      if (g_hash_table_remove (edited, table->get_id (records->pdata[i])))
        {
          g_set_object (&shown, NULL);
          shown = cover_entry (db, entry, error);
        }
      if (shown == NULL)
        return NULL;
      add_record (covered, shown);
    }
  if (whole && !keep_all_unlisted (db, kind, edited, covered, error))
    return NULL;
  return g_steal_pointer (&covered);
}

gboolean
rounds_overlay_show (RoundsDb *db, RoundsEntryKind kind, const char *record, gboolean *changed,
                     GError **error)
{
  g_autoptr (GPtrArray) items = rounds_outbox_list (db, kind, record, error);
  g_autoptr (RoundsEntry) original = NULL;
  g_autoptr (RoundsEntry) shown = NULL;

  if (items == NULL || !rounds_original_get (db, kind, record, &original, error))
    return FALSE;
  if (original == NULL)
    return TRUE;

  shown = rounds_outbox_items_apply (original, items);
  return rounds_record_table_put (db, shown, changed, error)
         && (items->len > 0 || rounds_original_remove (db, kind, record, error));
}

gboolean
rounds_overlay_put (RoundsDb *db, RoundsEntry *entry, gboolean *changed, GError **error)
{
  return rounds_original_set (db, entry, error)
         && rounds_overlay_show (db, rounds_entry_get_kind (entry), rounds_entry_get_id (entry),
                                 changed, error);
}
