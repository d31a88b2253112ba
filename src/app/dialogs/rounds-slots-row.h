/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A row of a form that offers free times as chips to choose from.
 * Which times are free is RoundsFreeTimes' to find out.
 */

#pragma once

#include <adwaita.h>

#include "rounds-time-range.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_SLOTS_ROW (rounds_slots_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSlotsRow, rounds_slots_row, ROUNDS, SLOTS_ROW, AdwPreferencesRow)

/* Signal "chosen" (gint64: the start, µs UTC). */

/* Offers @slots (of RoundsTimeRange; NULL hides the row) on @zone's clock (IANA). @is_later: the
 * day that was asked for has none. */
void rounds_slots_row_offer (RoundsSlotsRow *self, GArray *slots, gboolean is_later,
                             const char *zone, gint64 now);
/* What is offered is out of date, and an answer is on its way. */
void rounds_slots_row_wait (RoundsSlotsRow *self);
/* Marks the chip of @start (µs UTC; ROUNDS_TIME_NONE: none) as what stands in the form. */
void rounds_slots_row_mark (RoundsSlotsRow *self, gint64 start);

G_END_DECLS
