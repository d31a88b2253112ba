/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The line under a form's row that says what is wrong with it.
 * It decides nothing; RoundsForm shows and hides it.
 */

#include "config.h"

#include "rounds-problem-row.h"

struct _RoundsProblemRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (RoundsProblemRow, rounds_problem_row, ADW_TYPE_PREFERENCES_ROW)

static void
rounds_problem_row_dispose (GObject *object)
{
  /* Disposing of the template would take this child away behind the parent class's back. */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_PROBLEM_ROW);

  G_OBJECT_CLASS (rounds_problem_row_parent_class)->dispose (object);
}

static void
rounds_problem_row_class_init (RoundsProblemRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_problem_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsProblemRow, label);
}

static void
rounds_problem_row_init (RoundsProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_problem_row_set_text:
 * @text: (nullable): a sentence, or %NULL when there is nothing to say
 *
 * Shows @text and lets a screen reader say it, or hides the row.
 */
void
rounds_problem_row_set_text (RoundsProblemRow *self, const char *text)
{
  g_return_if_fail (ROUNDS_IS_PROBLEM_ROW (self));

  if (text != NULL && g_strcmp0 (text, gtk_label_get_label (self->label)) != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);

  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}
