/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Asks the server when a doctor is free, for a form in which doctor, day and length still change.
 * It shows nothing; RoundsSlotsRow does.
 */

#pragma once

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_FREE_TIMES (rounds_free_times_get_type ())
G_DECLARE_FINAL_TYPE (RoundsFreeTimes, rounds_free_times, ROUNDS, FREE_TIMES, GObject)

/* Signals: "asking" (an answer will come), and "found" (slots: GArray of RoundsTimeRange, or NULL
 * where nobody can say; is_later: they are the first ones after a day without any). */

RoundsFreeTimes *rounds_free_times_new (RoundsSync *sync);
/* Free times of @doctor_id (nullable: nothing is asked) on that day, @minutes long. Repeating the
 * last question asks nothing. */
void rounds_free_times_ask (RoundsFreeTimes *self, const char *doctor_id, RoundsTimeRange day,
                            int minutes);
/* The same question again: the answer was wrong. */
void rounds_free_times_ask_again (RoundsFreeTimes *self);

G_END_DECLS
