/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the forms for records share: the bar with Cancel and Create, problems at their rows, drafts,
 * sending and what to say when that is refused. The rows and the request are the subclass's.
 */

#include "config.h"

#include "rounds-form-dialog-private.h"

#include "rounds-entry.h"
#include "rounds-error-words.h"
#include "rounds-future.h"
#include "rounds-problem-words.h"

static void rounds_form_dialog_buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (RoundsFormDialog, rounds_form_dialog, ADW_TYPE_DIALOG,
                                  G_ADD_PRIVATE (RoundsFormDialog)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                             rounds_form_dialog_buildable_init))

enum
{
  SIGNAL_CREATED,
  SIGNAL_DRAFT_KEPT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;

RoundsFormDialogPrivate *
rounds_form_dialog_get_private (RoundsFormDialog *self)
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

void
rounds_form_dialog_show_banner (RoundsFormDialog *self, const char *title, const char *button)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);

  adw_banner_set_title (private->banner, title);
  adw_banner_set_button_label (private->banner, button);
  adw_banner_set_revealed (private->banner, TRUE);
}

static void
update (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);
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

static void
start_over_cb (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);

  adw_banner_set_revealed (private->banner, FALSE);
  rounds_form_dialog_empty_draft (self);
}

/* --- sending --- */

/* What is on its way is not changed any more. */
static void
set_busy (RoundsFormDialog *self, gboolean is_busy)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* A row that becomes insensitive with the focus in it would never hear that it lost it. */
  if (is_busy && root != NULL)
    {
      g_set_weak_pointer (&private->focus, gtk_root_get_focus (root));
      gtk_root_set_focus (root, NULL);
    }
  rounds_submit_button_set_busy (private->submit_button, is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (private->cancel_button), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (private->page), !is_busy);
  if (!is_busy && private->focus != NULL)
    gtk_widget_grab_focus (private->focus);
}

static void
show_refusal (const GError *error, gpointer owner)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (owner);
  const RoundsProblems *problems = rounds_net_error_get_problems (error);
  g_autofree char *words = NULL;

  set_busy (owner, FALSE);
  if (problems != NULL && rounds_problems_get_length (problems) > 0
      && rounds_form_show_all (private->form, problems))
    return;

  words = rounds_error_words_line (error, NULL);
  rounds_form_dialog_show_banner (owner, words, NULL);
}

static void
refused_cb (const GError *error, gpointer owner)
{
  RoundsFormDialogClass *klass = ROUNDS_FORM_DIALOG_GET_CLASS (owner);

  show_refusal (error, owner);
  if (klass->refused != NULL)
    klass->refused (owner, error);
}

static DexFuture *
submit_fiber (gpointer data)
{
  RoundsFormDialog *self = data;
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);
  g_autoptr (RoundsStoreDraft) typed = rounds_draft_keeper_hand_over (private->keeper);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry
      = dex_await_object (ROUNDS_FORM_DIALOG_GET_CLASS (self)->send (self, typed), &error);

  if (entry == NULL)
    {
      rounds_draft_keeper_take_back (private->keeper, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  g_signal_emit (self, signals[SIGNAL_CREATED], 0, entry);
  adw_dialog_force_close (ADW_DIALOG (self));
  return dex_future_new_true ();
}

static void
submit_cb (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);
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
                       G_OBJECT (self), refused_cb);
}

static void
rounds_form_dialog_close_attempt (AdwDialog *dialog)
{
  RoundsFormDialog *self = ROUNDS_FORM_DIALOG (dialog);

  if (!rounds_submit_button_get_busy (rounds_form_dialog_get_private (self)->submit_button))
    rounds_form_dialog_leave (self);
}

/* The window may be closing with the program: no later moment may come. */
static void
rounds_form_dialog_unmap (GtkWidget *widget)
{
  rounds_form_dialog_flush_draft (ROUNDS_FORM_DIALOG (widget));
  GTK_WIDGET_CLASS (rounds_form_dialog_parent_class)->unmap (widget);
}

/* --- the class --- */

static void
rounds_form_dialog_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                              const char *type)
{
  RoundsFormDialogPrivate *private
      = rounds_form_dialog_get_private (ROUNDS_FORM_DIALOG (buildable));

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
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (ROUNDS_FORM_DIALOG (object));

  g_clear_weak_pointer (&private->focus);
  g_clear_object (&private->place);
  g_clear_object (&private->keeper);
  g_clear_object (&private->form);
  g_clear_object (&private->sync);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_FORM_DIALOG);

  G_OBJECT_CLASS (rounds_form_dialog_parent_class)->dispose (object);
}

static void
rounds_form_dialog_finalize (GObject *object)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (ROUNDS_FORM_DIALOG (object));

  g_clear_pointer (&private->kind, g_free);
  g_clear_pointer (&private->record, g_free);
  g_clear_pointer (&private->blank, g_free);

  G_OBJECT_CLASS (rounds_form_dialog_parent_class)->finalize (object);
}

static void
rounds_form_dialog_class_init (RoundsFormDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_form_dialog_dispose;
  object_class->finalize = rounds_form_dialog_finalize;
  widget_class->unmap = rounds_form_dialog_unmap;
  ADW_DIALOG_CLASS (klass)->close_attempt = rounds_form_dialog_close_attempt;

  /**
   * RoundsFormDialog::created:
   * @entry: the record as the server answered it, or as it is shown until it could be sent
   */
  signals[SIGNAL_CREATED] = g_signal_new ("created", ROUNDS_TYPE_FORM_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);

  /**
   * RoundsFormDialog::draft-kept:
   * @keeper: the #RoundsDraftKeeper that has the draft
   */
  signals[SIGNAL_DRAFT_KEPT]
      = g_signal_new ("draft-kept", ROUNDS_TYPE_FORM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, ROUNDS_TYPE_DRAFT_KEEPER);

  g_type_ensure (ROUNDS_TYPE_SUBMIT_BUTTON);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-form-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, toolbar_view);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, header_bar);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, bottom_bin);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, cancel_button);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, submit_button);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, banner);
  gtk_widget_class_bind_template_child_private (widget_class, RoundsFormDialog, page);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_over_cb);
}

static void
rounds_form_dialog_init (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));

  private->place
      = rounds_submit_place_new (private->toolbar_view, private->header_bar, private->bottom_bin,
                                 GTK_WIDGET (private->submit_button));
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

  return rounds_form_dialog_get_private (self)->form;
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

  return rounds_form_dialog_get_private (self)->sync;
}

/**
 * rounds_form_dialog_start:
 * @sync: (transfer none): the signed-in person's engine
 * @kind: what drafts of the form are kept as
 * @record: (nullable): id of the record that the form is about
 *
 * Checks the rows from now on and keeps a draft of them; what stands in them by now is nobody's
 * work that could be lost.
 */
void
rounds_form_dialog_start (RoundsFormDialog *self, RoundsSync *sync, const char *kind,
                          const char *record)
{
  RoundsFormDialogPrivate *private = NULL;

  g_return_if_fail (ROUNDS_IS_FORM_DIALOG (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));
  g_return_if_fail (kind != NULL);

  private = rounds_form_dialog_get_private (self);
  g_set_object (&private->sync, sync);
  rounds_form_dialog_open_draft (self, kind, record);
  update (self);
}

/**
 * rounds_form_dialog_set_verb:
 * @label: what the last button says, with a mnemonic, translated
 */
void
rounds_form_dialog_set_verb (RoundsFormDialog *self, const char *label)
{
  g_return_if_fail (ROUNDS_IS_FORM_DIALOG (self));

  rounds_submit_button_set_verb (rounds_form_dialog_get_private (self)->submit_button, label);
}

/**
 * rounds_form_dialog_edited:
 *
 * Checks the rows again and keeps what stands in them.
 */
void
rounds_form_dialog_edited (RoundsFormDialog *self)
{
  g_return_if_fail (ROUNDS_IS_FORM_DIALOG (self));

  if (rounds_form_dialog_get_private (self)->sync == NULL)
    return;
  rounds_form_dialog_keep_draft (self);
  update (self);
}
