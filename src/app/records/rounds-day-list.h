/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Entries in a list with the days as headers, the day on top always in sight.
 * What choosing or opening a row leads to is the page's.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DAY_LIST (rounds_day_list_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayList, rounds_day_list, ROUNDS, DAY_LIST, AdwBin)

/* Signals "chosen" (RoundsEntry: selected) and "opened" (RoundsEntry: activated). */

/* @entries: RoundsEntry ordered by start. To be called once. */
void rounds_day_list_set_entries (RoundsDayList *self, GListModel *entries, RoundsSync *sync,
                                  RoundsClock *clock);
/* What a screen reader calls the list. */
void rounds_day_list_set_name (RoundsDayList *self, const char *name);
/* Whether a click opens, instead of choosing. */
void rounds_day_list_set_one_click (RoundsDayList *self, gboolean one_click);
/* Brings the first entry from today on to the top, at the next frames. */
void rounds_day_list_scroll_to_today (RoundsDayList *self);
/* NULL when nothing is chosen. Borrowed. */
RoundsEntry *rounds_day_list_get_chosen (RoundsDayList *self);
/* Chooses the row of @entry where it is in the list, as soon as it is read; else nothing. */
void rounds_day_list_choose (RoundsDayList *self, RoundsEntry *entry);
/* Moves the focus: to the row where the list stands, as soon as it does. */
void rounds_day_list_take_focus (RoundsDayList *self);

G_END_DECLS
