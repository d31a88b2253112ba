/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which times are free: opening hours less what is booked.
 * It asks no database and does not know whose times they are.
 */

#include "config.h"

#include "rounds-free-slots.h"

#include "rounds-wall-time.h"

/* For every hospital, until hospitals have hours of their own. */
#define OPENS_AT "08:00"
#define CLOSES_AT "18:00"

#define STEP (15 * ROUNDS_MINUTE)

static gboolean
is_busy (const RoundsSlotSearch *search, RoundsTimeRange slot)
{
  for (gsize i = 0; i < search->n_busy; i++)
    {
      if (rounds_time_range_overlaps (search->busy[i], slot))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_weekday (const char *date)
{
  g_autoptr (GDate) day = NULL;
  int year, month, day_of_month;

  if (!rounds_wall_time_parse_date (date, &year, &month, &day_of_month))
    return FALSE;
  day = g_date_new_dmy ((GDateDay)day_of_month, (GDateMonth)month, (GDateYear)year);
  return g_date_get_weekday (day) <= G_DATE_FRIDAY;
}

/* From when to when the doors are open on the day of @moment; FALSE when they stay shut. */
static gboolean
get_hours (const char *zone, gint64 moment, RoundsTimeRange *hours)
{
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  rounds_wall_time_from_moment (zone, moment, &date, &time);
  /* No zone skips these hours of a weekday; if one ever does, that day has no slots. */
  return is_weekday (date) && rounds_wall_time_to_moment (zone, date, OPENS_AT, &hours->start, NULL)
         && rounds_wall_time_to_moment (zone, date, CLOSES_AT, &hours->end, NULL);
}

static void
add_slots_of (const RoundsSlotSearch *search, RoundsTimeRange hours, GArray *slots)
{
  const gint64 length = search->minutes * ROUNDS_MINUTE;
  const gint64 end = MIN (hours.end, search->within.end);

  for (gint64 start = hours.start; start + length <= end && slots->len < search->most;
       start += STEP)
    {
      RoundsTimeRange slot = { start, start + length };

      if (start >= search->within.start && !is_busy (search, slot))
        g_array_append_val (slots, slot);
    }
}

GArray *
rounds_free_slots_find (const RoundsSlotSearch *search)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));
  RoundsTimeRange day;

  g_return_val_if_fail (search != NULL && search->minutes > 0, slots);

  if (!rounds_zone_is_valid (search->zone))
    return slots;

  day = rounds_wall_time_day_of (search->zone, search->within.start);
  while (day.start < search->within.end && slots->len < search->most)
    {
      RoundsTimeRange hours;

      if (get_hours (search->zone, day.start, &hours))
        add_slots_of (search, hours, slots);
      day = rounds_wall_time_day_of (search->zone, day.end);
    }
  return slots;
}
