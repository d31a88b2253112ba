/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which times are free: opening hours less what is booked.
 * It asks no database and does not know whose times they are.
 */

#include "config.h"

#include "rounds-free-slots.h"

#include "rounds-wall-time.h"

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

static int
get_weekday (const char *date)
{
  g_autoptr (GDate) day = NULL;
  int year, month, day_of_month;

  if (!rounds_wall_time_parse_date (date, &year, &month, &day_of_month))
    return G_DATE_BAD_WEEKDAY;
  day = g_date_new_dmy ((GDateDay)day_of_month, (GDateMonth)month, (GDateYear)year);
  return g_date_get_weekday (day);
}

/* The moment of a wall time of @day; where the clock skips it, the one when it jumped over it. */
static gint64
resolve (const char *zone, RoundsTimeRange day, const char *date, int minutes)
{
  g_autofree char *time = g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
  gint64 moment = day.start + minutes * ROUNDS_MINUTE;

  if (minutes >= 24 * 60)
    return day.end;
  if (rounds_wall_time_to_moment (zone, date, time, &moment, NULL))
    return moment;
  return MIN (moment, day.end);
}

static void
add_slots_of (const RoundsSlotSearch *search, RoundsTimeRange hours, GArray *slots)
{
  const gint64 length = search->minutes * ROUNDS_MINUTE;
  const gint64 end = MIN (hours.end, search->within.end);

  for (gint64 start = hours.start; start + length <= end; start += STEP)
    {
      RoundsTimeRange slot = { start, start + length };

      if (start >= search->within.start && !is_busy (search, slot))
        g_array_append_val (slots, slot);
    }
}

/* The openings of a day are in no certain order; the slots of the day are. */
static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const RoundsTimeRange *one = a;
  const RoundsTimeRange *other = b;

  return (one->start > other->start) - (one->start < other->start);
}

static void
add_slots_of_day (const RoundsSlotSearch *search, RoundsTimeRange day, GArray *slots)
{
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));
  int weekday;

  rounds_wall_time_from_moment (search->zone, day.start, &date, &time);
  weekday = get_weekday (date);
  for (guint i = 0; i < search->openings->len; i++)
    {
      const RoundsOpening *opening = &g_array_index (search->openings, RoundsOpening, i);
      RoundsTimeRange hours = { resolve (search->zone, day, date, opening->opens),
                                resolve (search->zone, day, date, opening->closes) };

      if (opening->weekday == weekday)
        add_slots_of (search, hours, found);
    }
  g_array_sort (found, compare_slots);
  for (guint i = 0; i < found->len && slots->len < search->most; i++)
    g_array_append_val (slots, g_array_index (found, RoundsTimeRange, i));
}

GArray *
rounds_free_slots_find (const RoundsSlotSearch *search)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));

  g_return_val_if_fail (search != NULL && search->openings != NULL && search->minutes > 0, slots);

  if (!rounds_zone_is_valid (search->zone))
    return slots;

  for (RoundsTimeRange day = rounds_wall_time_day_of (search->zone, search->within.start);
       day.start < search->within.end && slots->len < search->most;
       day = rounds_wall_time_day_of (search->zone, day.end))
    add_slots_of_day (search, day, slots);
  return slots;
}
