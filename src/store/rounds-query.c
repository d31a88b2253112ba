/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Answering what a list asks for, on the database's thread.
 * It keeps nothing between two questions. Which rows a query means is in rounds-query-rows.c.
 */

#include "config.h"

#include "rounds-query.h"

#include "rounds-hunks.h"
#include "rounds-query-rows.h"
#include "rounds-record-table.h"

/* Rows that are read with the order of a long list: about what a window shows. */
#define FIRST_ROWS 40

RoundsQuestion *
rounds_question_new (const RoundsStoreQuery *query, RoundsOrder *old, GHashTable *known, guint most)
{
  RoundsQuestion *self = g_new0 (RoundsQuestion, 1);

  self->query = rounds_query_copy (query);
  self->old = rounds_order_ref (old);
  self->known = g_hash_table_ref (known);
  self->most = most;
  return self;
}

void
rounds_question_free (gpointer data)
{
  RoundsQuestion *self = data;

  rounds_query_free (self->query);
  rounds_order_unref (self->old);
  g_hash_table_unref (self->known);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RoundsAnswer, rounds_answer, rounds_answer_ref, rounds_answer_unref)

RoundsAnswer *
rounds_answer_ref (RoundsAnswer *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_answer (gpointer data)
{
  RoundsAnswer *self = data;

  g_clear_pointer (&self->order, rounds_order_unref);
  g_clear_pointer (&self->hunks, g_array_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
}

void
rounds_answer_unref (RoundsAnswer *self)
{
  g_atomic_rc_box_release_full (self, clear_answer);
}

gboolean
rounds_query_entries_are_equal (gconstpointer a, gconstpointer b)
{
  RoundsEntry *first = (RoundsEntry *)a;
  RoundsEntry *second = (RoundsEntry *)b;

  if (rounds_entry_get_kind (first) != rounds_entry_get_kind (second)
      || rounds_entry_get_delivery (first) != rounds_entry_get_delivery (second))
    return FALSE;
  if (rounds_entry_get_kind (first) == ROUNDS_ENTRY_MEETING)
    return rounds_meeting_equal (rounds_entry_get_meeting (first),
                                 rounds_entry_get_meeting (second));
  return rounds_appointment_equal (rounds_entry_get_appointment (first),
                                   rounds_entry_get_appointment (second));
}

GHashTable *
rounds_query_rows_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/* Unless the row is gone. */
static gboolean
read_row (RoundsDb *db, RoundsRowKey key, GHashTable *into, GError **error)
{
  RoundsEntry *entry;

  if (!rounds_record_table_read (db, rounds_row_key_get_kind (key), rounds_row_key_get_number (key),
                                 &entry, error))
    return FALSE;
  if (entry != NULL)
    g_hash_table_replace (into, g_memdup2 (&key, sizeof key), entry);
  return TRUE;
}

/* The rows that the list has in memory, and that say something else by now. */
static gboolean
read_changed (RoundsDb *db, const RoundsQuestion *question, RoundsAnswer *answer, GError **error)
{
  GHashTableIter iter;
  gpointer key, known;

  g_hash_table_iter_init (&iter, question->known);
  while (g_hash_table_iter_next (&iter, &key, &known))
    {
      RoundsEntry *entry;

      if (!rounds_order_contains (answer->order, *(RoundsRowKey *)key))
        continue;
      if (!read_row (db, *(RoundsRowKey *)key, answer->entries, error))
        return FALSE;
      entry = g_hash_table_lookup (answer->entries, key);
      if (entry != NULL && rounds_query_entries_are_equal (entry, known))
        g_hash_table_remove (answer->entries, key);
    }
  return TRUE;
}

static gboolean
read_range (RoundsDb *db, RoundsAnswer *answer, guint from, guint count, GError **error)
{
  for (guint i = from; i < from + count; i++)
    if (!read_row (db, rounds_order_get (answer->order, i), answer->entries, error))
      return FALSE;
  return TRUE;
}

/* All that came, as long as they are few; otherwise what stands first. */
static gboolean
read_added (RoundsDb *db, RoundsAnswer *answer, GError **error)
{
  guint n_added = 0;

  for (guint i = 0; i < answer->hunks->len; i++)
    n_added += g_array_index (answer->hunks, RoundsHunk, i).added;
  if (n_added > ROUNDS_QUERY_SHORT)
    return read_range (db, answer, 0, MIN (FIRST_ROWS, rounds_order_get_length (answer->order)),
                       error);

  for (guint i = 0; i < answer->hunks->len; i++)
    {
      const RoundsHunk *hunk = &g_array_index (answer->hunks, RoundsHunk, i);

      if (!read_range (db, answer, hunk->fresh, hunk->added, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
answer_inside (RoundsDb *db, const RoundsQuestion *question, RoundsAnswer *answer, GError **error)
{
  answer->order
      = rounds_query_rows_list (db, question->query, question->most, &answer->is_cut, error);
  if (answer->order == NULL || !read_changed (db, question, answer, error))
    return FALSE;
  answer->hunks = rounds_order_compare (question->old, answer->order, answer->entries);
  return read_added (db, answer, error);
}

gboolean
rounds_query_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (RoundsAnswer) answer = g_atomic_rc_box_new0 (RoundsAnswer);
  gboolean done;

  answer->entries = rounds_query_rows_new ();
  if (!rounds_db_begin_read (db, error))
    return FALSE;
  done = answer_inside (db, data, answer, error);
  rounds_db_rollback (db);
  if (!done)
    return FALSE;
  g_value_init (result, ROUNDS_TYPE_ANSWER);
  g_value_take_boxed (result, g_steal_pointer (&answer));
  return TRUE;
}

gboolean
rounds_query_rows_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const GArray *keys = data;
  g_autoptr (GHashTable) rows = rounds_query_rows_new ();

  for (guint i = 0; i < keys->len; i++)
    if (!read_row (db, g_array_index (keys, RoundsRowKey, i), rows, error))
      return FALSE;
  g_value_init (result, G_TYPE_HASH_TABLE);
  g_value_take_boxed (result, g_steal_pointer (&rows));
  return TRUE;
}
