/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A form's last button: says what is missing, spins while the answer is awaited.
 * What it creates is the dialog's action.
 */

#include "config.h"

#include <adwaita.h>

#include "rounds-submit-button.h"

struct _RoundsSubmitButton
{
  GtkButton parent_instance;

  GtkStack *stack;
  GtkLabel *verb_label;

  char *missing;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RoundsSubmitButton, rounds_submit_button, GTK_TYPE_BUTTON)

static void
show (RoundsSubmitButton *self)
{
  gtk_stack_set_visible_child_name (self->stack, self->busy ? "busy" : "label");
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->missing == NULL && !self->busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->missing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->missing != NULL ? self->missing : "", -1);
}

static void
rounds_submit_button_dispose (GObject *object)
{
  /* Disposing of the template would take this child away behind the parent class's back. */
  gtk_button_set_child (GTK_BUTTON (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_SUBMIT_BUTTON);

  G_OBJECT_CLASS (rounds_submit_button_parent_class)->dispose (object);
}

static void
rounds_submit_button_finalize (GObject *object)
{
  RoundsSubmitButton *self = ROUNDS_SUBMIT_BUTTON (object);

  g_clear_pointer (&self->missing, g_free);

  G_OBJECT_CLASS (rounds_submit_button_parent_class)->finalize (object);
}

static void
rounds_submit_button_class_init (RoundsSubmitButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_submit_button_dispose;
  object_class->finalize = rounds_submit_button_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-submit-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSubmitButton, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsSubmitButton, verb_label);
}

static void
rounds_submit_button_init (RoundsSubmitButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rounds_submit_button_set_missing (RoundsSubmitButton *self, const char *missing)
{
  g_return_if_fail (ROUNDS_IS_SUBMIT_BUTTON (self));

  g_set_str (&self->missing, missing);
  show (self);
}

void
rounds_submit_button_set_verb (RoundsSubmitButton *self, const char *label)
{
  g_return_if_fail (ROUNDS_IS_SUBMIT_BUTTON (self));

  gtk_label_set_label (self->verb_label, label);
}

void
rounds_submit_button_set_busy (RoundsSubmitButton *self, gboolean busy)
{
  g_return_if_fail (ROUNDS_IS_SUBMIT_BUTTON (self));

  self->busy = busy;
  show (self);
}

gboolean
rounds_submit_button_get_busy (RoundsSubmitButton *self)
{
  g_return_val_if_fail (ROUNDS_IS_SUBMIT_BUTTON (self), FALSE);

  return self->busy;
}
