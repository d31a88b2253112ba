/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the forms for records share: the bar with Cancel and Create, problems at their rows, sending
 * and what to say when that is refused. The rows and the request are the subclass's.
 */

#include "config.h"

#include "rounds-form-dialog.h"

#include "rounds-entry.h"
#include "rounds-error-words.h"
#include "rounds-future.h"
#include "rounds-problem-words.h"
#include "rounds-submit-button.h"
#include "rounds-unsaved.h"

typedef struct
{
  RoundsSubmitButton *submit_button;
  AdwBanner *banner;
  AdwPreferencesPage *page;

  RoundsForm *form;
  RoundsSync *sync; /* NULL before the form is started */
} RoundsFormDialogPrivate;

static void rounds_form_dialog_buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (RoundsFormDialog, rounds_form_dialog, ADW_TYPE_DIALOG,
                                  G_ADD_PRIVATE (RoundsFormDialog)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                             rounds_form_dialog_buildable_init))

enum
{
  SIGNAL_CREATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;

static RoundsFormDialogPrivate *
get_private (RoundsFormDialog *self)
{
  return rounds_form_dialog_get_instance_private (self);
}

/* (transfer full) */
static RoundsProblems *
check (RoundsFormDialog *self)
{
  RoundsProblems *problems = rounds_problems_new ();

  ROUNDS_FORM_DIALOG_GET_CLASS (self)->check (self, problems);
  return problems;
}

static void
update (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = get_private (self);
  g_autoptr (RoundsProblems) problems = NULL;
  const RoundsProblem *first = NULL;

  if (private->sync == NULL)
    return;

  problems = check (self);
  rounds_form_show (private->form, problems);
  if (rounds_problems_get_length (problems) > 0)
    first = rounds_problems_get (problems, 0);
  rounds_submit_button_set_missing (
      private->submit_button,
      first != NULL ? rounds_problem_words (first->field, first->message) : NULL);
}

/* --- sending --- */

/* What is on its way is not changed any more. */
static void
set_busy (RoundsFormDialog *self, gboolean is_busy)
{
  RoundsFormDialogPrivate *private = get_private (self);

  rounds_submit_button_set_busy (private->submit_button, is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (private->page), !is_busy);
}

static void
show_refusal (const GError *error, gpointer owner)
{
  RoundsFormDialogPrivate *private = get_private (owner);
  const RoundsProblems *problems = rounds_net_error_get_problems (error);
  g_autofree char *words = NULL;

  set_busy (owner, FALSE);
  if (problems != NULL && rounds_problems_get_length (problems) > 0
      && rounds_form_show_all (private->form, problems))
    return;

  words = rounds_error_words_line (error, NULL);
  adw_banner_set_title (private->banner, words);
  adw_banner_set_revealed (private->banner, TRUE);
}

static DexFuture *
submit_fiber (gpointer data)
{
  RoundsFormDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry
      = dex_await_object (ROUNDS_FORM_DIALOG_GET_CLASS (self)->send (self), &error);

  if (entry == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_signal_emit (self, signals[SIGNAL_CREATED], 0, entry);
  adw_dialog_force_close (ADW_DIALOG (self));
  return dex_future_new_true ();
}

static void
submit_cb (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = get_private (self);
  g_autoptr (RoundsProblems) problems = NULL;

  if (rounds_submit_button_get_busy (private->submit_button))
    return;

  problems = check (self);
  if (rounds_problems_get_length (problems) > 0)
    {
      (void)rounds_form_show_all (private->form, problems);
      return;
    }

  adw_banner_set_revealed (private->banner, FALSE);
  set_busy (self, TRUE);
  rounds_future_watch (rounds_spawn (submit_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), show_refusal);
}

static void
rounds_form_dialog_close_attempt (AdwDialog *dialog)
{
  RoundsFormDialog *self = ROUNDS_FORM_DIALOG (dialog);

  if (!rounds_submit_button_get_busy (get_private (self)->submit_button))
    rounds_unsaved_ask (dialog, ROUNDS_FORM_DIALOG_GET_CLASS (self)->ask (self));
}

/* --- the class --- */

static void
rounds_form_dialog_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                              const char *type)
{
  RoundsFormDialogPrivate *private = get_private (ROUNDS_FORM_DIALOG (buildable));

  if (ADW_IS_PREFERENCES_GROUP (child))
    adw_preferences_page_add (private->page, ADW_PREFERENCES_GROUP (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
rounds_form_dialog_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = rounds_form_dialog_add_child;
}

static void
rounds_form_dialog_dispose (GObject *object)
{
  RoundsFormDialogPrivate *private = get_private (ROUNDS_FORM_DIALOG (object));

  g_clear_object (&private->form);
  g_clear_object (&private->sync);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_FORM_DIALOG);

  G_OBJECT_CLASS (rounds_form_dialog_parent_class)->dispose (object);
}

static void
rounds_form_dialog_class_init (RoundsFormDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_form_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = rounds_form_dialog_close_attempt;

  /**
   * RoundsFormDialog::created:
   * @entry: the record as the server answered it, or as it is shown until it could be sent
   */
  signals[SIGNAL_CREATED] = g_signal_new ("created", ROUNDS_TYPE_FORM_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);

  g_type_ensure (ROUNDS_TYPE_SUBMIT_BUTTON);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-form-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, submit_button);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, banner);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, page);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
rounds_form_dialog_init (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = get_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));

  private->form = rounds_form_new ();
  g_signal_connect_object (private->form, "left", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_form_dialog_get_form:
 *
 * Returns: (transfer none): where rows and the lines for their problems are entered
 */
RoundsForm *
rounds_form_dialog_get_form (RoundsFormDialog *self)
{
  g_return_val_if_fail (ROUNDS_IS_FORM_DIALOG (self), NULL);

  return get_private (self)->form;
}

/**
 * rounds_form_dialog_get_sync:
 *
 * Returns: (transfer none) (nullable): the signed-in person's engine, once the form is started
 */
RoundsSync *
rounds_form_dialog_get_sync (RoundsFormDialog *self)
{
  g_return_val_if_fail (ROUNDS_IS_FORM_DIALOG (self), NULL);

  return get_private (self)->sync;
}

/**
 * rounds_form_dialog_start:
 * @sync: (transfer none): the signed-in person's engine
 *
 * Checks the rows from now on; what stands in them by now is nobody's work that could be lost.
 */
void
rounds_form_dialog_start (RoundsFormDialog *self, RoundsSync *sync)
{
  g_return_if_fail (ROUNDS_IS_FORM_DIALOG (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));

  g_set_object (&get_private (self)->sync, sync);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  update (self);
}

/**
 * rounds_form_dialog_edited:
 *
 * Checks the rows again; from now on the form asks before it is thrown away.
 */
void
rounds_form_dialog_edited (RoundsFormDialog *self)
{
  g_return_if_fail (ROUNDS_IS_FORM_DIALOG (self));

  if (get_private (self)->sync == NULL)
    return;
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  update (self);
}
