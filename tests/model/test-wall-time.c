/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of wall times: what is read, what is refused, and some days that are easy to get wrong.
 * All clock changes one by one are in test-zone-transitions.c.
 */

#include "rounds-wall-time.h"

#include <time.h>

#include "rounds-clock.h"
#include "rounds-init.h"

static const struct
{
  const char *text;
  int minutes; /* −1: refused */
} times[] = {
  { "10:00 AM", 600 },
  { "10:00 am", 600 },
  { "10:00AM", 600 },
  { "10 am", 600 },
  { "10am", 600 },
  { "1 pm", 780 },
  { "12:00 PM", 720 },
  { "12:00 AM", 0 },
  { "12:30 am", 30 },
  { "12:59 PM", 779 },
  { "01:05 PM", 785 },
  { "1:05 p.m.", 785 },
  { "11:59 PM", 1439 },
  { "10:00\u202fAM", 600 },
  { "10:00\u00a0AM", 600 },
  { " 10:00 ", 600 },
  { "9:05", 545 },
  { "09:05", 545 },
  { "14:30", 870 },
  { "14:30:00", 870 },
  { "02:30:00 PM", 870 },
  { "00:00", 0 },
  { "0:00", 0 },
  { "23:59", 1439 },
  { NULL, -1 },
  { "", -1 },
  { " ", -1 },
  { "10", -1 },
  { "1000", -1 },
  { "10:0", -1 },
  { "10:000", -1 },
  { "10:60", -1 },
  { "24:00", -1 },
  { "13:00 PM", -1 },
  { "0:30 AM", -1 },
  { "00:00 PM", -1 },
  { "10:00:30", -1 },
  { "10:00:60", -1 },
  { "10:00:0", -1 },
  { "10:00:", -1 },
  { ":30", -1 },
  { "-1:00", -1 },
  { "+1:00", -1 },
  { "10.30", -1 },
  { "10:00 XM", -1 },
  { "10:00 AMX", -1 },
  { "10:00 AM AM", -1 },
  { "10:00 A", -1 },
  { "noon", -1 },
  { "100:00", -1 },
  { "١٠:٠٠", -1 },
  { "10:00Z", -1 },
  { "10:00\n", -1 },
  { "99999999999:00", -1 },
};

static void
test_parse_time (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      int minutes = -77;
      gboolean read = rounds_wall_time_parse_time (times[i].text, &minutes);

      g_test_message ("%s", times[i].text != NULL ? times[i].text : "NULL");
      g_assert_cmpint (read, ==, times[i].minutes >= 0);
      g_assert_cmpint (minutes, ==, read ? times[i].minutes : -77);
    }
}

/* All 1440 minutes in both forms, through the C library's formats. */
static void
test_parse_all_times (void)
{
  for (int minute = 0; minute < 1440; minute++)
    {
      struct tm broken = { .tm_hour = minute / 60, .tm_min = minute % 60 };
      char long_form[20], short_form[20];
      int read = -1;

      strftime (long_form, sizeof long_form, "%I:%M %p", &broken);
      strftime (short_form, sizeof short_form, "%H:%M", &broken);
      g_assert_true (rounds_wall_time_parse_time (long_form, &read));
      g_assert_cmpint (read, ==, minute);
      g_assert_true (rounds_wall_time_parse_time (short_form, &read));
      g_assert_cmpint (read, ==, minute);
    }
}

static const struct
{
  const char *text;
  int year, month, day; /* year 0: refused */
} dates[] = {
  { "2024-01-15", 2024, 1, 15 },
  { "2024-02-29", 2024, 2, 29 },
  { "2000-02-29", 2000, 2, 29 },
  { "2100-12-31", 2100, 12, 31 },
  { "0001-01-01", 1, 1, 1 },
  { "9999-12-31", 9999, 12, 31 },
  { NULL, 0, 0, 0 },
  { "", 0, 0, 0 },
  { "2023-02-29", 0, 0, 0 },
  { "2100-02-29", 0, 0, 0 },
  { "2024-04-31", 0, 0, 0 },
  { "2024-13-01", 0, 0, 0 },
  { "2024-00-10", 0, 0, 0 },
  { "2024-01-00", 0, 0, 0 },
  { "2024-01-32", 0, 0, 0 },
  { "0000-01-01", 0, 0, 0 },
  { "24-01-15", 0, 0, 0 },
  { "2024-1-15", 0, 0, 0 },
  { "2024/01/15", 0, 0, 0 },
  { "15.01.2024", 0, 0, 0 },
  { "20240115", 0, 0, 0 },
  { "2024-01-15T00:00", 0, 0, 0 },
  { " 2024-01-15", 0, 0, 0 },
  { "2024-01-15 ", 0, 0, 0 },
  { "-024-01-15", 0, 0, 0 },
  { "12024-01-15", 0, 0, 0 },
  { "٢٠٢٤-٠١-١٥", 0, 0, 0 },
};

static void
test_parse_date (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      int year = 0, month = 0, day = 0;

      g_test_message ("%s", dates[i].text != NULL ? dates[i].text : "NULL");
      g_assert_cmpint (rounds_wall_time_parse_date (dates[i].text, &year, &month, &day), ==,
                       dates[i].year != 0);
      g_assert_cmpint (year, ==, dates[i].year);
      g_assert_cmpint (month, ==, dates[i].month);
      g_assert_cmpint (day, ==, dates[i].day);
    }
}

static void
test_zones (void)
{
  static const char *const good[]
      = { "Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC",
          "Etc/GMT+5",     "America/Port-au-Prince",         "Asia/Kolkata" };
  static const char *const bad[] = {
    NULL,
    "",
    "Z",
    "+05:00",
    "-03",
    "ABC5",
    "EST5EDT4,M3.2.0,M11.1.0",
    "Mars/Olympus",
    "europe/berlin",
    "Europe",
    "Europe/",
    "Europe/Berlin ",
    "/etc/passwd",
    "/usr/share/zoneinfo/UTC",
    "../zoneinfo/UTC",
    "Europe/../UTC",
    "../../../etc/passwd",
    "leapseconds",
    "tzdata.zi",
    "zone.tab",
    "posixrules",
    "localtime",
    "right/UTC",
    "Factory",
    "Europe/Berlin\n",
    "Europe/München",
    "Europe/Berlin%00",
    "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (rounds_zone_is_valid (good[i]));
      g_assert_true (rounds_zone_is_valid (good[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 moment;

      g_test_message ("%s", bad[i] != NULL ? bad[i] : "NULL");
      g_assert_false (rounds_zone_is_valid (bad[i]));
      g_assert_false (rounds_wall_time_to_moment (bad[i], "2024-01-15", "10:00", &moment, &error));
      g_assert_error (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_ZONE);
    }
}

static const struct
{
  const char *zone;
  const char *date;
  const char *time;
  gint64 seconds; /* or 0 */
  int error;
  const char *next; /* what a skipped one is answered with */
} moments[] = {
  { "UTC", "2024-01-15", "10:00 AM", 1705312800, 0, NULL },
  { "Europe/Berlin", "2024-01-15", "10:00 AM", 1705309200, 0, NULL },
  { "Asia/Kathmandu", "2024-01-15", "10:00 AM", 1705292100, 0, NULL },
  { "Europe/Berlin", "2026-03-29", "02:30", 0, ROUNDS_WALL_TIME_ERROR_SKIPPED, "2026-03-29 03:00" },
  { "Europe/Berlin", "2026-10-25", "02:30", 1792888200, 0, NULL },
  { "America/New_York", "2026-03-08", "2:00 AM", 0, ROUNDS_WALL_TIME_ERROR_SKIPPED,
    "2026-03-08 03:00" },
  { "America/Sao_Paulo", "2018-11-04", "00:00", 0, ROUNDS_WALL_TIME_ERROR_SKIPPED,
    "2018-11-04 01:00" },
  { "Australia/Lord_Howe", "2026-10-04", "02:15", 0, ROUNDS_WALL_TIME_ERROR_SKIPPED,
    "2026-10-04 02:30" },
  { "Pacific/Apia", "2011-12-30", "10:00 AM", 0, ROUNDS_WALL_TIME_ERROR_SKIPPED,
    "2011-12-31 00:00" },
  { "Asia/Tehran", "2022-03-22", "00:30", 0, ROUNDS_WALL_TIME_ERROR_SKIPPED, "2022-03-22 01:00" },
  /* Beyond what the 32-bit part of a zone file holds. */
  { "Europe/Berlin", "2050-07-01", "12:00", 2540282400, 0, NULL },
  { "UTC", "2024-02-30", "10:00", 0, ROUNDS_WALL_TIME_ERROR_DATE, NULL },
  { "UTC", NULL, "10:00", 0, ROUNDS_WALL_TIME_ERROR_DATE, NULL },
  { "UTC", "2024-01-15", "25:00", 0, ROUNDS_WALL_TIME_ERROR_TIME, NULL },
  { "UTC", "2024-01-15", NULL, 0, ROUNDS_WALL_TIME_ERROR_TIME, NULL },
  { "UTC", "0001-01-01", "00:00", -62135596800, 0, NULL },
  { "UTC", "9999-12-31", "23:59", 253402300740, 0, NULL },
};

/* The zone's clock shows @date_and_time at @moment. */
static void
assert_shows (const char *zone, gint64 moment, const char *date_and_time)
{
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  g_autofree char *shown = NULL;

  rounds_wall_time_from_moment (zone, moment, &date, &time);
  shown = g_strconcat (date, " ", time, NULL);
  g_assert_cmpstr (shown, ==, date_and_time);
}

static void
test_to_moment (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 moment = 42;
      gboolean read = rounds_wall_time_to_moment (moments[i].zone, moments[i].date, moments[i].time,
                                                  &moment, &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (read, ==, moments[i].error == 0);
      if (read)
        {
          g_assert_no_error (error);
          g_assert_cmpint (moment, ==, moments[i].seconds * ROUNDS_SECOND);
          continue;
        }
      g_assert_error (error, ROUNDS_WALL_TIME_ERROR, moments[i].error);
      if (moments[i].next != NULL)
        {
          g_assert_true (g_str_has_suffix (error->message, moments[i].next));
          assert_shows (moments[i].zone, moment, moments[i].next);
        }
      else
        g_assert_cmpint (moment, ==, 42);
    }
}

static const struct
{
  const char *zone;
  gint64 moment;
  const char *date;
  const char *time;
} shown[] = {
  { "Europe/Berlin", G_GINT64_CONSTANT (1705309200000000), "2024-01-15", "10:00" },
  { "Europe/Berlin", G_GINT64_CONSTANT (1705309259999999), "2024-01-15", "10:00" },
  { "Mars/Olympus", G_GINT64_CONSTANT (1705309200000000), "2024-01-15", "09:00" },
  { NULL, G_GINT64_CONSTANT (1705309200000000), "2024-01-15", "09:00" },
  { "UTC", -1, "1969-12-31", "23:59" },
  { "America/New_York", 0, "1969-12-31", "19:00" },
  { "Pacific/Kiritimati", 0, "1969-12-31", "13:20" },
};

static void
test_from_moment (void)
{
  static const gint64 extremes[] = { ROUNDS_TIME_NONE, G_MININT64 + 1, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *date = NULL;
      g_autofree char *time = NULL;

      rounds_wall_time_from_moment (shown[i].zone, shown[i].moment, &date, &time);
      g_assert_cmpstr (date, ==, shown[i].date);
      g_assert_cmpstr (time, ==, shown[i].time);
    }

  /* What lies beyond the calendar is shown as its end, and nothing overflows. */
  for (gsize i = 0; i < G_N_ELEMENTS (extremes); i++)
    {
      g_autofree char *date = NULL;
      int year, month, day;

      rounds_wall_time_from_moment ("Europe/Berlin", extremes[i], &date, NULL);
      g_assert_true (rounds_wall_time_parse_date (date, &year, &month, &day));
      g_assert_cmpint (year, ==, extremes[i] < 0 ? 1 : 9999);
      rounds_wall_time_day_of ("Europe/Berlin", extremes[i]);
      rounds_wall_time_day_offset ("Europe/Berlin", extremes[i], G_MAXINT);
      rounds_wall_time_day_offset ("Europe/Berlin", extremes[i], G_MININT);
    }
}

static const struct
{
  const char *zone;
  const char *date; /* at noon */
  int days;
  const char *expected;
  double hours;
} days[] = {
  { "UTC", "2024-01-15", 0, "2024-01-15", 24 },
  { "UTC", "2024-02-28", 1, "2024-02-29", 24 },
  { "UTC", "2024-03-01", -1, "2024-02-29", 24 },
  { "UTC", "2024-12-31", 366, "2026-01-01", 24 },
  { "Europe/Berlin", "2026-03-29", 0, "2026-03-29", 23 },
  { "Europe/Berlin", "2026-10-25", 0, "2026-10-25", 25 },
  { "Europe/Berlin", "2026-10-24", 1, "2026-10-25", 25 },
  { "Europe/Berlin", "2026-10-26", -1, "2026-10-25", 25 },
  { "Australia/Lord_Howe", "2026-10-04", 0, "2026-10-04", 23.5 },
  { "Australia/Lord_Howe", "2026-04-05", 0, "2026-04-05", 24.5 },
  { "America/Sao_Paulo", "2018-11-04", 0, "2018-11-04", 23 },
  { "America/Sao_Paulo", "2018-02-17", 0, "2018-02-17", 25 },
  { "America/Havana", "2024-11-03", 0, "2024-11-03", 25 },
  /* Back from 00:01 to 23:01 of the day before: the first midnight counts. */
  { "America/St_Johns", "2010-11-07", 0, "2010-11-07", 25 },
  { "America/St_Johns", "2010-11-06", 0, "2010-11-06", 24 },
  { "Pacific/Apia", "2011-12-29", 1, "2011-12-31", 24 },
  { "Pacific/Apia", "2011-12-31", -1, "2011-12-29", 24 },
};

static void
test_days (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *date = NULL;
      gint64 noon;
      RoundsTimeRange range;

      g_test_message ("%s %s", days[i].zone, days[i].date);
      g_assert_true (rounds_wall_time_to_moment (days[i].zone, days[i].date, "12:00", &noon, NULL));
      range = rounds_wall_time_day_offset (days[i].zone, noon, days[i].days);
      rounds_wall_time_from_moment (days[i].zone, range.start, &date, NULL);
      g_assert_cmpstr (date, ==, days[i].expected);
      g_assert_cmpint (range.end - range.start, ==, (gint64)(days[i].hours * ROUNDS_HOUR));
    }
}

/* The local zone is that of the TZ under which this suite runs; the C library says what it is. */
static void
test_local_days (void)
{
  for (int i = 0; i < 2000; i++)
    {
      gint64 seconds = g_test_rand_double_range (946684800, 2145916800);
      RoundsTimeRange day = rounds_wall_time_day_of (NULL, seconds * ROUNDS_SECOND);
      time_t moment = seconds;
      time_t start = day.start / ROUNDS_SECOND;
      time_t end = day.end / ROUNDS_SECOND;
      struct tm at, first, after;

      localtime_r (&moment, &at);
      localtime_r (&start, &first);
      localtime_r (&end, &after);
      g_assert_true (rounds_time_range_contains (day, seconds * ROUNDS_SECOND));
      g_assert_cmpint (first.tm_yday, ==, at.tm_yday);
      g_assert_cmpint (after.tm_yday, !=, at.tm_yday);
      g_assert_cmpint (first.tm_hour * 3600 + first.tm_min * 60 + first.tm_sec, ==, 0);
      g_assert_cmpint (after.tm_hour * 3600 + after.tm_min * 60 + after.tm_sec, ==, 0);
    }
}

static gpointer
use_many_zones (gpointer data)
{
  static const char *const names[] = { "Europe/Paris", "Asia/Tokyo",     "America/Lima",
                                       "Africa/Lagos", "Nowhere/At_All", "Australia/Perth" };
  guint n_found = 0;

  for (guint i = 0; i < 6000; i++)
    {
      gint64 moment;

      n_found += rounds_wall_time_to_moment (names[i % G_N_ELEMENTS (names)], "2026-07-01", "10:00",
                                             &moment, NULL);
    }
  return GUINT_TO_POINTER (n_found);
}

static void
test_threads (void)
{
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("zones", use_many_zones, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 5000);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-wall-time");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Model/WallTime/parse-time", test_parse_time);
  g_test_add_func ("/Rounds/Model/WallTime/parse-all-times", test_parse_all_times);
  g_test_add_func ("/Rounds/Model/WallTime/parse-date", test_parse_date);
  g_test_add_func ("/Rounds/Model/WallTime/zones", test_zones);
  g_test_add_func ("/Rounds/Model/WallTime/to-moment", test_to_moment);
  g_test_add_func ("/Rounds/Model/WallTime/from-moment", test_from_moment);
  g_test_add_func ("/Rounds/Model/WallTime/days", test_days);
  g_test_add_func ("/Rounds/Model/WallTime/local-days", test_local_days);
  g_test_add_func ("/Rounds/Model/WallTime/threads", test_threads);

  return g_test_run ();
}
