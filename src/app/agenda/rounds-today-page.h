/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The first view: what comes next, who waits, and the day in one list.
 * It reads list models and the clock; its buttons name the window's record actions.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_TODAY_PAGE (rounds_today_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTodayPage, rounds_today_page, ROUNDS, TODAY_PAGE, AdwBin)

/* Property "compact" (gboolean): little room, set by its own breakpoint.
 * Property "n-waiting" (guint): how many patients wait. */

/* To be called once, before the page is shown. */
void rounds_today_page_set_sync (RoundsTodayPage *self, RoundsSync *sync, RoundsClock *clock,
                                 const char *server);
/* What comes next, or NULL. (transfer full) */
RoundsEntry *rounds_today_page_dup_next (RoundsTodayPage *self);
/* Moves the focus: to what is next, as soon as it is known. */
void rounds_today_page_take_focus (RoundsTodayPage *self);

G_END_DECLS
