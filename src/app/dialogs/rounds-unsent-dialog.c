/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All that the server has not got: what waits, what it did not take, and what two people changed.
 * The engine does what is decided here.
 */

#include "config.h"

#include "rounds-unsent-dialog-private.h"

#include "rounds-error-words.h"
#include "rounds-future.h"
#include "rounds-refusal-group.h"
#include "rounds-store-outbox.h"
#include "rounds-unsent-copy.h"

G_DEFINE_FINAL_TYPE (RoundsUnsentDialog, rounds_unsent_dialog, ADW_TYPE_DIALOG)

void
rounds_unsent_dialog_on_failed (const GError *error, gpointer owner)
{
  RoundsUnsentDialog *self = ROUNDS_UNSENT_DIALOG (owner);
  g_autofree char *words = rounds_error_words_line (error, NULL);

  adw_banner_set_title (self->banner, words);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void reload (RoundsUnsentDialog *self);

/* What was decided about is as it was: it can be decided again. */
static void
on_decision_failed_cb (const GError *error, gpointer owner)
{
  rounds_unsent_dialog_on_failed (error, owner);
  reload (owner);
}

static void
add_group (RoundsUnsentDialog *self, GtkWidget *group)
{
  g_ptr_array_add (self->groups, group);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
}

static void
clear_groups (RoundsUnsentDialog *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
}

/* --- what did not get through --- */

/* One decision at a time: until @decided has ended, or what it led to is shown instead, nothing
 * else can be chosen. */
static void
watch_decision (RoundsUnsentDialog *self, RoundsRefusalGroup *group, DexFuture *decided)
{
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (group), FALSE);
  rounds_future_watch (decided, G_OBJECT (self), on_decision_failed_cb);
}

static void
discard_cb (RoundsUnsentDialog *self, RoundsRefusalGroup *group)
{
  watch_decision (self, group,
                  rounds_sync_discard (self->sync, rounds_refusal_group_get_name (group)));
}

static void
send_cb (RoundsUnsentDialog *self, guint mine, RoundsRefusalGroup *group)
{
  watch_decision (self, group,
                  rounds_sync_resolve (self->sync, rounds_refusal_group_get_name (group),
                                       (RoundsSyncFields)mine));
}

static void
show_refusals (RoundsUnsentDialog *self, GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      GtkWidget *group
          = rounds_refusal_group_new (g_ptr_array_index (refusals, i), self->sync,
                                      rounds_clock_now (rounds_sync_get_clock (self->sync)));

      g_signal_connect_object (group, "discard", G_CALLBACK (discard_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (group, "send", G_CALLBACK (send_cb), self, G_CONNECT_SWAPPED);
      add_group (self, group);
    }
}

/* --- a copy --- */

static void
say (RoundsUnsentDialog *self, const char *words)
{
  adw_banner_set_title (self->banner, words);
  adw_banner_set_revealed (self->banner, TRUE);
}

/* Its words are for people. */
static void
on_copy_failed_cb (const GError *error, gpointer owner)
{
  say (ROUNDS_UNSENT_DIALOG (owner), error->message);
}

static DexFuture *
save_copy_fiber (gpointer data)
{
  RoundsUnsentDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  adw_banner_set_revealed (self->banner, FALSE);
  words = dex_await_string (
      rounds_unsent_copy_save (GTK_WIDGET (self), rounds_sync_get_store (self->sync),
                               rounds_sync_get_user (self->sync),
                               rounds_clock_now (rounds_sync_get_clock (self->sync))),
      &error);
  if (words == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (self->sync != NULL)
    say (self, words);
  return dex_future_new_true ();
}

static void
save_copy_cb (RoundsUnsentDialog *self)
{
  rounds_future_watch (rounds_spawn (save_copy_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), on_copy_failed_cb);
}

/* --- the whole --- */

static DexFuture *
load_fiber (gpointer data)
{
  RoundsUnsentDialog *self = data;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GtkWidget) waiting = NULL;
  g_autoptr (GError) error = NULL;
  guint look = ++self->n_looks;

  if (self->sync == NULL)
    return dex_future_new_false ();
  refusals = dex_await_boxed (rounds_sync_list_refused (self->sync), &error);
  if (refusals != NULL && self->sync != NULL)
    items = dex_await_boxed (rounds_store_list_edits (rounds_sync_get_store (self->sync)), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (items == NULL)
    return dex_future_new_false ();

  waiting = rounds_unsent_dialog_make_waiting_fiber (self, items);
  /* A later look is under way: this one may have seen the state before. */
  if (self->sync == NULL || look != self->n_looks)
    return dex_future_new_false ();
  self->n_shown = look;
  clear_groups (self);
  show_refusals (self, refusals);
  if (waiting != NULL)
    add_group (self, waiting);
  gtk_stack_set_visible_child_name (self->stack, self->groups->len > 0 ? "list" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->copy_button), self->groups->len > 0);
  return dex_future_new_true ();
}

static void
reload (RoundsUnsentDialog *self)
{
  if (self->sync != NULL)
    rounds_future_watch (rounds_spawn (load_fiber, g_object_ref (self), g_object_unref),
                         G_OBJECT (self), rounds_unsent_dialog_on_failed);
}

/* What never reached the server can be taken back again. */
static void
on_state_cb (RoundsUnsentDialog *self, GParamSpec *pspec, RoundsSync *sync)
{
  if ((self->has_attempted || self->n_shown != self->n_looks)
      && rounds_sync_get_state (sync) != ROUNDS_SYNC_BUSY)
    reload (self);
}

static void
rounds_unsent_dialog_dispose (GObject *object)
{
  RoundsUnsentDialog *self = ROUNDS_UNSENT_DIALOG (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_UNSENT_DIALOG);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_unsent_dialog_parent_class)->dispose (object);
}

static void
rounds_unsent_dialog_class_init (RoundsUnsentDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_unsent_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-unsent-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsUnsentDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnsentDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnsentDialog, page);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnsentDialog, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, save_copy_cb);
}

static void
rounds_unsent_dialog_init (RoundsUnsentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
}

/**
 * rounds_unsent_dialog_new:
 * @sync: the signed-in person's engine
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
rounds_unsent_dialog_new (RoundsSync *sync)
{
  RoundsUnsentDialog *self = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  self = g_object_new (ROUNDS_TYPE_UNSENT_DIALOG, NULL);
  self->sync = g_object_ref (sync);
  g_signal_connect_object (sync, "notify::n-unsent", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::n-refused", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::state", G_CALLBACK (on_state_cb), self,
                           G_CONNECT_SWAPPED);
  reload (self);
  return ADW_DIALOG (self);
}
