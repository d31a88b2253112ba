/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of half-open ranges: every position of one to another.
 * Days as ranges are tested in test-wall-time.c.
 */

#include "rounds-time-range.h"

#include "rounds-init.h"

static const struct
{
  RoundsTimeRange a;
  RoundsTimeRange b;
  gboolean overlap;
} cases[] = {
  { { 10, 20 }, { 10, 20 }, TRUE },
  { { 10, 20 }, { 15, 25 }, TRUE },
  { { 10, 20 }, { 19, 30 }, TRUE },
  { { 10, 20 }, { 12, 13 }, TRUE },
  { { 10, 20 }, { 10, 11 }, TRUE },
  { { 10, 20 }, { 19, 20 }, TRUE },
  { { 10, 20 }, { 20, 30 }, FALSE },
  { { 10, 20 }, { 21, 30 }, FALSE },
  { { 10, 20 }, { 15, 15 }, FALSE },
  { { 10, 20 }, { 10, 10 }, FALSE },
  { { 15, 15 }, { 15, 15 }, FALSE },
  { { -20, -10 }, { -11, 0 }, TRUE },
  { { -20, -10 }, { -10, 0 }, FALSE },
  { { G_MININT64, G_MAXINT64 }, { 0, 1 }, TRUE },
  { { G_MININT64, 0 }, { 0, G_MAXINT64 }, FALSE },
};

static void
test_overlaps (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (rounds_time_range_overlaps (cases[i].a, cases[i].b), ==, cases[i].overlap);
      g_assert_cmpint (rounds_time_range_overlaps (cases[i].b, cases[i].a), ==, cases[i].overlap);
    }
}

/* Two small ranges overlap just when they share a moment. */
static void
test_overlap_is_a_shared_moment (void)
{
  for (int code = 0; code < 6 * 6 * 6 * 6; code++)
    {
      RoundsTimeRange a = { code % 6, code / 6 % 6 };
      RoundsTimeRange b = { code / 36 % 6, code / 216 };
      gboolean shared = FALSE;

      if (a.start > a.end || b.start > b.end)
        continue;
      for (gint64 moment = 0; moment < 6; moment++)
        shared
            = shared
              || (rounds_time_range_contains (a, moment) && rounds_time_range_contains (b, moment));
      g_assert_cmpint (rounds_time_range_overlaps (a, b), ==, shared);
    }
}

static void
test_contains (void)
{
  RoundsTimeRange range = rounds_time_range_new (10, 20);
  RoundsTimeRange empty = rounds_time_range_new (10, 10);

  g_assert_false (rounds_time_range_contains (range, 9));
  g_assert_true (rounds_time_range_contains (range, 10));
  g_assert_true (rounds_time_range_contains (range, 19));
  g_assert_false (rounds_time_range_contains (range, 20));
  g_assert_false (rounds_time_range_is_empty (range));
  g_assert_false (rounds_time_range_contains (empty, 10));
  g_assert_true (rounds_time_range_is_empty (empty));
}

static void
test_backwards (void)
{
  RoundsTimeRange range;

  g_test_expect_message ("rounds-model", G_LOG_LEVEL_CRITICAL, "*start <= end*");
  range = rounds_time_range_new (20, 10);
  g_test_assert_expected_messages ();
  g_assert_true (rounds_time_range_is_empty (range));
  g_assert_cmpint (range.start, ==, 20);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-time-range");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Model/TimeRange/overlaps", test_overlaps);
  g_test_add_func ("/Rounds/Model/TimeRange/overlap-is-a-shared-moment",
                   test_overlap_is_a_shared_moment);
  g_test_add_func ("/Rounds/Model/TimeRange/contains", test_contains);
  g_test_add_func ("/Rounds/Model/TimeRange/backwards", test_backwards);

  return g_test_run ();
}
