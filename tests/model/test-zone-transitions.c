/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Every clock change of 24 zones from 2000 to 2037, against the C library's own reading of the
 * zones. Texts and errors that have nothing to do with clock changes are in test-wall-time.c.
 */

#include "rounds-wall-time.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rounds-clock.h"
#include "rounds-init.h"

/* @changes: how many to expect at least, so that a missing time zone database does not pass. They
 * are those of the past; what is still to come, parliaments may take back. */
static const struct
{
  const char *zone;
  guint changes;
} zones[] = {
  { "Europe/Berlin", 50 },       { "Europe/London", 50 },
  { "Europe/Dublin", 50 }, /* winter time is the exception there */
  { "Europe/Istanbul", 33 }, /* moved its changes several times, then stopped */
  { "America/New_York", 50 },    { "America/St_Johns", 50 }, /* half hours; at 00:01 until 2011 */
  { "America/Sao_Paulo", 38 }, /* at midnight, which did not exist; stopped in 2019 */
  { "America/Havana", 40 }, /* back from 01:00 to 00:00 */
  { "America/Santiago", 40 },    { "America/Asuncion", 40 },
  { "America/Caracas", 2 }, /* half an hour, and back again */
  { "Africa/Casablanca", 20 }, /* not in Ramadan */
  { "Africa/Cairo", 20 }, /* at midnight */
  { "Africa/Windhoek", 30 },     { "Asia/Tehran", 36 }, /* at midnight; until 2022 */
  { "Asia/Amman", 40 },          { "Asia/Gaza", 40 },
  { "Asia/Pyongyang", 2 }, /* half an hour */
  { "Asia/Kathmandu", 0 },       { "Australia/Sydney", 50 },
  { "Australia/Lord_Howe", 50 }, /* by half an hour */
  { "Pacific/Auckland", 50 },    { "Pacific/Apia", 20 }, /* left out 2011-12-30 */
  { "Antarctica/Troll", 40 }, /* by two hours */
};

#define FROM G_GINT64_CONSTANT (946684800) /* 2000-01-01 */
#define UNTIL G_GINT64_CONSTANT (2145916800) /* 2038-01-01 */
#define STEP (6 * 3600)

typedef struct
{
  gint64 moment; /* s, UTC: the first second with the new offset */
  int before;
  int after;
} Change;

static void
use_zone (const char *zone)
{
  g_setenv ("TZ", zone, TRUE);
  tzset ();
}

static int
get_offset (gint64 moment)
{
  time_t time = moment;
  struct tm broken;

  localtime_r (&time, &broken);
  return (int)broken.tm_gmtoff;
}

/* All changes of the offset, found by walking and halving. */
static GArray *
find_changes (void)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  int offset = get_offset (FROM);

  for (gint64 moment = FROM; moment < UNTIL; moment += STEP)
    {
      Change change = { moment + STEP, offset, get_offset (moment + STEP) };
      gint64 low = moment;

      offset = change.after;
      if (change.before == change.after)
        continue;
      while (change.moment - low > 1)
        {
          gint64 middle = low + (change.moment - low) / 2;

          if (get_offset (middle) == change.after)
            change.moment = middle;
          else
            low = middle;
        }
      g_array_append_val (changes, change);
    }
  return changes;
}

/* @wall: what a clock shows, as seconds since 1970 as if it were UTC. */
static void
format_wall (gint64 wall, char *date, char *time)
{
  time_t seconds = wall;
  struct tm broken;

  gmtime_r (&seconds, &broken);
  strftime (date, 11, "%Y-%m-%d", &broken);
  strftime (time, 6, "%H:%M", &broken);
}

static void
assert_moment (const char *zone, gint64 wall, gint64 expected)
{
  char date[11], time[6];
  gint64 moment = 0;
  g_autoptr (GError) error = NULL;

  format_wall (wall, date, time);
  rounds_wall_time_to_moment (zone, date, time, &moment, &error);
  g_assert_no_error (error);
  if (moment != expected * ROUNDS_SECOND)
    g_error ("%s %s %s: %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT, zone, date, time,
             moment, (gint64)(expected * ROUNDS_SECOND));
}

static void
assert_skipped (const char *zone, gint64 wall, gint64 next)
{
  char date[11], time[6], next_date[11], next_time[6];
  gint64 moment = 42;
  g_autoptr (GError) error = NULL;
  g_autofree char *end = NULL;
  g_autofree char *shown_date = NULL;
  g_autofree char *shown_time = NULL;

  format_wall (wall, date, time);
  format_wall (next, next_date, next_time);
  end = g_strdup_printf ("the next valid time is %s %s", next_date, next_time);

  g_assert_false (rounds_wall_time_to_moment (zone, date, time, &moment, &error));
  g_assert_error (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_SKIPPED);
  /* When the clock jumped over it, which then shows the next valid time. */
  rounds_wall_time_from_moment (zone, moment, &shown_date, &shown_time);
  g_assert_cmpstr (shown_date, ==, next_date);
  g_assert_cmpstr (shown_time, ==, next_time);
  if (!g_str_has_suffix (error->message, end) || strstr (error->message, time) == NULL
      || strstr (error->message, date) == NULL || strstr (error->message, zone) == NULL)
    g_error ("%s: %s", end, error->message);
}

static void
check_wall_times (const char *zone, const Change *change)
{
  gint64 ends = change->moment + change->before; /* what the old clock would show next */
  gint64 begins = change->moment + change->after; /* what the new clock shows first */

  if (begins > ends)
    {
      assert_moment (zone, ends - 60, change->moment - 60);
      for (gint64 wall = ends; wall < begins; wall += 300)
        assert_skipped (zone, wall, begins);
      assert_skipped (zone, begins - 60, begins);
      assert_moment (zone, begins, change->moment);
    }
  else
    {
      assert_moment (zone, begins - 60, begins - 60 - change->before);
      /* All that is shown twice means the first. */
      for (gint64 wall = begins; wall < ends; wall += 300)
        assert_moment (zone, wall, wall - change->before);
      assert_moment (zone, ends - 60, change->moment - 60);
      assert_moment (zone, ends, ends - change->after);
    }
}

static void
check_way_back (const char *zone, const Change *change)
{
  static const int around[] = { -7200, -3600, -60, 0, 60, 3600, 7200 };

  for (gsize i = 0; i < G_N_ELEMENTS (around); i++)
    {
      gint64 moment = change->moment + around[i];
      char date[11], time[6];
      g_autofree char *our_date = NULL;
      g_autofree char *our_time = NULL;

      format_wall (moment + get_offset (moment), date, time);
      rounds_wall_time_from_moment (zone, moment * ROUNDS_SECOND, &our_date, &our_time);
      g_assert_cmpstr (our_date, ==, date);
      g_assert_cmpstr (our_time, ==, time);
    }
}

/* Days follow each other without gap or overlap, whatever the clock does at midnight. Asked every
 * hour around the change, and some times in each of the days before and after. */
static void
check_days (const char *zone, const Change *change)
{
  for (int hours = -50; hours <= 50; hours += ABS (hours) < 8 ? 1 : 3)
    {
      gint64 moment = (change->moment + hours * 3600 + (hours % 2) * 1799) * ROUNDS_SECOND;
      RoundsTimeRange day = rounds_wall_time_day_of (zone, moment);
      RoundsTimeRange next = rounds_wall_time_day_offset (zone, moment, 1);
      RoundsTimeRange previous = rounds_wall_time_day_offset (zone, moment, -1);
      RoundsTimeRange week = rounds_wall_time_day_offset (zone, moment, 7);
      RoundsTimeRange back = rounds_wall_time_day_offset (zone, week.start, -7);

      g_assert_true (rounds_time_range_contains (day, moment));
      g_assert_cmpint (day.end - day.start, >=, 22 * ROUNDS_HOUR);
      g_assert_cmpint (day.end - day.start, <=, 26 * ROUNDS_HOUR);
      g_assert_cmpint (next.start, ==, day.end);
      g_assert_cmpint (previous.end, ==, day.start);
      g_assert_cmpint (rounds_wall_time_day_of (zone, day.end - 1).start, ==, day.start);
      g_assert_cmpint (rounds_wall_time_day_of (zone, day.start).end, ==, day.end);
      g_assert_true (back.start == day.start || change->after - change->before > 80000);
    }
}

static void
test_zone (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *before = g_strdup (g_getenv ("TZ"));
  g_autoptr (GArray) changes = NULL;

  use_zone (zones[i].zone);
  changes = find_changes ();
  g_test_message ("%s: %u changes", zones[i].zone, changes->len);
  g_assert_cmpuint (changes->len, >=, zones[i].changes);

  for (guint j = 0; j < changes->len; j++)
    {
      const Change *change = &g_array_index (changes, Change, j);

      check_wall_times (zones[i].zone, change);
      check_way_back (zones[i].zone, change);
      check_days (zones[i].zone, change);
    }

  if (before != NULL)
    use_zone (before);
}

/* Random moments there and back: the same, or the first of two that show the same. */
static void
test_round_trips (void)
{
  for (int i = 0; i < 20000; i++)
    {
      const char *zone = zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))].zone;
      gint64 moment = g_test_rand_double_range (0, 4e9);
      g_autofree char *date = NULL;
      g_autofree char *time = NULL;
      g_autofree char *again_date = NULL;
      g_autofree char *again_time = NULL;
      g_autoptr (GError) error = NULL;
      gint64 back;

      moment = moment / 60 * 60 * ROUNDS_SECOND;
      rounds_wall_time_from_moment (zone, moment, &date, &time);
      rounds_wall_time_to_moment (zone, date, time, &back, &error);
      g_assert_no_error (error);
      g_assert_cmpint (back, <=, moment);
      g_assert_cmpint (moment - back, <=, 3 * ROUNDS_HOUR);
      rounds_wall_time_from_moment (zone, back, &again_date, &again_time);
      g_assert_cmpstr (again_date, ==, date);
      g_assert_cmpstr (again_time, ==, time);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-zone-transitions");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *path
          = g_strconcat ("/Rounds/Model/WallTime/transitions/", zones[i].zone, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_zone);
    }
  g_test_add_func ("/Rounds/Model/WallTime/round-trips", test_round_trips);

  return g_test_run ();
}
