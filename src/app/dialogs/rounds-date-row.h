/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A form's row that holds a day, chosen from a calendar.
 * The time of day and its zone are the dialog's.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_DATE_ROW (rounds_date_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDateRow, rounds_date_row, ROUNDS, DATE_ROW, AdwActionRow)

/* Signal "changed": another day was chosen. */

/* The day as "2024-01-15". (transfer full) */
char *rounds_date_row_dup_date (RoundsDateRow *self);
/* @date: "2024-01-15". */
void rounds_date_row_set_date (RoundsDateRow *self, const char *date);

G_END_DECLS
