/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the doors are open, and which times are free: opening hours less what is booked.
 * It asks no database and does not know whose times they are.
 */

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
  gint64 moment = day.end;

  if (minutes < 24 * 60)
    rounds_wall_time_to_moment (zone, date, time, &moment, NULL);
  return moment;
}

/* Those that begin on the day that ends with @day_end; what begins later is the next day's. */
static void
add_slots_of (const RoundsSlotSearch *search, RoundsTimeRange hours, gint64 day_end, GArray *slots)
{
  const gint64 length = search->minutes * ROUNDS_MINUTE;
  const gint64 end = MIN (hours.end, search->within.end);

  for (gint64 start = hours.start; start < day_end && start + length <= end; start += STEP)
    {
      RoundsTimeRange slot = { start, start + length };

      if (start >= search->within.start && !is_busy (search, slot))
        g_array_append_val (slots, slot);
    }
}

/* The openings of a day are in no certain order; its hours are. */
static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const RoundsTimeRange *one = a;
  const RoundsTimeRange *other = b;

  return (one->start > other->start) - (one->start < other->start);
}

static GArray *
list_openings_of_day (const char *zone, const GArray *openings, RoundsTimeRange day)
{
  GArray *hours = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  int weekday;

  rounds_wall_time_from_moment (zone, day.start, &date, &time);
  weekday = get_weekday (date);
  for (guint i = 0; i < openings->len; i++)
    {
      const RoundsOpening *opening = &g_array_index (openings, RoundsOpening, i);

      if (opening->weekday == weekday)
        {
          RoundsTimeRange open = { resolve (zone, day, date, opening->opens),
                                   resolve (zone, day, date, opening->closes) };

          g_array_append_val (hours, open);
        }
    }
  g_array_sort (hours, compare_ranges);
  return hours;
}

/* Where one time ends when the next begins, the doors stay open. @hours is in order. */
static void
join_touching (GArray *hours)
{
  for (guint i = 1; i < hours->len;)
    {
      RoundsTimeRange *before = &g_array_index (hours, RoundsTimeRange, i - 1);
      const RoundsTimeRange *one = &g_array_index (hours, RoundsTimeRange, i);

      if (one->start > before->end)
        {
          i++;
          continue;
        }
      before->end = MAX (before->end, one->end);
      g_array_remove_index (hours, i);
    }
}

/* What is open on @day; the last of it goes on over midnight where the next day begins open. */
static GArray *
list_hours_of_day (const char *zone, const GArray *openings, RoundsTimeRange day)
{
  GArray *hours = list_openings_of_day (zone, openings, day);
  RoundsTimeRange next = rounds_wall_time_day_of (zone, day.end);
  gboolean open_at_midnight
      = hours->len > 0 && g_array_index (hours, RoundsTimeRange, hours->len - 1).end == day.end;

  /* The calendar's last day has none behind it. */
  if (open_at_midnight && next.start == day.end)
    {
      g_autoptr (GArray) tomorrow = list_openings_of_day (zone, openings, next);

      g_array_append_vals (hours, tomorrow->data, tomorrow->len);
    }
  join_touching (hours);
  while (hours->len > 0 && g_array_index (hours, RoundsTimeRange, hours->len - 1).start >= day.end)
    g_array_set_size (hours, hours->len - 1);
  return hours;
}

static void
add_slots_of_day (const RoundsSlotSearch *search, RoundsTimeRange day, GArray *slots)
{
  g_autoptr (GArray) hours = list_hours_of_day (search->zone, search->openings, day);

  for (guint i = 0; i < hours->len; i++)
    add_slots_of (search, g_array_index (hours, RoundsTimeRange, i), day.end, slots);
  if (slots->len > search->most)
    g_array_set_size (slots, search->most);
}

GArray *
rounds_free_slots_find (const RoundsSlotSearch *search)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));

  g_return_val_if_fail (search != NULL && search->openings != NULL && search->minutes > 0, slots);

  if (!rounds_zone_is_valid (search->zone))
    return slots;

  RoundsTimeRange day = rounds_wall_time_day_of (search->zone, search->within.start);
  gint64 before = G_MININT64;

  /* Security: the calendar has a last day, and what is asked for may lie behind it. */
  while (day.start > before && day.start < search->within.end && slots->len < search->most)
    {
      add_slots_of_day (search, day, slots);
      before = day.start;
      day = rounds_wall_time_day_of (search->zone, day.end);
    }
  return slots;
}

GArray *
rounds_opening_hours_list (const char *zone, const GArray *openings, gint64 moment)
{
  g_return_val_if_fail (openings != NULL, NULL);

  return list_hours_of_day (zone, openings, rounds_wall_time_day_of (zone, moment));
}

gboolean
rounds_opening_hours_hold (const GArray *hours, RoundsTimeRange range)
{
  g_return_val_if_fail (hours != NULL, FALSE);

  for (guint i = 0; i < hours->len; i++)
    {
      const RoundsTimeRange *open = &g_array_index (hours, RoundsTimeRange, i);

      if (range.start >= open->start && range.end <= open->end)
        return TRUE;
    }
  return FALSE;
}
