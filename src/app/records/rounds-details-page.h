/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All about one appointment or meeting, with the steps that are sensible now.
 * It changes nothing itself: its buttons name the window's record actions.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DETAILS_PAGE (rounds_details_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDetailsPage, rounds_details_page, ROUNDS, DETAILS_PAGE,
                      AdwNavigationPage)

void rounds_details_page_set_sync (RoundsDetailsPage *self, RoundsSync *sync, RoundsClock *clock);
/* Whether there is anything to choose from: without, nobody is asked to. */
void rounds_details_page_set_has_choice (RoundsDetailsPage *self, gboolean has_choice);
/* NULL shows that nothing is chosen. The page follows the record in the store. */
void rounds_details_page_show (RoundsDetailsPage *self, RoundsEntry *entry);
/* Moves the focus: to the next step, else to what can be done at all. */
gboolean rounds_details_page_take_focus (RoundsDetailsPage *self);

G_END_DECLS
