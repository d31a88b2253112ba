/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The day of the topmost row of a list, over the list's edge.
 * It looks like the list's own headers, and a screen reader hears of those alone.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The day of a row of the list, for a child of it that is no header; NULL: not known. (transfer
 * full) */
typedef char *(*RoundsStickyDayFunc) (GtkWidget *row, gpointer user_data);

#define ROUNDS_TYPE_STICKY_DAY (rounds_sticky_day_get_type ())
G_DECLARE_FINAL_TYPE (RoundsStickyDay, rounds_sticky_day, ROUNDS, STICKY_DAY, AdwBin)

/* Follows the list, whose headers are labels; once. @scroller and @list outlive it. */
void rounds_sticky_day_follow (RoundsStickyDay *self, GtkScrolledWindow *scroller,
                               GtkListView *list, RoundsStickyDayFunc describe, gpointer user_data);

G_END_DECLS
