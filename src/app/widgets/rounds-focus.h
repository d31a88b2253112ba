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
/* Whether the focus is in @widget, or nowhere: then it may be moved without taking it from
 * anything. */
gboolean rounds_focus_is_free_in (GtkWidget *widget);

G_END_DECLS
