/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Rows of a dialog and what is wrong with them: a problem shows once its row was left.
 * It knows no record; the dialog's draft is checked by model.
 */

#pragma once

#include <gtk/gtk.h>

#include "rounds-problem-row.h"
#include "rounds-problems.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_FORM (rounds_form_get_type ())
G_DECLARE_FINAL_TYPE (RoundsForm, rounds_form, ROUNDS, FORM, GObject)

/* Signal "left": the person left a row for the first time, so its problem may be shown now. */

RoundsForm *rounds_form_new (void);
/* @field: the wire's name, static. The widgets have to outlive the form. */
void rounds_form_add (RoundsForm *self, const char *field, GtkWidget *row,
                      RoundsProblemRow *problem_row);
/* Shows each problem at its row if that was left already, and hides the others'. */
void rounds_form_show (RoundsForm *self, const RoundsProblems *problems);
/* Shows all, left or not (a server's answer, an attempt to create). The first row with a problem
 * gets the focus. Returns whether every problem found its row. */
gboolean rounds_form_show_all (RoundsForm *self, const RoundsProblems *problems);

G_END_DECLS
