/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where the time comes from: the system, or a test that moves it by hand.
 * It does not know time zones; those are in model.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A moment is microseconds since 1970-01-01T00:00:00Z, as g_get_real_time() gives them. */
#define ROUNDS_TIME_NONE G_MININT64
#define ROUNDS_SECOND G_GINT64_CONSTANT (1000000)
#define ROUNDS_MINUTE (60 * ROUNDS_SECOND)
#define ROUNDS_HOUR (60 * ROUNDS_MINUTE)
#define ROUNDS_DAY (24 * ROUNDS_HOUR)

#define ROUNDS_TYPE_CLOCK (rounds_clock_get_type ())
G_DECLARE_FINAL_TYPE (RoundsClock, rounds_clock, ROUNDS, CLOCK, GObject)

/* A clock that follows the system's wall clock; in a development build, as many seconds ahead of it
 * as ROUNDS_CLOCK_AHEAD says. Thread-safe. */
RoundsClock *rounds_clock_new_system (void);

/* A clock that stands at @now (µs, UTC) until rounds_clock_set() or rounds_clock_advance(). */
RoundsClock *rounds_clock_new_fixed (gint64 now);

/* The current moment in µs, UTC. Thread-safe. */
gint64 rounds_clock_now (RoundsClock *self);

/* Moves a fixed clock. It is a programmer's error to call these on a system clock. */
void rounds_clock_set (RoundsClock *self, gint64 now);
void rounds_clock_advance (RoundsClock *self, gint64 microseconds);

G_END_DECLS
