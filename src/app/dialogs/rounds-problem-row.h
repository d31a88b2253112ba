/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The line under a form's row that says what is wrong with it.
 * It decides nothing; RoundsForm shows and hides it.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_PROBLEM_ROW (rounds_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsProblemRow, rounds_problem_row, ROUNDS, PROBLEM_ROW, AdwPreferencesRow)

/* NULL hides the row. @text is shown as it is. */
void rounds_problem_row_set_text (RoundsProblemRow *self, const char *text);

G_END_DECLS
