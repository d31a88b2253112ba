/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Dates and times of day as people of a hospital write them, to moments and back.
 * How the zone's clock jumps is in rounds-zone.c.
 */

#include "rounds-wall-time.h"

#include <string.h>

#include "rounds-clock.h"
#include "rounds-zone-private.h"

#define DAY (24 * 60 * 60)
/* GDate counts days from 0001-01-01 = 1. */
#define JULIAN_OF_EPOCH 719163
/* Two days inside years 1…9999, so that no offset leads out of them. */
#define FIRST_DAY (3 - JULIAN_OF_EPOCH)
#define LAST_DAY (3652057 - JULIAN_OF_EPOCH)

G_DEFINE_QUARK (rounds_wall_time_error_quark, rounds_wall_time_error)

static gint64
divide_down (gint64 number, gint64 by)
{
  return number / by - (number % by < 0);
}

/* Days since 1970-01-01. */
static gint64
count_days (int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return (gint64)g_date_get_julian (&date) - JULIAN_OF_EPOCH;
}

static char *
format_date (gint64 days)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)(days + JULIAN_OF_EPOCH));
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

static char *
format_time (gint64 seconds)
{
  return g_strdup_printf ("%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
}

static gboolean
take_digits (const char **text, int least, int most, int *out)
{
  int n_digits = 0;
  int value = 0;

  for (; n_digits < most && g_ascii_isdigit (**text); n_digits++, (*text)++)
    value = 10 * value + g_ascii_digit_value (**text);

  *out = value;
  return n_digits >= least;
}

static gboolean
take_text (const char **text, const char *prefix)
{
  gsize length = strlen (prefix);

  if (g_ascii_strncasecmp (*text, prefix, length) != 0)
    return FALSE;

  *text += length;
  return TRUE;
}

/* Browsers write the space before AM as U+202F. */
static void
skip_spaces (const char **text)
{
  while (take_text (text, " ") || take_text (text, "\u00a0") || take_text (text, "\u202f"))
    ;
}

/* "AM", "PM", "a.m.", "p.m." or nothing. @half: −1 for nothing, otherwise 0 or 1. */
static gboolean
take_half (const char **text, int *half)
{
  *half = -1;
  if (**text == '\0')
    return TRUE;

  if (take_text (text, "am") || take_text (text, "a.m."))
    *half = 0;
  else if (take_text (text, "pm") || take_text (text, "p.m."))
    *half = 1;
  return *half >= 0;
}

gboolean
rounds_wall_time_parse_time (const char *text, int *minutes)
{
  int hour, half;
  int minute = -1;
  int second = 0;

  g_return_val_if_fail (minutes != NULL, FALSE);

  if (text == NULL)
    return FALSE;

  skip_spaces (&text);
  if (!take_digits (&text, 1, 2, &hour))
    return FALSE;
  if (take_text (&text, ":") && !take_digits (&text, 2, 2, &minute))
    return FALSE;
  if (minute >= 0 && take_text (&text, ":") && !take_digits (&text, 2, 2, &second))
    return FALSE;
  skip_spaces (&text);
  if (!take_half (&text, &half))
    return FALSE;
  skip_spaces (&text);

  /* Seconds may be there but not count: an appointment begins at a whole minute. */
  if (*text != '\0' || minute > 59 || second != 0)
    return FALSE;
  if (half < 0 ? (minute < 0 || hour > 23) : (hour < 1 || hour > 12))
    return FALSE;
  if (half >= 0)
    hour = hour % 12 + 12 * half;

  *minutes = 60 * hour + MAX (minute, 0);
  return TRUE;
}

gboolean
rounds_wall_time_parse_date (const char *text, int *year, int *month, int *day)
{
  int y, m, d;

  g_return_val_if_fail (year != NULL && month != NULL && day != NULL, FALSE);

  if (text == NULL || !take_digits (&text, 4, 4, &y) || !take_text (&text, "-")
      || !take_digits (&text, 2, 2, &m) || !take_text (&text, "-") || !take_digits (&text, 2, 2, &d)
      || *text != '\0')
    return FALSE;
  if (m > 12 || !g_date_valid_dmy (d, m, y))
    return FALSE;

  *year = y;
  *month = m;
  *day = d;
  return TRUE;
}

static void
set_skipped_error (GTimeZone *timezone, const char *zone, const char *date, int minutes,
                   gint64 jump, GError **error)
{
  gint64 wall = jump + rounds_zone_get_offset_at (timezone, jump);
  gint64 days = divide_down (wall, DAY);
  g_autofree char *time = format_time (minutes * 60);
  g_autofree char *next_date = format_date (days);
  g_autofree char *next_time = format_time (wall - days * DAY);

  g_set_error (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_SKIPPED,
               "The clocks of %s skip %s on %s; the next valid time is %s %s", zone, time, date,
               next_date, next_time);
}

gboolean
rounds_wall_time_to_moment (const char *zone, const char *date, const char *time, gint64 *moment,
                            GError **error)
{
  g_autoptr (GTimeZone) timezone = rounds_zone_lookup (zone);
  int year, month, day, minutes;
  gint64 seconds;

  g_return_val_if_fail (moment != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (timezone == NULL)
    {
      g_set_error_literal (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_ZONE,
                           "There is no such time zone");
      return FALSE;
    }
  if (!rounds_wall_time_parse_date (date, &year, &month, &day))
    {
      g_set_error_literal (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_DATE,
                           "Has to be a day such as 2024-01-15");
      return FALSE;
    }
  if (!rounds_wall_time_parse_time (time, &minutes))
    {
      g_set_error_literal (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_TIME,
                           "Has to be a time such as 10:00 AM or 14:30");
      return FALSE;
    }
  gboolean shown = rounds_zone_resolve (
      timezone, count_days (year, month, day) * DAY + minutes * 60, &seconds);
  *moment = seconds * ROUNDS_SECOND;
  if (!shown)
    set_skipped_error (timezone, zone, date, minutes, seconds, error);
  return shown;
}

static GTimeZone *
lookup_or_utc (const char *zone)
{
  GTimeZone *timezone = rounds_zone_lookup (zone);

  return timezone != NULL ? timezone : g_time_zone_new_utc ();
}

static gint64
to_seconds (gint64 moment)
{
  gint64 seconds = divide_down (moment, ROUNDS_SECOND);

  return CLAMP (seconds, (gint64)FIRST_DAY * DAY, (gint64)LAST_DAY * DAY);
}

void
rounds_wall_time_from_moment (const char *zone, gint64 moment, char **date, char **time)
{
  g_autoptr (GTimeZone) timezone = lookup_or_utc (zone);
  gint64 seconds = to_seconds (moment);
  gint64 wall = seconds + rounds_zone_get_offset_at (timezone, seconds);
  gint64 days = divide_down (wall, DAY);

  if (date != NULL)
    *date = format_date (days);
  if (time != NULL)
    *time = format_time (wall - days * DAY);
}

/* The moment (s) at which the day numbered @days begins on the zone's clock. Where DST skips
 * midnight that is the jump; where the whole day was skipped, it begins with the next. */
static gint64
find_midnight (GTimeZone *timezone, gint64 days)
{
  gint64 midnight;

  rounds_zone_resolve (timezone, days * DAY, &midnight);
  return midnight;
}

/* The number of the day that holds @seconds. Where the clock goes back over midnight (St. John's
 * until 2011, at 00:01) its date would go back too; the day that has begun stays. */
static gint64
find_day (GTimeZone *timezone, gint64 seconds)
{
  gint64 days = divide_down (seconds + rounds_zone_get_offset_at (timezone, seconds), DAY);

  while (seconds >= find_midnight (timezone, days + 1))
    days++;
  while (seconds < find_midnight (timezone, days))
    days--;
  return days;
}

static RoundsTimeRange
get_day_range (GTimeZone *timezone, gint64 days)
{
  return rounds_time_range_new (find_midnight (timezone, days) * ROUNDS_SECOND,
                                find_midnight (timezone, days + 1) * ROUNDS_SECOND);
}

RoundsTimeRange
rounds_wall_time_day_of (const char *zone, gint64 moment)
{
  return rounds_wall_time_day_offset (zone, moment, 0);
}

RoundsTimeRange
rounds_wall_time_day_offset (const char *zone, gint64 moment, int days)
{
  g_autoptr (GTimeZone) timezone = zone != NULL ? lookup_or_utc (zone) : g_time_zone_new_local ();
  gint64 target = find_day (timezone, to_seconds (moment)) + days;
  RoundsTimeRange range;

  target = CLAMP (target, FIRST_DAY, LAST_DAY);
  range = get_day_range (timezone, target);

  /* A day that the zone left out (Apia's 30 December 2011) is stepped over. */
  if (rounds_time_range_is_empty (range))
    range = get_day_range (timezone, days < 0 ? target - 1 : target + 1);
  return range;
}
