/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A row of today's list in any of its three forms: entry, now-line, free time.
 * The today page opens and joins; this row only shows.
 */

#pragma once

#include <adwaita.h>

#include "rounds-day-item.h"
#include "rounds-store.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DAY_ROW (rounds_day_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayRow, rounds_day_row, ROUNDS, DAY_ROW, GtkListBoxRow)

GtkWidget *rounds_day_row_new (RoundsDayItem *item, RoundsUser *viewer, RoundsStore *store);
RoundsDayItem *rounds_day_row_get_item (RoundsDayRow *self);
/* See rounds_entry_row_set_compact(). */
void rounds_day_row_set_compact (RoundsDayRow *self, gboolean is_compact);
/* Writes the time on the now-line. */
void rounds_day_row_tick (RoundsDayRow *self, gint64 now);

G_END_DECLS
