/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The numbers of rows: when a record starts, and its place among those of the same moment.
 * Who gets which number is decided in rounds-record-table.c.
 */

#pragma once

#include "rounds-time-range.h"

G_BEGIN_DECLS

/* Milliseconds since 1970 stand above this many bits (the year 2109 is the last). */
#define ROUNDS_NUMBER_TIE_BITS 20
#define ROUNDS_NUMBER_LAST_START ((G_GINT64_CONSTANT (1) << 42) - 1)

/* The first number of the moment @start (µs UTC); a start that is not known sorts first. */
static inline gint64
rounds_number_for_start (gint64 start)
{
  return CLAMP (start / 1000, 0, ROUNDS_NUMBER_LAST_START) << ROUNDS_NUMBER_TIE_BITS;
}

/* The first number that starts at or after @moment, which need not be a whole millisecond. */
static inline gint64
rounds_number_from (gint64 moment)
{
  if (moment > 0 && moment / 1000 < ROUNDS_NUMBER_LAST_START && moment % 1000 > 0)
    return rounds_number_for_start (moment + 1000);
  return rounds_number_for_start (moment);
}

/* µs UTC, in whole milliseconds. */
static inline gint64
rounds_number_get_start (gint64 number)
{
  return (number >> ROUNDS_NUMBER_TIE_BITS) * 1000;
}

G_END_DECLS
