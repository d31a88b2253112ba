/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The day on the today page: its rows, and the button that shows what is finished.
 * Which row stands where is worked out by the day model.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DAY_GROUP (rounds_day_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayGroup, rounds_day_group, ROUNDS, DAY_GROUP, AdwPreferencesGroup)

/* @entries: RoundsEntry of one day, ordered by start. To be called once. */
void rounds_day_group_set_entries (RoundsDayGroup *self, GListModel *entries, RoundsSync *sync,
                                   RoundsClock *clock);
/* Moves the now-line to where it belongs. */
void rounds_day_group_tick (RoundsDayGroup *self);
/* See rounds_entry_row_set_compact(). */
void rounds_day_group_set_compact (RoundsDayGroup *self, gboolean is_compact);
/* Moves the focus: to the first row; whether there is one. */
gboolean rounds_day_group_take_focus (RoundsDayGroup *self);

G_END_DECLS
