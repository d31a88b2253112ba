/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A form's last button: says what is missing, spins while the answer is awaited.
 * What it creates is the dialog's action.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CREATE_BUTTON (rounds_create_button_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCreateButton, rounds_create_button, ROUNDS, CREATE_BUTTON, GtkButton)

/* @missing (nullable): what is still missing, a sentence for the tooltip; the button waits for it.
 */
void rounds_create_button_set_missing (RoundsCreateButton *self, const char *missing);
/* While busy the button spins and cannot be pressed again. */
void rounds_create_button_set_busy (RoundsCreateButton *self, gboolean busy);
gboolean rounds_create_button_get_busy (RoundsCreateButton *self);

G_END_DECLS
