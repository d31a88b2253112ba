/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who waits, the longest wait first.
 * How long is too long is the waiting row's.
 */

#include "config.h"

#include "rounds-waiting-model.h"

#include "rounds-entry.h"

static gboolean
is_waiting (gpointer item, gpointer unused)
{
  return rounds_waiting_since (rounds_entry_get_appointment (item)) != ROUNDS_TIME_NONE;
}

static int
compare_waiting (gconstpointer a, gconstpointer b, gpointer unused)
{
  gint64 since_a = rounds_waiting_since (rounds_entry_get_appointment ((RoundsEntry *)a));
  gint64 since_b = rounds_waiting_since (rounds_entry_get_appointment ((RoundsEntry *)b));

  return since_a < since_b ? GTK_ORDERING_SMALLER
                           : (since_a > since_b ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL);
}

/**
 * rounds_waiting_model_new:
 * @entries: (transfer none): #RoundsEntry
 *
 * Returns: (transfer full): those whose patient waits, the longest wait first.
 */
GListModel *
rounds_waiting_model_new (GListModel *entries)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_waiting, NULL, NULL));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_waiting, NULL, NULL));
  GtkFilterListModel *arrived;

  g_return_val_if_fail (G_IS_LIST_MODEL (entries), NULL);

  arrived = gtk_filter_list_model_new (g_object_ref (entries), filter);
  return G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (arrived), sorter));
}

/**
 * rounds_waiting_since:
 * Returns: since when (µs UTC) the patient waits, %ROUNDS_TIME_NONE when nobody does.
 */
gint64
rounds_waiting_since (RoundsAppointment *appointment)
{
  if (appointment == NULL || appointment->status != ROUNDS_APPOINTMENT_ARRIVED)
    return ROUNDS_TIME_NONE;
  if (appointment->arrived_at != ROUNDS_TIME_NONE)
    return appointment->arrived_at;
  /* A server that knows only the guide has no such moment: checking in is taken for the last change
   * of the record, and where that is not told either, the wait counts from the booked time. */
  return appointment->updated_at != ROUNDS_TIME_NONE ? appointment->updated_at
                                                     : appointment->starts_at;
}
