/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Today's list: the entries of a day with the now-line and free time between them.
 * It asks no store; it follows the list model that it is given.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-clock.h"

G_BEGIN_DECLS

/* Shorter gaps are pauses, not free time. */
#define ROUNDS_SHORTEST_GAP (15 * ROUNDS_MINUTE)

#define ROUNDS_TYPE_DAY_MODEL (rounds_day_model_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayModel, rounds_day_model, ROUNDS, DAY_MODEL, GObject)

/* @entries: RoundsEntry ordered by start. @with_gaps: only one person's day has free time; that of
 * a whole hospital has none. A GListModel of RoundsDayItem. (transfer full) */
RoundsDayModel *rounds_day_model_new (GListModel *entries, RoundsClock *clock, gboolean with_gaps);
/* Moves the now-line to where it belongs at the clock's moment. */
void rounds_day_model_tick (RoundsDayModel *self);
/* How many entries are over and behind the now-line; they have rows only when asked for, or when
 * there would be no other. */
guint rounds_day_model_get_n_finished (RoundsDayModel *self);
void rounds_day_model_show_finished (RoundsDayModel *self, gboolean are_shown);

G_END_DECLS
