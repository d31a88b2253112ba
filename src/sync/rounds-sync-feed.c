/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The book that is kept of the change feed.
 * Who asks for the pages and writes them is rounds-sync-pull.c.
 */

#include "config.h"

#include "rounds-sync-feed.h"

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
end_whole (RoundsSyncFeed *self)
{
  g_clear_pointer (&self->appointments, g_hash_table_unref);
  g_clear_pointer (&self->meetings, g_hash_table_unref);
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_clear_pointer (&self->hospitals, g_hash_table_unref);
  self->has_nameless = FALSE;
  self->n_fetched = 0;
  self->total = 0;
}

static void
begin_whole (RoundsSyncFeed *self, const char *person)
{
  end_whole (self);
  self->appointments = new_set ();
  self->meetings = new_set ();
  self->users = new_set ();
  self->hospitals = new_set ();
  g_hash_table_add (self->users, g_strdup (person));
  g_hash_table_remove_all (self->garbled);
  self->n_nameless = 0;
}

RoundsSyncFeed *
rounds_sync_feed_new (void)
{
  RoundsSyncFeed *self = g_new0 (RoundsSyncFeed, 1);

  self->garbled = new_set ();
  return self;
}

void
rounds_sync_feed_free (RoundsSyncFeed *self)
{
  end_whole (self);
  g_hash_table_unref (self->garbled);
  g_free (self->cursor);
  g_free (self);
}

void
rounds_sync_feed_restart (RoundsSyncFeed *self)
{
  g_clear_pointer (&self->cursor, g_free);
  end_whole (self);
}

gboolean
rounds_sync_feed_is_whole (const RoundsSyncFeed *self)
{
  return self->appointments != NULL;
}

guint
rounds_sync_feed_count_garbled (const RoundsSyncFeed *self)
{
  return g_hash_table_size (self->garbled) + self->n_nameless;
}

static void
note_record (RoundsSyncFeed *self, GHashTable *set, const char *id)
{
  g_hash_table_remove (self->garbled, id);
  if (set == NULL)
    return;
  g_hash_table_add (set, g_strdup (id));
  self->n_fetched++;
}

static void
note_records (RoundsSyncFeed *self, const RoundsChangePage *page)
{
  for (guint i = 0; i < page->appointments->len; i++)
    note_record (self, self->appointments, ((RoundsAppointment *)page->appointments->pdata[i])->id);
  for (guint i = 0; i < page->meetings->len; i++)
    note_record (self, self->meetings, ((RoundsMeeting *)page->meetings->pdata[i])->id);
  for (guint i = 0; i < page->users->len; i++)
    note_record (self, self->users, ((RoundsUser *)page->users->pdata[i])->id);
  for (guint i = 0; i < page->hospitals->len; i++)
    note_record (self, self->hospitals, ((RoundsHospital *)page->hospitals->pdata[i])->id);
}

static void
note_gone (RoundsSyncFeed *self, GPtrArray *ids, GHashTable *set)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_hash_table_remove (self->garbled, ids->pdata[i]);
      if (set != NULL)
        g_hash_table_remove (set, ids->pdata[i]);
    }
}

/* What could not be read stays as the cache has it, whatever kind it is of. */
static void
note_garbled (RoundsSyncFeed *self, const RoundsChangePage *page)
{
  GHashTable *sets[] = { self->appointments, self->meetings, self->users, self->hospitals };

  for (guint i = 0; i < page->unreadable_ids->len; i++)
    {
      g_hash_table_add (self->garbled, g_strdup (page->unreadable_ids->pdata[i]));
      for (gsize j = 0; j < G_N_ELEMENTS (sets); j++)
        if (sets[j] != NULL)
          g_hash_table_add (sets[j], g_strdup (page->unreadable_ids->pdata[i]));
    }
  self->n_nameless += page->n_unreadable - page->unreadable_ids->len;
  if (page->n_unreadable > page->unreadable_ids->len)
    self->has_nameless = TRUE;
}

static GPtrArray *
or_null (GPtrArray *array)
{
  return array->len > 0 ? array : NULL;
}

static const char *const *
ids_or_null (GPtrArray *ids)
{
  return ids->len > 0 ? (const char *const *)ids->pdata : NULL;
}

void
rounds_sync_feed_take (RoundsSyncFeed *self, const RoundsChangePage *page, const char *person,
                       RoundsStoreChanges *changes)
{
  gboolean is_last = !page->more;

  if (page->reset || self->cursor == NULL)
    {
      begin_whole (self, person);
      self->total = page->total;
    }
  note_records (self, page);
  note_gone (self, page->gone_appointments, self->appointments);
  note_gone (self, page->gone_meetings, self->meetings);
  note_gone (self, page->gone_users, self->users);
  note_gone (self, page->gone_hospitals, self->hospitals);
  note_garbled (self, page);

  *changes = (RoundsStoreChanges){
    .appointments = or_null (page->appointments),
    .meetings = or_null (page->meetings),
    .users = or_null (page->users),
    .hospitals = or_null (page->hospitals),
    .gone_appointments = ids_or_null (page->gone_appointments),
    .gone_meetings = ids_or_null (page->gone_meetings),
    .gone_users = ids_or_null (page->gone_users),
    .gone_hospitals = ids_or_null (page->gone_hospitals),
  };
  if (is_last && rounds_sync_feed_is_whole (self) && !self->has_nameless)
    {
      changes->only_appointments = self->appointments;
      changes->only_meetings = self->meetings;
      changes->only_users = self->users;
      changes->only_hospitals = self->hospitals;
    }
  /* A run that ends in the middle of everything, or before a record could be read, has to be asked
   * for it again. */
  if ((is_last || !rounds_sync_feed_is_whole (self)) && rounds_sync_feed_count_garbled (self) == 0)
    changes->cursor = page->cursor;
}

void
rounds_sync_feed_pass (RoundsSyncFeed *self, const RoundsChangePage *page)
{
  g_set_str (&self->cursor, page->cursor);
  if (!page->more)
    end_whole (self);
}
