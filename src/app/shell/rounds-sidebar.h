/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The sidebar: who is signed in, the views, how current the data is.
 * It only says which view is wanted; the workspace shows it.
 */

#pragma once

#include <adwaita.h>

#include "rounds-account.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_SIDEBAR (rounds_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSidebar, rounds_sidebar, ROUNDS, SIDEBAR, AdwNavigationPage)

/* Signal "view-chosen" (string): "today", "appointments", "meetings". */

/* To be called once. */
void rounds_sidebar_set_account (RoundsSidebar *self, RoundsAccount *account);
/* Marks the view that is shown; emits nothing. */
void rounds_sidebar_mark_view (RoundsSidebar *self, const char *view);
void rounds_sidebar_set_n_waiting (RoundsSidebar *self, guint n_waiting);
/* Moves the focus: to the view that is shown. */
gboolean rounds_sidebar_take_focus (RoundsSidebar *self);

G_END_DECLS
