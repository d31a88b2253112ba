/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window: opens the account that is remembered, or asks for one, and says what went wrong.
 * What a signed-in person works in is the workspace.
 */

#pragma once

#include <adwaita.h>

#include "rounds-application.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_WINDOW (rounds_window_get_type ())
G_DECLARE_FINAL_TYPE (RoundsWindow, rounds_window, ROUNDS, WINDOW, AdwApplicationWindow)

/* Opens the remembered account by itself. */
RoundsWindow *rounds_window_new (RoundsApplication *application);
/* Presents it; while it closes, as soon as it can be opened again. */
void rounds_window_ask_for (RoundsWindow *self);
/* Shows the record of "rounds:appointment/…", now or after signing in. */
void rounds_window_open_address (RoundsWindow *self, const char *address);

G_END_DECLS
