/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Finds the row of a record in a long list, of which some rows are not read yet.
 * What is done with the row is the list's.
 */

#include "config.h"

#include "rounds-entry-seeker.h"

#include <gtk/gtk.h>

struct _RoundsEntrySeeker
{
  GObject parent_instance;

  RoundsDaySections *days;
  RoundsEntry *sought; /* or NULL */
  GPtrArray *unread; /* of RoundsEntry: rows of that moment; somebody has to hold them to be read */
};

G_DEFINE_FINAL_TYPE (RoundsEntrySeeker, rounds_entry_seeker, G_TYPE_OBJECT)

enum
{
  SIGNAL_FOUND,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void look (RoundsEntrySeeker *self);

static void
forget_unread (RoundsEntrySeeker *self)
{
  for (guint i = 0; i < self->unread->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->unread, i), look, self);
  g_ptr_array_set_size (self->unread, 0);
}

static void
tell (RoundsEntrySeeker *self, guint position)
{
  rounds_entry_seeker_stop (self);
  g_signal_emit (self, signals[SIGNAL_FOUND], 0, position);
}

/* Not that object: a changed record is a new one. */
static gboolean
is_sought (RoundsEntrySeeker *self, RoundsEntry *entry)
{
  return rounds_entry_get_kind (entry) == rounds_entry_get_kind (self->sought)
         && g_str_equal (rounds_entry_get_id (entry), rounds_entry_get_id (self->sought));
}

/* Rows are ordered by their start, and know it before they are read. */
static void
look (RoundsEntrySeeker *self)
{
  GListModel *rows = G_LIST_MODEL (self->days);
  gint64 start = rounds_entry_get_range (self->sought).start;
  guint n_items = g_list_model_get_n_items (rows);

  forget_unread (self);
  for (guint i = rounds_day_sections_find (self->days, start); i < n_items; i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (rows, i);

      if (rounds_entry_get_range (entry).start != start)
        break;
      if (!rounds_entry_is_loaded (entry))
        {
          g_signal_connect_object (entry, "loaded", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
          g_ptr_array_add (self->unread, g_steal_pointer (&entry));
        }
      else if (is_sought (self, entry))
        {
          tell (self, i);
          return;
        }
    }
  if (self->unread->len == 0)
    tell (self, GTK_INVALID_LIST_POSITION);
}

/* The rows that were waited for may be others now. */
static void
on_rows_changed_cb (RoundsEntrySeeker *self)
{
  if (self->sought != NULL)
    look (self);
}

static void
rounds_entry_seeker_dispose (GObject *object)
{
  RoundsEntrySeeker *self = ROUNDS_ENTRY_SEEKER (object);

  if (self->unread != NULL)
    rounds_entry_seeker_stop (self);
  g_clear_pointer (&self->unread, g_ptr_array_unref);
  g_clear_object (&self->days);

  G_OBJECT_CLASS (rounds_entry_seeker_parent_class)->dispose (object);
}

static void
rounds_entry_seeker_class_init (RoundsEntrySeekerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_entry_seeker_dispose;

  signals[SIGNAL_FOUND] = g_signal_new ("found", ROUNDS_TYPE_ENTRY_SEEKER, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
rounds_entry_seeker_init (RoundsEntrySeeker *self)
{
  self->unread = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rounds_entry_seeker_new:
 * @days: (transfer none): the rows, ordered by start
 *
 * Returns: (transfer full): one that seeks nothing yet.
 */
RoundsEntrySeeker *
rounds_entry_seeker_new (RoundsDaySections *days)
{
  RoundsEntrySeeker *self;

  g_return_val_if_fail (ROUNDS_IS_DAY_SECTIONS (days), NULL);

  self = g_object_new (ROUNDS_TYPE_ENTRY_SEEKER, NULL);
  self->days = g_object_ref (days);
  g_signal_connect_object (days, "items-changed", G_CALLBACK (on_rows_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}

/**
 * rounds_entry_seeker_seek:
 * @entry: (transfer none): a record that was read, from this list or elsewhere
 *
 * Returns: whether "found" was emitted; else it follows
 */
gboolean
rounds_entry_seeker_seek (RoundsEntrySeeker *self, RoundsEntry *entry)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY_SEEKER (self), FALSE);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), FALSE);

  g_set_object (&self->sought, entry);
  look (self);
  return self->sought == NULL;
}

void
rounds_entry_seeker_stop (RoundsEntrySeeker *self)
{
  g_return_if_fail (ROUNDS_IS_ENTRY_SEEKER (self));

  forget_unread (self);
  g_clear_object (&self->sought);
}
