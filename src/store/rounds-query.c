/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Answering what a list asks for, on the database's thread.
 * It keeps nothing between two questions.
 */

#include "config.h"

#include "rounds-query.h"

#include "rounds-records.h"
#include "rounds-words.h"

RoundsStoreQuery *
rounds_query_copy (const RoundsStoreQuery *query)
{
  RoundsStoreQuery *copy = g_memdup2 (query, sizeof *query);

  copy->search = g_strdup (query->search);
  return copy;
}

void
rounds_query_free (RoundsStoreQuery *query)
{
  g_free ((char *)query->search);
  g_free (query);
}

gboolean
rounds_query_equal (const RoundsStoreQuery *a, const RoundsStoreQuery *b)
{
  return !a->appointments == !b->appointments && !a->meetings == !b->meetings
         && a->range.start == b->range.start && a->range.end == b->range.end
         && g_strcmp0 (a->search, b->search) == 0 && !a->hide_over == !b->hide_over;
}

RoundsSelection
rounds_selection_new (const RoundsStoreQuery *query, const char *match)
{
  gboolean limited = !rounds_time_range_is_empty (query->range);

  return (RoundsSelection){
    .from = limited ? query->range.start : G_MININT64,
    .until = limited ? query->range.end : G_MAXINT64,
    .hide_over = query->hide_over,
    .match = match,
  };
}

int
rounds_query_compare_entries (gconstpointer a, gconstpointer b)
{
  RoundsEntry *first = (RoundsEntry *)a;
  RoundsEntry *second = (RoundsEntry *)b;
  gint64 first_start = rounds_entry_get_range (first).start;
  gint64 second_start = rounds_entry_get_range (second).start;
  int order;

  if (first_start != second_start)
    return first_start < second_start ? -1 : 1;
  order = g_strcmp0 (rounds_entry_get_id (first), rounds_entry_get_id (second));
  if (order != 0)
    return order;
  return (int)rounds_entry_get_kind (first) - (int)rounds_entry_get_kind (second);
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

gboolean
rounds_query_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const RoundsStoreQuery *query = data;
  gboolean everything = !query->appointments && !query->meetings;
  g_autofree char *match = rounds_words_to_query (query->search);
  RoundsSelection selection = rounds_selection_new (query, match);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  if ((everything || query->appointments)
      && !rounds_appointments_select (db, &selection, entries, error))
    return FALSE;
  if ((everything || query->meetings) && !rounds_meetings_select (db, &selection, entries, error))
    return FALSE;
  g_ptr_array_sort_values (entries, rounds_query_compare_entries);
  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&entries));
  return TRUE;
}
