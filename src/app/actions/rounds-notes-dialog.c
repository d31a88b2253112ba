/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An alert with room for notes or a reason: a question, answers, and what is written below.
 * It sends nothing; whoever asked does that with the answer.
 */

#include "config.h"

#include "rounds-notes-dialog.h"

struct _RoundsNotesDialog
{
  AdwAlertDialog parent_instance;

  GtkLabel *notes_label;
  GtkTextView *notes_view;
};

G_DEFINE_FINAL_TYPE (RoundsNotesDialog, rounds_notes_dialog, ADW_TYPE_ALERT_DIALOG)

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static char *
dup_changed_notes (RoundsNotesDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes_view);
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_modified (buffer))
    return NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
rounds_notes_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  RoundsNotesDialog *self = ROUNDS_NOTES_DIALOG (dialog);
  g_autofree char *notes = NULL;

  if (g_strcmp0 (response, adw_alert_dialog_get_close_response (dialog)) == 0)
    return;

  notes = dup_changed_notes (self);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, response, notes);
}

static void
rounds_notes_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_NOTES_DIALOG);

  G_OBJECT_CLASS (rounds_notes_dialog_parent_class)->dispose (object);
}

static void
rounds_notes_dialog_class_init (RoundsNotesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwAlertDialogClass *alert_class = ADW_ALERT_DIALOG_CLASS (klass);

  object_class->dispose = rounds_notes_dialog_dispose;
  alert_class->response = rounds_notes_dialog_response;

  /**
   * RoundsNotesDialog::answered:
   * @response: id of the answer
   * @notes: (nullable): the text, %NULL when it was left as it was
   */
  signals[SIGNAL_ANSWERED]
      = g_signal_new ("answered", ROUNDS_TYPE_NOTES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/actions/rounds-notes-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsNotesDialog, notes_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNotesDialog, notes_view);
}

static void
rounds_notes_dialog_init (RoundsNotesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_notes_dialog_new:
 * @label: what is to be written: "Notes", "Reason"
 * @notes: (nullable): what stands there already
 *
 * Returns: (transfer floating): a dialog without answers; add them with
 *   adw_alert_dialog_add_response(), the closing one under the id "close".
 */
RoundsNotesDialog *
rounds_notes_dialog_new (const char *heading, const char *body, const char *label,
                         const char *notes)
{
  RoundsNotesDialog *self
      = g_object_new (ROUNDS_TYPE_NOTES_DIALOG, "heading", heading, "body", body, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes_view);

  gtk_label_set_label (self->notes_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->notes_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_text_buffer_set_text (buffer, notes != NULL ? notes : "", -1);
  gtk_text_buffer_set_modified (buffer, FALSE);
  return self;
}

/**
 * rounds_notes_dialog_set_buffer:
 * @buffer: (transfer none): a text that others show and keep as well
 *
 * Shows @buffer in the place of what was given to rounds_notes_dialog_new(); whether it was changed
 * is for @buffer to say.
 */
void
rounds_notes_dialog_set_buffer (RoundsNotesDialog *self, GtkTextBuffer *buffer)
{
  g_return_if_fail (ROUNDS_IS_NOTES_DIALOG (self));
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  gtk_text_view_set_buffer (self->notes_view, buffer);
}
