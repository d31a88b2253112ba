/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who waits, on the today page: a row for each, the longest wait first.
 * Who that is, is the waiting model's; how a wait looks, the row's.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_WAITING_GROUP (rounds_waiting_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsWaitingGroup, rounds_waiting_group, ROUNDS, WAITING_GROUP,
                      AdwPreferencesGroup)

/* @waiting: of rounds_waiting_model_new(). To be called once. */
void rounds_waiting_group_set_model (RoundsWaitingGroup *self, GListModel *waiting,
                                     RoundsSync *sync, RoundsClock *clock);
/* The one of those who wait (nullable) that is shown elsewhere. The group hides without a row. */
void rounds_waiting_group_leave_out (RoundsWaitingGroup *self, RoundsEntry *entry);
/* Says how long the waits have become. */
void rounds_waiting_group_tick (RoundsWaitingGroup *self);
/* Whether there is little room. */
void rounds_waiting_group_set_compact (RoundsWaitingGroup *self, gboolean is_compact);

G_END_DECLS
