/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Brings one row of a list with headers to the top of the view, with its header.
 * Which row that is, the list says at each step: it may still grow.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The position that is wanted among @n_items, more than none. */
typedef guint (*RoundsDayScrollFunc) (guint n_items, gpointer user_data);

#define ROUNDS_TYPE_DAY_SCROLL (rounds_day_scroll_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayScroll, rounds_day_scroll, ROUNDS, DAY_SCROLL, GObject)

/* Signal "arrived". */

/* @header: as high as a header of the list. All three are borrowed and outlive it. */
RoundsDayScroll *
rounds_day_scroll_new (GtkScrolledWindow *scroller, GtkListView *list_view, GtkWidget *header);
/* Sets out at the next frame; again from the beginning when it is on its way. */
void rounds_day_scroll_start (RoundsDayScroll *self, RoundsDayScrollFunc find, gpointer user_data);
gboolean rounds_day_scroll_is_on_its_way (RoundsDayScroll *self);
/* To be called before the widgets go. */
void rounds_day_scroll_stop (RoundsDayScroll *self);

G_END_DECLS
