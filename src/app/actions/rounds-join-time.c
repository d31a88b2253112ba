/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the door of a call is open, and which entry of a day comes next.
 * Whether the server lets somebody in is the server's business.
 */

#include "config.h"

#include "rounds-join-time.h"

/* Lower is more pressing. */
typedef enum
{
  RANK_IN_PROGRESS,
  RANK_WAITING,
  RANK_AHEAD,
  RANK_NONE,
} Rank;

static Rank
rank_entry (RoundsEntry *entry, gint64 now)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  RoundsMeeting *meeting = rounds_entry_get_meeting (entry);

  if (rounds_entry_is_over (entry))
    return RANK_NONE;
  if (appointment != NULL && appointment->status == ROUNDS_APPOINTMENT_ACTIVE)
    return RANK_IN_PROGRESS;
  if (meeting != NULL && meeting->status == ROUNDS_MEETING_ACTIVE)
    return RANK_IN_PROGRESS;
  if (appointment != NULL && appointment->status == ROUNDS_APPOINTMENT_ARRIVED)
    return RANK_WAITING;
  return rounds_entry_get_range (entry).end > now ? RANK_AHEAD : RANK_NONE;
}

/**
 * rounds_join_opens_at:
 * Returns: the moment (µs UTC) from which the call of @entry may be entered.
 */
gint64
rounds_join_opens_at (RoundsEntry *entry)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), ROUNDS_TIME_NONE);

  return rounds_entry_get_range (entry).start - ROUNDS_JOIN_EARLY;
}

/**
 * rounds_join_is_open:
 * Returns: whether @entry has a call and its door is open at @now.
 */
gboolean
rounds_join_is_open (RoundsEntry *entry, gint64 now)
{
  RoundsTimeRange range;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), FALSE);

  if (!rounds_entry_has_call (entry) || rounds_entry_is_over (entry))
    return FALSE;
  if (rank_entry (entry, now) == RANK_IN_PROGRESS)
    return TRUE;

  range = rounds_entry_get_range (entry);
  return rounds_time_range_contains (
      rounds_time_range_new (range.start - ROUNDS_JOIN_EARLY, range.end + ROUNDS_JOIN_LATE), now);
}

/**
 * rounds_join_find_next:
 * @entries: a model of #RoundsEntry, ordered by start
 *
 * Returns: (transfer full) (nullable): what is to be dealt with next.
 */
RoundsEntry *
rounds_join_find_next (GListModel *entries, gint64 now)
{
  g_autoptr (RoundsEntry) best = NULL;
  Rank best_rank = RANK_NONE;
  guint n;

  g_return_val_if_fail (G_IS_LIST_MODEL (entries), NULL);

  n = g_list_model_get_n_items (entries);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (entries, i);
      Rank rank = rank_entry (entry, now);

      if (rank < best_rank)
        {
          best_rank = rank;
          g_set_object (&best, entry);
        }
    }

  return g_steal_pointer (&best);
}
