/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Rows of a dialog and what is wrong with them: a problem shows once its row was left.
 * It knows no record; the dialog's draft is checked by model.
 */

#include "config.h"

#include "rounds-form.h"

#include "rounds-problem-words.h"

typedef struct
{
  const char *field;
  GtkWidget *row; /* borrowed from the dialog */
  RoundsProblemRow *problem_row; /* borrowed from the dialog */
  gboolean left;
} Field;

struct _RoundsForm
{
  GObject parent_instance;

  GArray *fields; /* of Field */
};

G_DEFINE_FINAL_TYPE (RoundsForm, rounds_form, G_TYPE_OBJECT)

enum
{
  SIGNAL_LEFT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
mark_field (Field *field, const char *words)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (field->row);

  rounds_problem_row_set_text (field->problem_row, words);
  if (words != NULL)
    {
      gtk_widget_add_css_class (field->row, "error");
      gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                      field->problem_row, NULL, -1);
    }
  else
    {
      gtk_widget_remove_css_class (field->row, "error");
      gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
    }
}

static void
focus_leave_cb (RoundsForm *self, GtkEventControllerFocus *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = &g_array_index (self->fields, Field, i);

      if (field->row != row || field->left)
        continue;
      field->left = TRUE;
      g_signal_emit (self, signals[SIGNAL_LEFT], 0);
    }
}

static void
rounds_form_finalize (GObject *object)
{
  RoundsForm *self = ROUNDS_FORM (object);

  g_clear_pointer (&self->fields, g_array_unref);

  G_OBJECT_CLASS (rounds_form_parent_class)->finalize (object);
}

static void
rounds_form_class_init (RoundsFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rounds_form_finalize;

  signals[SIGNAL_LEFT] = g_signal_new ("left", ROUNDS_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
rounds_form_init (RoundsForm *self)
{
  self->fields = g_array_new (FALSE, TRUE, sizeof (Field));
}

/**
 * rounds_form_new:
 *
 * Returns: (transfer full): a form without rows
 */
RoundsForm *
rounds_form_new (void)
{
  return g_object_new (ROUNDS_TYPE_FORM, NULL);
}

/**
 * rounds_form_add:
 * @field: (not nullable): the wire's name of what @row holds; kept as it is
 *
 * Puts a row and the line for its problem under the form's eye.
 */
void
rounds_form_add (RoundsForm *self, const char *field, GtkWidget *row, RoundsProblemRow *problem_row)
{
  GtkEventController *focus = NULL;
  Field added = { .field = field, .row = row, .problem_row = problem_row };

  g_return_if_fail (ROUNDS_IS_FORM (self));
  g_return_if_fail (GTK_IS_WIDGET (row));

  g_array_append_val (self->fields, added);

  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, focus);
}

/**
 * rounds_form_show:
 * @problems: what is wrong now
 *
 * Shows what is wrong at the rows that the person has been in.
 */
void
rounds_form_show (RoundsForm *self, const RoundsProblems *problems)
{
  g_return_if_fail (ROUNDS_IS_FORM (self));

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = &g_array_index (self->fields, Field, i);
      const char *message = field->left ? rounds_problems_find (problems, field->field) : NULL;

      mark_field (field, message != NULL ? rounds_problem_words (field->field, message) : NULL);
    }
}

/**
 * rounds_form_show_all:
 * @problems: what the server, or a last check, found
 *
 * Returns: whether each of @problems has a row to stand at
 */
gboolean
rounds_form_show_all (RoundsForm *self, const RoundsProblems *problems)
{
  guint n_placed = 0;
  GtkWidget *first = NULL;

  g_return_val_if_fail (ROUNDS_IS_FORM (self), FALSE);

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = &g_array_index (self->fields, Field, i);

      field->left = TRUE;
      for (guint p = 0; p < rounds_problems_get_length (problems); p++)
        n_placed += g_str_equal (rounds_problems_get (problems, p)->field, field->field);
      if (first == NULL && rounds_problems_find (problems, field->field) != NULL)
        first = field->row;
    }

  rounds_form_show (self, problems);
  if (first != NULL)
    gtk_widget_grab_focus (first);
  return n_placed == rounds_problems_get_length (problems);
}
