/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of RoundsClock: that a fixed clock stands until it is moved.
 * How exact the system's clock is, is not ours to test.
 */

#include "config.h"

#include "rounds-clock.h"
#include "rounds-init.h"

static void
test_units (void)
{
  g_assert_cmpint (ROUNDS_SECOND, ==, G_USEC_PER_SEC);
  g_assert_cmpint (ROUNDS_HOUR, ==, G_GINT64_CONSTANT (3600000000));
  g_assert_cmpint (ROUNDS_DAY, ==, G_GINT64_CONSTANT (86400000000));
  g_assert_cmpint (400 * ROUNDS_DAY, ==, G_GINT64_CONSTANT (34560000000000));
}

static void
test_fixed (void)
{
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (1000);

  g_assert_cmpint (rounds_clock_now (clock), ==, 1000);
  g_assert_cmpint (rounds_clock_now (clock), ==, 1000);

  rounds_clock_advance (clock, 5 * ROUNDS_MINUTE);
  g_assert_cmpint (rounds_clock_now (clock), ==, 300001000);

  rounds_clock_advance (clock, -ROUNDS_SECOND);
  g_assert_cmpint (rounds_clock_now (clock), ==, 299001000);

  rounds_clock_set (clock, -1);
  g_assert_cmpint (rounds_clock_now (clock), ==, -1);
}

static void
test_system (void)
{
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  gint64 before = g_get_real_time ();
  gint64 now = rounds_clock_now (clock);

  g_assert_cmpint (before, <=, now);
  g_assert_cmpint (now, <=, g_get_real_time ());
}

/* As a demo or a test of the running app asks for it; nobody else is heard. */
static void
test_ahead (void)
{
#ifdef ROUNDS_DEVELOPMENT
  const gint64 expected = -2 * ROUNDS_HOUR;
#else
  const gint64 expected = 0;
#endif
  gint64 ahead;

  g_setenv ("ROUNDS_CLOCK_AHEAD", "-7200", TRUE);
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  g_unsetenv ("ROUNDS_CLOCK_AHEAD");
  ahead = rounds_clock_now (clock) - g_get_real_time ();
  g_assert_cmpint (ahead, <=, expected);
  g_assert_cmpint (ahead, >, expected - ROUNDS_MINUTE);
}

static void
test_system_cannot_be_moved (void)
{
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();

  g_test_expect_message ("rounds-base", G_LOG_LEVEL_CRITICAL, "*self->fixed*");
  rounds_clock_set (clock, 0);
  g_test_assert_expected_messages ();

  g_test_expect_message ("rounds-base", G_LOG_LEVEL_CRITICAL, "*self->fixed*");
  rounds_clock_advance (clock, 1);
  g_test_assert_expected_messages ();

  g_assert_cmpint (rounds_clock_now (clock), >, 0);
}

#define N_STEPS 10000

static gpointer
advance_many_times (gpointer data)
{
  for (int i = 0; i < N_STEPS; i++)
    rounds_clock_advance (data, 1);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (0);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("clock", advance_many_times, clock);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (rounds_clock_now (clock), ==, 4 * N_STEPS);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-clock");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Clock/units", test_units);
  g_test_add_func ("/Rounds/Base/Clock/fixed", test_fixed);
  g_test_add_func ("/Rounds/Base/Clock/system", test_system);
  g_test_add_func ("/Rounds/Base/Clock/ahead", test_ahead);
  g_test_add_func ("/Rounds/Base/Clock/system-cannot-be-moved", test_system_cannot_be_moved);
  g_test_add_func ("/Rounds/Base/Clock/threads", test_threads);

  return g_test_run ();
}
