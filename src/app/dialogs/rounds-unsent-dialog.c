/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All that the server has not got: what waits, what it did not take, and what two people changed.
 * The engine does what is decided here.
 */

#include "config.h"

#include "rounds-unsent-dialog.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-error-words.h"
#include "rounds-field-words.h"
#include "rounds-future.h"
#include "rounds-refusal-group.h"
#include "rounds-store-outbox.h"
#include "rounds-unsent-copy.h"
#include "rounds-unsent-words.h"

struct _RoundsUnsentDialog
{
  AdwDialog parent_instance;

  AdwBanner *banner;
  GtkStack *stack;
  AdwPreferencesPage *page;
  GtkButton *copy_button;

  RoundsSync *sync;
  GPtrArray *groups; /* of what is on the page, borrowed from it */
  guint n_looks; /* at the store, so far */
  guint n_shown; /* the look that is on the page */
  gboolean has_attempted; /* one was on its way to the server then */
};

G_DEFINE_FINAL_TYPE (RoundsUnsentDialog, rounds_unsent_dialog, ADW_TYPE_DIALOG)

static void
on_failed_cb (const GError *error, gpointer owner)
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
  on_failed_cb (error, owner);
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

/* --- what waits --- */

static void
take_back_cb (GtkButton *button, RoundsUnsentDialog *self)
{
  RoundsEntry *entry = g_object_get_data (G_OBJECT (button), "entry");

  adw_banner_set_revealed (self->banner, FALSE);
  rounds_future_watch (rounds_sync_take_back (self->sync, rounds_entry_get_kind (entry),
                                              rounds_entry_get_id (entry)),
                       G_OBJECT (self), on_failed_cb);
}

/* What the edit does, in words. @entry: NULL after a damaged cache was mended without the record,
 * which comes with the next sync. Awaits. (transfer full) */
static char *
describe_edit (RoundsUnsentDialog *self, const RoundsOutboxItem *item, RoundsEntry *entry)
{
  g_autoptr (RoundsEntry) original = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fields = NULL;

  if (item->draft != NULL)
    return g_strdup (rounds_unsent_words_new (item));
  if (rounds_outbox_item_is_step (item))
    return g_strdup (rounds_unsent_words_status (item));

  if (entry == NULL)
    return g_strdup (_ ("Changed"));
  original = dex_await_object (
      rounds_store_get_original (rounds_sync_get_store (self->sync), item->kind, item->record),
      &error);
  if (original == NULL)
    return g_strdup (_ ("Changed"));
  fields = rounds_field_words_list (rounds_field_words_compare (original, entry));
  /* Translators: which fields were changed, as in "Changed: When, Length" */
  return g_strdup_printf (_ ("Changed: %s"), fields);
}

static GtkWidget *
make_undo_button (RoundsUnsentDialog *self, RoundsEntry *entry, const char *title)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Undo"));
  /* Translators: accessible name of a button; %s is whose or what record it is about. */
  g_autofree char *spoken = g_strdup_printf (_ ("Undo: %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Its own label would go before. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "entry", g_object_ref (entry), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_back_cb), self, G_CONNECT_DEFAULT);
  return button;
}

/* Awaits. */
static void
add_waiting (RoundsUnsentDialog *self, AdwPreferencesGroup *group, const RoundsOutboxItem *item,
             gboolean can_undo)
{
  RoundsStore *store = rounds_sync_get_store (self->sync);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry
      = dex_await_object (rounds_store_get_entry (store, item->kind, item->record), &error);
  GtkWidget *row = NULL;
  g_autofree char *title = NULL;
  g_autofree char *what = NULL;

  if (self->sync == NULL)
    return;

  if (entry != NULL)
    title = rounds_entry_words_title (entry, rounds_sync_get_user (self->sync), store);
  else
    title = g_strdup (rounds_unsent_words_missing (item));
  what = describe_edit (self, item, entry);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), what);
  if (can_undo && entry != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_undo_button (self, entry, title));
  adw_preferences_group_add (group, row);
}

/* The newest edit of a record can be taken back, unless its own undo is on the screen or the server
 * may have heard of it. */
static gboolean
may_undo (GPtrArray *items, guint position)
{
  const RoundsOutboxItem *item = g_ptr_array_index (items, position);

  if (item->attempts > 0 || item->state != ROUNDS_OUTBOX_WAITING)
    return FALSE;
  for (guint i = position + 1; i < items->len; i++)
    {
      const RoundsOutboxItem *later = g_ptr_array_index (items, i);

      if (later->kind == item->kind && g_str_equal (later->record, item->record))
        return FALSE;
    }
  return TRUE;
}

/* Awaits. (transfer floating) (nullable) */
static GtkWidget *
make_waiting_group (RoundsUnsentDialog *self, GPtrArray *items)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n_waiting = 0;

  self->has_attempted = FALSE;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Waiting to Be Sent"));
  g_object_ref_sink (group);
  /* Without an engine the dialog is closing. */
  for (guint i = 0; self->sync != NULL && i < items->len; i++)
    {
      const RoundsOutboxItem *item = g_ptr_array_index (items, i);

      if (!rounds_outbox_item_is_active (item))
        continue;
      self->has_attempted |= item->attempts > 0;
      add_waiting (self, ADW_PREFERENCES_GROUP (group), item, may_undo (items, i));
      n_waiting++;
    }
  if (n_waiting == 0)
    g_clear_object (&group);
  return group;
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

  waiting = make_waiting_group (self, items);
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
                         G_OBJECT (self), on_failed_cb);
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
