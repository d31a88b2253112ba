/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Moments and spans in words: the person's locale and zone, relative only when close.
 * It reads no clock; "now" is always handed in.
 */

#include "config.h"

#include "rounds-time-words.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

#include "rounds-clock.h"
#include "rounds-wall-time.h"

/* Whether the locale's own way to write a time has a half of the day in it. */
static gboolean
locale_has_12_hours (void)
{
  const char *format = nl_langinfo (T_FMT);

  return strstr (format, "%p") != NULL || strstr (format, "%r") != NULL
         || strstr (format, "%I") != NULL || strstr (format, "%l") != NULL;
}

static GTimeZone *
open_zone (const char *zone)
{
  GTimeZone *found = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;

  return found != NULL ? found : g_time_zone_new_local ();
}

static GDateTime *
read_moment (gint64 moment, const char *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (moment);
  g_autoptr (GTimeZone) there = open_zone (zone);

  return utc != NULL ? g_date_time_to_timezone (utc, there) : g_date_time_new_from_unix_utc (0);
}

/* Days from the calendar day of @now to that of @moment, in the person's zone. */
static int
count_days (gint64 moment, gint64 now)
{
  g_autoptr (GDateTime) then = read_moment (moment, NULL);
  g_autoptr (GDateTime) today = read_moment (now, NULL);
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (today), g_date_time_get_month (today),
                  g_date_time_get_year (today));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (then), g_date_time_get_month (then),
                  g_date_time_get_year (then));
  return g_date_days_between (&a, &b);
}

char *
rounds_time_words_clock (gint64 moment, const char *zone)
{
  g_autoptr (GDateTime) time = read_moment (moment, zone);

  if (locale_has_12_hours ())
    {
      /* Translators: a time of day with twelve hours, as g_date_time_format() takes it. */
      return g_date_time_format (time, _ ("%-I:%M %p"));
    }

  /* Translators: a time of day with 24 hours, as g_date_time_format() takes it. */
  return g_date_time_format (time, _ ("%H:%M"));
}

int
rounds_time_words_clock_width (void)
{
  static int width; /* the locale of a program stays */

  if (width > 0)
    return width;
  for (int hour = 10; hour <= 22; hour += 12)
    {
      g_autofree char *longest = rounds_time_words_clock (hour * ROUNDS_HOUR, "UTC");

      width = MAX (width, (int)g_utf8_strlen (longest, -1));
    }
  return width;
}

/* A time with letters of a script that runs the other way must not be torn apart by the dash. */
static char *
isolate (char *clock)
{
  g_autofree char *taken = clock;

  if (g_str_is_ascii (taken))
    return g_steal_pointer (&taken);
  return g_strconcat ("\u2068", taken, "\u2069", NULL);
}

char *
rounds_time_words_span (RoundsTimeRange range, const char *zone)
{
  g_autofree char *from = isolate (rounds_time_words_clock (range.start, zone));
  g_autofree char *to = isolate (rounds_time_words_clock (range.end, zone));

  /* Translators: from one time of day to another. */
  return g_strdup_printf (C_ ("time span", "%s–%s"), from, to);
}

/* Borrowed, or NULL. */
static const char *
name_near_day (gint64 moment, gint64 now)
{
  switch (count_days (moment, now))
    {
    case -1:
      return _ ("Yesterday");
    case 0:
      return _ ("Today");
    case 1:
      return _ ("Tomorrow");
    default:
      return NULL;
    }
}

char *
rounds_time_words_day (gint64 moment, gint64 now)
{
  const char *near_day = name_near_day (moment, now);
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) today = NULL;

  if (near_day != NULL)
    return g_strdup (near_day);

  then = read_moment (moment, NULL);
  today = read_moment (now, NULL);
  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    {
      /* Translators: a day of this year, as g_date_time_format() takes it. */
      return g_date_time_format (then, _ ("%A, %-d %B"));
    }

  /* Translators: a day of another year, as g_date_time_format() takes it. */
  return g_date_time_format (then, _ ("%A, %-d %B %Y"));
}

char *
rounds_time_words_when (gint64 moment, gint64 now)
{
  const char *near_day = name_near_day (moment, now);
  g_autofree char *clock = rounds_time_words_clock (moment, NULL);
  g_autofree char *day = NULL;

  if (near_day != NULL)
    {
      /* Translators: "Tomorrow 10:00". */
      return g_strdup_printf (C_ ("near day and time", "%s %s"), near_day, clock);
    }

  day = rounds_time_words_day (moment, now);
  /* Translators: "Monday, 24 November, 10:00". */
  return g_strdup_printf (C_ ("day and time", "%s, %s"), day, clock);
}

char *
rounds_time_words_happened (gint64 moment, gint64 beside)
{
  g_autofree char *clock = rounds_time_words_clock (moment, NULL);
  g_autoptr (GDateTime) then = NULL;
  g_autofree char *day = NULL;

  if (count_days (moment, beside) == 0)
    return g_steal_pointer (&clock);

  then = read_moment (moment, NULL);
  day = g_date_time_format (then, _ ("%A, %-d %B %Y"));
  return g_strdup_printf (C_ ("day and time", "%s, %s"), day, clock);
}

char *
rounds_time_words_relative (gint64 moment, gint64 now)
{
  gint64 away = moment - now;
  int minutes;

  if (away > ROUNDS_HOUR || away <= -ROUNDS_MINUTE)
    return NULL;
  if (away <= 0)
    return g_strdup (C_ ("relative time", "Now"));

  /* Rounded up: an hour that has begun to run is still "in 1 minute", never "in 0". */
  minutes = (int)((away + ROUNDS_MINUTE - 1) / ROUNDS_MINUTE);
  return g_strdup_printf (ngettext ("in %d minute", "in %d minutes", minutes), minutes);
}

char *
rounds_time_words_late (gint64 moment, gint64 now)
{
  int minutes = (int)CLAMP ((now - moment) / ROUNDS_MINUTE, 0, G_MAXINT);
  g_autofree char *length = rounds_time_words_minutes (minutes);

  /* Translators: what should have begun already: "8 min late". */
  return g_strdup_printf (_ ("%s late"), length);
}

char *
rounds_time_words_opens (gint64 moment, gint64 now)
{
  g_autofree char *clock = rounds_time_words_clock (moment, NULL);
  g_autofree char *day = NULL;

  switch (count_days (moment, now))
    {
    case 0:
      /* Translators: when a call may be joined: "Opens at 09:50". */
      return g_strdup_printf (_ ("Opens at %s"), clock);
    case 1:
      /* Translators: when a call may be joined: "Opens tomorrow at 09:50". */
      return g_strdup_printf (_ ("Opens tomorrow at %s"), clock);
    default:
      break;
    }

  day = rounds_time_words_day (moment, now);
  /* Translators: when a call may be joined: "Opens Monday, 24 November, at 09:50". */
  return g_strdup_printf (_ ("Opens %s, at %s"), day, clock);
}

char *
rounds_time_words_minutes (int minutes)
{
  int hours = minutes / 60;
  int rest = minutes % 60;

  if (hours == 0)
    return g_strdup_printf (C_ ("duration", "%d min"), rest);
  if (rest == 0)
    return g_strdup_printf (C_ ("duration", "%d h"), hours);
  return g_strdup_printf (C_ ("duration", "%d h %d min"), hours, rest);
}

char *
rounds_time_words_waiting (gint64 since, gint64 now)
{
  int minutes = (int)CLAMP ((now - since) / ROUNDS_MINUTE, 0, G_MAXINT);
  g_autofree char *length = NULL;

  if (minutes == 0)
    return g_strdup (_ ("Just arrived"));

  length = rounds_time_words_minutes (minutes);
  /* Translators: how long a patient has been waiting: "Waiting 8 min". */
  return g_strdup_printf (_ ("Waiting %s"), length);
}

char *
rounds_time_words_elsewhere (RoundsTimeRange range, const char *zone)
{
  g_autoptr (GDateTime) here = NULL;
  g_autoptr (GDateTime) there = NULL;
  g_autofree char *span = NULL;
  g_autofree char *city = NULL;
  const char *slash;

  if (zone == NULL || !rounds_zone_is_valid (zone))
    return NULL;

  here = read_moment (range.start, NULL);
  there = read_moment (range.start, zone);
  if (g_date_time_get_utc_offset (here) == g_date_time_get_utc_offset (there))
    return NULL;

  slash = strrchr (zone, '/');
  city = g_strdelimit (g_strdup (slash != NULL ? slash + 1 : zone), "_", ' ');
  span = rounds_time_words_span (range, zone);
  /* Translators: a time span on the clocks of a city: "09:00–09:30 in New York". */
  return g_strdup_printf (_ ("%s in %s"), span, city);
}
