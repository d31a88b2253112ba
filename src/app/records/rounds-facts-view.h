/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The facts of a record in boxed lists: what, where, who, notes.
 * Title, status and buttons are the details page's.
 */

#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_FACTS_VIEW (rounds_facts_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsFactsView, rounds_facts_view, ROUNDS, FACTS_VIEW, AdwBin)

void rounds_facts_view_hide_notes (RoundsFactsView *self);
void rounds_facts_view_show (RoundsFactsView *self, RoundsEntry *entry, RoundsStore *store);

G_END_DECLS
