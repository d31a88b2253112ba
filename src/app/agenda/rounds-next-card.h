/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The card on top of Today: what comes next, in how long, whether the other side is there, Join.
 * What comes next is worked out in actions/rounds-join-time.h.
 */

#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_NEXT_CARD (rounds_next_card_get_type ())
G_DECLARE_FINAL_TYPE (RoundsNextCard, rounds_next_card, ROUNDS, NEXT_CARD, AdwBin)

void rounds_next_card_show_entry (RoundsNextCard *self, RoundsEntry *entry, RoundsUser *viewer,
                                  RoundsStore *store, gint64 now);
/* Nothing more today; @tomorrow (nullable): the first entry of tomorrow. */
void rounds_next_card_show_done (RoundsNextCard *self, RoundsEntry *tomorrow, RoundsUser *viewer,
                                 RoundsStore *store, gint64 now);
/* Moves the focus: to what one would press; whether there is anything. */
gboolean rounds_next_card_take_focus (RoundsNextCard *self);

G_END_DECLS
