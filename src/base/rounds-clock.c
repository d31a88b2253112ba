/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The two clocks behind one type: the system's, and one that a test sets.
 * It starts no timer; who wants to be woken uses the main loop.
 */

#include "config.h"

#include "rounds-clock.h"

struct _RoundsClock
{
  GObject parent_instance;

  gboolean fixed;
  gint64 ahead; /* µs; only for the system's, and 0 but in a development build that was asked */
  /* Only for a fixed clock. Atomic: server workers read it while a test moves it. */
  _Atomic gint64 now;
};

G_DEFINE_FINAL_TYPE (RoundsClock, rounds_clock, G_TYPE_OBJECT)

static void
rounds_clock_class_init (RoundsClockClass *klass)
{
}

static void
rounds_clock_init (RoundsClock *self)
{
}

/* So that a demo or a test has a day as it is at ten in the morning, whenever it runs: one number
 * for all of its processes. Security: a release build knows no other time than the system's. */
static gint64
find_ahead (void)
{
#ifdef ROUNDS_DEVELOPMENT
  const char *seconds = g_getenv ("ROUNDS_CLOCK_AHEAD");

  return seconds != NULL ? g_ascii_strtoll (seconds, NULL, 10) * ROUNDS_SECOND : 0;
#else
  return 0;
#endif
}

RoundsClock *
rounds_clock_new_system (void)
{
  RoundsClock *self = g_object_new (ROUNDS_TYPE_CLOCK, NULL);

  self->ahead = find_ahead ();
  return self;
}

RoundsClock *
rounds_clock_new_fixed (gint64 now)
{
  RoundsClock *self = g_object_new (ROUNDS_TYPE_CLOCK, NULL);

  self->fixed = TRUE;
  self->now = now;
  return self;
}

gint64
rounds_clock_now (RoundsClock *self)
{
  g_return_val_if_fail (ROUNDS_IS_CLOCK (self), 0);

  return self->fixed ? self->now : g_get_real_time () + self->ahead;
}

void
rounds_clock_set (RoundsClock *self, gint64 now)
{
  g_return_if_fail (ROUNDS_IS_CLOCK (self));
  g_return_if_fail (self->fixed);

  self->now = now;
}

void
rounds_clock_advance (RoundsClock *self, gint64 microseconds)
{
  g_return_if_fail (ROUNDS_IS_CLOCK (self));
  g_return_if_fail (self->fixed);

  self->now += microseconds;
}
