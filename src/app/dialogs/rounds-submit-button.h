/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A form's last button: says what is missing, spins while the answer is awaited.
 * What it creates is the dialog's action.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_SUBMIT_BUTTON (rounds_submit_button_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSubmitButton, rounds_submit_button, ROUNDS, SUBMIT_BUTTON, GtkButton)

/* @missing (nullable): what is still missing, a sentence for the tooltip; the button waits for it.
 */
void rounds_submit_button_set_missing (RoundsSubmitButton *self, const char *missing);
/* @label: the verb, with a mnemonic, translated; "_Create" without. */
void rounds_submit_button_set_verb (RoundsSubmitButton *self, const char *label);
/* While busy the button spins and cannot be pressed again. */
void rounds_submit_button_set_busy (RoundsSubmitButton *self, gboolean busy);
gboolean rounds_submit_button_get_busy (RoundsSubmitButton *self);

G_END_DECLS
