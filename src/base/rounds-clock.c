/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The two clocks behind one type: the system's, and one that a test sets.
 * It starts no timer; who wants to be woken uses the main loop.
 */

#include "rounds-clock.h"

struct _RoundsClock
{
  GObject parent_instance;

  gboolean fixed;
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

RoundsClock *
rounds_clock_new_system (void)
{
  return g_object_new (ROUNDS_TYPE_CLOCK, NULL);
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

  return self->fixed ? self->now : g_get_real_time ();
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
