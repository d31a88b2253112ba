/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine's edits in memory, as many and in the order that the store's outbox has.
 * What the server says to them is in rounds-sync-carry.c.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-future.h"
#include "rounds-sync-local.h"

static RoundsSyncEdit *
get_edit (RoundsSync *self, guint position)
{
  return g_ptr_array_index (self->edits, position);
}

/* Asked at each change of the queue, which may hold what was done in days without a network: one
 * pass, with the ids of the new records that stay behind. */
guint
rounds_sync_count_unsent (RoundsSync *self)
{
  g_autoptr (GHashTable) refused = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < self->edits->len; i++)
    {
      RoundsOutboxItem *item = get_edit (self, i)->item;

      /* What was done to a new record that was refused goes, or waits, with it. */
      if (rounds_outbox_item_is_active (item))
        n += !g_hash_table_contains (refused, item->record);
      else if (item->draft != NULL)
        g_hash_table_add (refused, item->record);
    }
  return n;
}

guint
rounds_sync_count_refused (RoundsSync *self)
{
  guint n = 0;

  for (guint i = 0; i < self->edits->len; i++)
    if (!rounds_outbox_item_is_active (get_edit (self, i)->item))
      n++;
  return n;
}

/* A record that the server does not have can be changed there only once it has. */
RoundsSyncEdit *
rounds_sync_find_next (RoundsSync *self)
{
  g_autoptr (GHashTable) missing = NULL;

  if (self->holds_back)
    return NULL;
  missing = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->edits->len; i++)
    {
      RoundsOutboxItem *item = get_edit (self, i)->item;

      if (item->state == ROUNDS_OUTBOX_WAITING && !g_hash_table_contains (missing, item->record))
        return get_edit (self, i);
      if (item->draft != NULL)
        g_hash_table_add (missing, item->record);
    }
  return NULL;
}

RoundsSyncEdit *
rounds_sync_find_by_name (RoundsSync *self, const char *name)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (g_strcmp0 (get_edit (self, i)->item->name, name) == 0)
      return get_edit (self, i);
  return NULL;
}

static void
wake_for_edit (RoundsSync *self)
{
  self->holds_back = FALSE;
  rounds_sync_set_state (self, ROUNDS_SYNC_BUSY, NULL);
  rounds_sync_wake (self);
}

void
rounds_sync_queue_edit (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry *local,
                        const RoundsStoreDraft *typed)
{
  if (self->is_stopping)
    {
      rounds_sync_edit_free (edit);
      return;
    }

  if (typed != NULL)
    edit->typed = rounds_store_draft_new (typed->kind, rounds_sync_resolve_id (self, typed->record),
                                          typed->payload, typed->updated_at);
  edit->stored = rounds_store_add_edit (self->store, edit->item, local, edit->typed);
  g_ptr_array_add (self->edits, edit);
  rounds_sync_notify_unsent (self);
  if (edit->item->state == ROUNDS_OUTBOX_WAITING)
    wake_for_edit (self);
}

const char *
rounds_sync_resolve_id (RoundsSync *self, const char *id)
{
  const char *there = g_hash_table_lookup (self->aliases, id);

  return there != NULL ? there : id;
}

void
rounds_sync_release_edit (RoundsSync *self, RoundsSyncEdit *edit)
{
  edit->item->state = ROUNDS_OUTBOX_WAITING;
  rounds_future_watch (rounds_store_update_edit (self->store, edit->item), G_OBJECT (self),
                       rounds_sync_show_failure);
  rounds_sync_notify_unsent (self);
  wake_for_edit (self);
}

void
rounds_sync_commit_all (RoundsSync *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (get_edit (self, i)->item->state == ROUNDS_OUTBOX_HELD)
      rounds_sync_release_edit (self, get_edit (self, i));
}

void
rounds_sync_forget_edit (RoundsSync *self, RoundsSyncEdit *edit, const GError *error)
{
  RoundsEntryKind kind = edit->item->kind;
  g_autofree char *record = g_strdup (edit->item->record);
  gboolean is_creation = edit->item->draft != NULL;

  if (error != NULL)
    rounds_sync_edit_reject (edit, error);
  g_ptr_array_remove (self->edits, edit);

  for (guint i = self->edits->len; is_creation && i > 0; i--)
    if (rounds_sync_edit_is_about (get_edit (self, i - 1), kind, record))
      {
        if (error != NULL)
          rounds_sync_edit_reject (get_edit (self, i - 1), error);
        g_ptr_array_remove_index (self->edits, i - 1);
      }
  rounds_sync_notify_unsent (self);
}

/* What was done to our record meanwhile is about the server's. */
static void
repoint (RoundsSync *self, RoundsSyncEdit *creation, const char *id)
{
  const RoundsOutboxItem *item = creation->item;

  for (guint i = 0; i < self->edits->len; i++)
    if (get_edit (self, i) != creation
        && rounds_sync_edit_is_about (get_edit (self, i), item->kind, item->record))
      {
        RoundsSyncEdit *edit = get_edit (self, i);

        if (edit->typed != NULL && g_str_equal (edit->typed->record, item->record))
          g_set_str (&edit->typed->record, id);
        g_set_str (&edit->item->record, id);
      }
}

gboolean
rounds_sync_settle_edit (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry *answer,
                         GError **error)
{
  gboolean is_creation = edit->item->draft != NULL;

  /* A list may show our id a moment longer; what is done to it from here on is written after this
   * and has to know the server's. */
  if (is_creation)
    g_hash_table_insert (self->aliases, g_strdup (edit->item->record),
                         g_strdup (rounds_entry_get_id (answer)));
  if (!dex_await (rounds_store_settle_edit (self->store, edit->item, answer), error))
    {
      if (is_creation)
        g_hash_table_remove (self->aliases, edit->item->record);
      return FALSE;
    }

  if (is_creation)
    repoint (self, edit, rounds_entry_get_id (answer));
  rounds_sync_edit_resolve (edit, answer);
  g_ptr_array_remove (self->edits, edit);
  rounds_sync_notify_unsent (self);
  return TRUE;
}

/* A hold whose toast went with the program stands: the person had said yes. */
static void
take_up (RoundsSync *self, const RoundsOutboxItem *item, guint position)
{
  RoundsSyncEdit *edit = rounds_sync_edit_new_kept (rounds_outbox_item_copy (item));
  g_autoptr (GError) error = NULL;

  if (edit == NULL)
    {
      error = g_error_new_literal (ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED,
                                   "The cache holds a draft in outbox that cannot be read");
      rounds_sync_note_failure (self, error);
      return;
    }
  g_ptr_array_insert (self->edits, (int)position, edit);
  if (item->state == ROUNDS_OUTBOX_HELD)
    rounds_sync_release_edit (self, edit);
}

void
rounds_sync_load_edits (RoundsSync *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  guint position = 0;

  items = dex_await_boxed (rounds_store_list_edits (self->store), &error);
  if (items == NULL)
    {
      rounds_sync_note_failure (self, error);
      return;
    }
  for (guint i = 0; i < items->len; i++)
    {
      const RoundsOutboxItem *item = g_ptr_array_index (items, i);

      if (rounds_sync_find_by_name (self, item->name) == NULL)
        take_up (self, item, position++);
    }
  rounds_sync_notify_unsent (self);
}

static gboolean
has_item (GPtrArray *items, const char *name)
{
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (((RoundsOutboxItem *)g_ptr_array_index (items, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Those of which the store has not answered yet are written after it was mended. */
static void
write_lost (RoundsSync *self, GPtrArray *items)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      RoundsSyncEdit *edit = get_edit (self, i);
      g_autoptr (RoundsEntry) local = NULL;

      if (edit->stored != NULL || has_item (items, edit->item->name))
        continue;
      if (edit->item->draft != NULL)
        local = rounds_sync_local_entry_new (edit, self->user, self->store);
      edit->stored = rounds_store_add_edit (self->store, edit->item, local, edit->typed);
    }
}

/* Awaits. */
static gboolean
forget_what_was_read (RoundsSync *self, GError **error)
{
  rounds_sync_feed_restart (self->feed);
  self->kept_sync = ROUNDS_TIME_NONE;
  self->fetch_is_due = TRUE;
  return dex_await (rounds_store_set_fact (self->store, ROUNDS_STORE_FACT_CURSOR, NULL), error);
}

void
rounds_sync_take_up_file (RoundsSync *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;

  self->has_new_file = FALSE;
  if (forget_what_was_read (self, &error))
    items = dex_await_boxed (rounds_store_list_edits (self->store), &error);
  if (items != NULL)
    write_lost (self, items);
  else
    rounds_sync_note_failure (self, error);
}
