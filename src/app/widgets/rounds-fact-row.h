/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One fact about a record: what it is, its value, and a button that copies the value.
 * An empty fact hides itself.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_FACT_ROW (rounds_fact_row_get_type ())
/* Property "copyable" (gboolean): whether there is a button that copies the value. */
G_DECLARE_FINAL_TYPE (RoundsFactRow, rounds_fact_row, ROUNDS, FACT_ROW, AdwActionRow)

/* @value: NULL or "" hides the row. */
void rounds_fact_row_set_value (RoundsFactRow *self, const char *value);
/* The same for what runs from left to right in every script: phone numbers, e-mail addresses. */
void rounds_fact_row_set_ltr_value (RoundsFactRow *self, const char *value);

G_END_DECLS
