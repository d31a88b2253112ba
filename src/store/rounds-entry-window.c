/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Entries by their row, held weakly, and the last ones held for real.
 * How many rows the list has makes no difference here.
 */

#include "config.h"

#include "rounds-entry-window.h"

#include "rounds-entry-private.h"
#include "rounds-number.h"
#include "rounds-query.h"

/* Entries that are kept though nobody holds them: a short list whole, and the way back up a long
 * one. */
#define KEPT (2 * ROUNDS_QUERY_SHORT)

typedef struct
{
  RoundsRowKey key; /* first: the table's key */
  RoundsEntryWindow *window;
  RoundsEntry *entry; /* weak */
  GList missing; /* in the window's list of the same name, while data is set */
} Slot;

struct _RoundsEntryWindow
{
  GHashTable *slots; /* RoundsRowKey → Slot */
  GQueue kept; /* of RoundsEntry, the oldest first */
  GQueue missing; /* of Slot, the newest first */
};

static void
note_missing (RoundsEntryWindow *self, Slot *slot, gboolean is_missing)
{
  if ((slot->missing.data != NULL) == is_missing)
    return;
  if (is_missing)
    {
      slot->missing.data = slot;
      g_queue_push_head_link (&self->missing, &slot->missing);
    }
  else
    {
      g_queue_unlink (&self->missing, &slot->missing);
      slot->missing.data = NULL;
    }
}

static void
entry_gone_cb (gpointer data, GObject *entry)
{
  Slot *slot = data;

  slot->entry = NULL;
  g_hash_table_remove (slot->window->slots, &slot->key);
}

static void
free_slot (gpointer data)
{
  Slot *slot = data;

  note_missing (slot->window, slot, FALSE);
  if (slot->entry != NULL)
    g_object_weak_unref (G_OBJECT (slot->entry), entry_gone_cb, slot);
  g_free (slot);
}

RoundsEntryWindow *
rounds_entry_window_new (void)
{
  RoundsEntryWindow *self = g_new0 (RoundsEntryWindow, 1);

  self->slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_slot);
  g_queue_init (&self->kept);
  g_queue_init (&self->missing);
  return self;
}

void
rounds_entry_window_free (RoundsEntryWindow *self)
{
  g_hash_table_unref (self->slots);
  g_queue_clear_full (&self->kept, g_object_unref);
  g_free (self);
}

/* In the place of what the row had. */
static Slot *
put (RoundsEntryWindow *self, RoundsRowKey key, RoundsEntry *entry)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->key = key;
  slot->window = self;
  slot->entry = entry;
  g_object_weak_ref (G_OBJECT (entry), entry_gone_cb, slot);
  g_hash_table_replace (self->slots, &slot->key, slot);
  return slot;
}

static void
keep (RoundsEntryWindow *self, RoundsEntry *entry)
{
  g_queue_push_tail (&self->kept, g_object_ref (entry));
  if (g_queue_get_length (&self->kept) > KEPT)
    g_object_unref (g_queue_pop_head (&self->kept));
}

RoundsEntry *
rounds_entry_window_get (RoundsEntryWindow *self, RoundsRowKey key)
{
  Slot *slot = g_hash_table_lookup (self->slots, &key);
  RoundsEntry *entry;

  if (slot != NULL)
    return g_object_ref (slot->entry);
  entry = rounds_entry_new_blank (rounds_row_key_get_kind (key),
                                  rounds_number_get_start (rounds_row_key_get_number (key)));
  note_missing (self, put (self, key, entry), TRUE);
  return entry;
}

static void
fill (RoundsEntryWindow *self, RoundsRowKey key, RoundsEntry *entry)
{
  Slot *slot = g_hash_table_lookup (self->slots, &key);

  if (slot != NULL && !rounds_entry_is_loaded (slot->entry))
    {
      g_autoptr (RoundsEntry) held = g_object_ref (slot->entry);

      note_missing (self, slot, FALSE);
      keep (self, held);
      rounds_entry_fill (held, entry);
      return;
    }
  put (self, key, entry);
  keep (self, entry);
}

void
rounds_entry_window_fill_all (RoundsEntryWindow *self, GHashTable *entries)
{
  GHashTableIter iter;
  gpointer key, entry;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &key, &entry))
    fill (self, *(RoundsRowKey *)key, entry);
}

void
rounds_entry_window_prune (RoundsEntryWindow *self, const RoundsOrder *order)
{
  g_autoptr (GHashTable) gone
      = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL); /* a set of entries */
  GHashTableIter iter;
  gpointer value;
  GList *link, *next;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Slot *slot = value;

      if (rounds_order_contains (order, slot->key))
        continue;
      g_hash_table_add (gone, g_object_ref (slot->entry));
      g_hash_table_iter_remove (&iter);
    }
  if (g_hash_table_size (gone) == 0)
    return;
  for (link = self->kept.head; link != NULL; link = next)
    {
      next = link->next;
      if (g_hash_table_contains (gone, link->data))
        {
          g_object_unref (link->data);
          g_queue_delete_link (&self->kept, link);
        }
    }
}

GArray *
rounds_entry_window_take_missing (RoundsEntryWindow *self, guint most)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (RoundsRowKey));

  while (keys->len < most && self->missing.head != NULL)
    {
      Slot *slot = self->missing.head->data;

      g_array_append_val (keys, slot->key);
      note_missing (self, slot, FALSE);
    }
  return keys;
}

GHashTable *
rounds_entry_window_copy (RoundsEntryWindow *self)
{
  GHashTable *copies = rounds_query_rows_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Slot *slot = value;

      if (rounds_entry_is_loaded (slot->entry))
        g_hash_table_insert (copies, g_memdup2 (&slot->key, sizeof slot->key),
                             rounds_entry_copy (slot->entry));
    }
  return copies;
}
