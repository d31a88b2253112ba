/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All that a signed-in person works in: sidebar, views, and calls over them.
 * One workspace is one account's; the window makes a new one for the next.
 */

#pragma once

#include <adwaita.h>

#include "rounds-account.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_WORKSPACE (rounds_workspace_get_type ())
G_DECLARE_FINAL_TYPE (RoundsWorkspace, rounds_workspace, ROUNDS, WORKSPACE, AdwBin)

RoundsWorkspace *rounds_workspace_new (RoundsAccount *account);
/* Borrowed. */
RoundsAccount *rounds_workspace_get_account (RoundsWorkspace *self);
/* @view: "today", "appointments" or "meetings". */
void rounds_workspace_show_view (RoundsWorkspace *self, const char *view);
/* Shows the details of @entry in the view of its kind. */
void rounds_workspace_open (RoundsWorkspace *self, RoundsEntry *entry);
/* Opens the search of the list that is shown, or of the appointments. */
void rounds_workspace_search (RoundsWorkspace *self);
/* What is next today, or NULL. (transfer full) */
RoundsEntry *rounds_workspace_dup_next (RoundsWorkspace *self);
/* Puts @page over everything, and takes it away again. */
void rounds_workspace_push (RoundsWorkspace *self, AdwNavigationPage *page);
void rounds_workspace_pop (RoundsWorkspace *self, AdwNavigationPage *page);
/* Takes @page away at once, for another window. */
void rounds_workspace_release (RoundsWorkspace *self, AdwNavigationPage *page);
/* Moves the focus: to the view, or to the call that is over it. */
void rounds_workspace_take_focus (RoundsWorkspace *self);

G_END_DECLS
