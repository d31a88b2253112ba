/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What waits to be sent, row by row, with an Undo where that comes in time.
 * The engine takes back what is taken back.
 */

#include "config.h"

#include "rounds-unsent-dialog-private.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-field-words.h"
#include "rounds-future.h"
#include "rounds-store-outbox.h"
#include "rounds-unsent-words.h"

static void
take_back_cb (GtkButton *button, RoundsUnsentDialog *self)
{
  RoundsEntry *entry = g_object_get_data (G_OBJECT (button), "entry");

  adw_banner_set_revealed (self->banner, FALSE);
  rounds_future_watch (rounds_sync_take_back (self->sync, rounds_entry_get_kind (entry),
                                              rounds_entry_get_id (entry)),
                       G_OBJECT (self), rounds_unsent_dialog_on_failed);
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

GtkWidget *
rounds_unsent_dialog_make_waiting_fiber (RoundsUnsentDialog *self, GPtrArray *items)
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
