/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A list of entries cut into days, for a list view with headers.
 * It copies nothing: a day's bounds are found by bisection in the ordered list below.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_DAY_SECTIONS (rounds_day_sections_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDaySections, rounds_day_sections, ROUNDS, DAY_SECTIONS, GObject)

/* @entries: a model of RoundsEntry ordered by start. */
RoundsDaySections *rounds_day_sections_new (GListModel *entries);
/* The first position whose entry starts at or after @moment; the length when there is none. */
guint rounds_day_sections_find (RoundsDaySections *self, gint64 moment);

G_END_DECLS
