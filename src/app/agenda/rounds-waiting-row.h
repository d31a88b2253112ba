/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Somebody who waits: who, for how long, and the button that ends it.
 * How long is too long is decided here; who waits, by the today page.
 */

#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/* From when the wait is shown as a warning, and as an error. */
#define ROUNDS_WAIT_LONG (10 * ROUNDS_MINUTE)
#define ROUNDS_WAIT_TOO_LONG (30 * ROUNDS_MINUTE)

#define ROUNDS_TYPE_WAITING_ROW (rounds_waiting_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsWaitingRow, rounds_waiting_row, ROUNDS, WAITING_ROW, AdwActionRow)

GtkWidget *
rounds_waiting_row_new (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store, gint64 now);
RoundsEntry *rounds_waiting_row_get_entry (RoundsWaitingRow *self);
void rounds_waiting_row_tick (RoundsWaitingRow *self, gint64 now);
/* Where there is little room, the wait stands over the button and leaves it to the name. */
void rounds_waiting_row_set_compact (RoundsWaitingRow *self, gboolean is_compact);

/* Style class of a wait that began at @since: "dimmed", "warning" or "error". */
const char *rounds_waiting_style (gint64 since, gint64 now);

G_END_DECLS
