/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A window that holds the page of a call and nothing else.
 * When the page goes there and back is the account's window's.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_WINDOW (rounds_call_window_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallWindow, rounds_call_window, ROUNDS, CALL_WINDOW, AdwWindow)

/* Signal "given-back": somebody closes it; whoever holds the call takes the page and destroys it.
 */

RoundsCallWindow *rounds_call_window_new (GtkApplication *application, AdwNavigationPage *page);
/* Lets go of the page. */
void rounds_call_window_release (RoundsCallWindow *self);

G_END_DECLS
