/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where the keyboard is, and putting it somewhere sensible.
 * Which control that is, each page knows for itself: it has a take_focus method. A grab_focus() of
 * its own would also be asked when Tab comes in from either end.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether @widget is shown, can take the focus and has taken it. */
gboolean rounds_focus_move_to (GtkWidget *widget);
/* The focus is wanted where nothing can have it yet. Meanwhile something else has it; if it still
 * has, or nothing does, the focus may be moved without taking it from anybody. */
typedef struct
{
  gboolean is_due;
  gconstpointer given; /* what has it meanwhile; only to compare */
} RoundsFocusDebt;

/* After the focus of @widget's window was moved; @is_paid: to where it was wanted. */
void rounds_focus_debt_set (RoundsFocusDebt *self, GtkWidget *widget, gboolean is_paid);
gboolean rounds_focus_debt_is_due (const RoundsFocusDebt *self, GtkWidget *widget);

G_END_DECLS
