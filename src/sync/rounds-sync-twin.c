/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * New records whose request may have reached the server although no answer came back.
 * A server that knows Idempotency-Key would give the same record again; one that knows only the
 * guide would make a second, so the record is looked for before it is asked for once more.
 */

#include "config.h"

#include "rounds-sync-local.h"
#include "rounds-sync-private.h"

/* Awaits. One that the cache has stood there before, or belongs to another edit. */
static gboolean
await_is_new (RoundsSync *self, RoundsEntryKind kind, const char *id, gboolean *is_new,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsEntry) known = NULL;

  known = dex_await_object (rounds_store_get_entry (self->store, kind, id), &local_error);
  *is_new = known == NULL;
  if (known != NULL || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Awaits. */
static gboolean
await_twin_among (RoundsSync *self, RoundsSyncEdit *edit, GPtrArray *records, RoundsEntry **twin,
                  GError **error)
{
  RoundsEntryKind kind = edit->item->kind;

  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      g_autoptr (RoundsEntry) entry = kind == ROUNDS_ENTRY_MEETING
                                          ? rounds_entry_new_for_meeting (record)
                                          : rounds_entry_new_for_appointment (record);
      gboolean is_new = FALSE;

      if (!rounds_sync_is_twin (edit, entry, self->user))
        continue;
      if (!await_is_new (self, kind, rounds_entry_get_id (entry), &is_new, error))
        return FALSE;
      if (is_new)
        {
          *twin = g_steal_pointer (&entry);
          return TRUE;
        }
    }
  return TRUE;
}

/* Awaits. What came to be since the cache was current, without a word of it to the cache: that
 * comes with the next pull. */
static gboolean
find_in_feed (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **twin, GError **error)
{
  g_autofree char *cursor = g_strdup (self->feed->cursor);
  gboolean more = TRUE;

  while (more && *twin == NULL)
    {
      g_autoptr (RoundsChangePage) page
          = dex_await_boxed (rounds_api_list_changes (self->api, cursor, 0), error);

      if (page == NULL
          || !await_twin_among (self, edit,
                                edit->item->kind == ROUNDS_ENTRY_MEETING ? page->meetings
                                                                         : page->appointments,
                                twin, error))
        return FALSE;
      g_set_str (&cursor, page->cursor);
      more = page->more;
    }
  return TRUE;
}

gboolean
rounds_sync_find_twin (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **twin, GError **error)
{
  g_autoptr (RoundsListing) listing = NULL;

  if (self->info != NULL && rounds_server_info_can (self->info, "changes") && self->feed->is_loaded)
    return find_in_feed (self, edit, twin, error);

  listing = dex_await_boxed (edit->item->kind == ROUNDS_ENTRY_MEETING
                                 ? rounds_api_list_meetings (self->api, self->user->id)
                                 : rounds_api_list_appointments (self->api, self->user->id),
                             error);
  return listing != NULL && await_twin_among (self, edit, listing->records, twin, error);
}

static RoundsSyncEdit *
find_doubtful (RoundsSync *self, RoundsEntryKind kind, guint *position)
{
  for (; *position < self->edits->len; (*position)++)
    {
      RoundsSyncEdit *edit = g_ptr_array_index (self->edits, *position);

      if (edit->item->kind == kind && edit->item->draft != NULL && edit->item->attempts > 0
          && edit->item->state == ROUNDS_OUTBOX_WAITING && edit != self->carried)
        return edit;
    }
  return NULL;
}

gboolean
rounds_sync_adopt_twins (RoundsSync *self, RoundsEntryKind kind, GPtrArray *records, GError **error)
{
  RoundsSyncEdit *edit;
  guint position = 0;

  while ((edit = find_doubtful (self, kind, &position)) != NULL)
    {
      g_autoptr (RoundsEntry) twin = NULL;
      gboolean is_fine;

      self->carried = edit;
      is_fine = await_twin_among (self, edit, records, &twin, error)
                && (twin == NULL || rounds_sync_settle_edit (self, edit, twin, error));
      self->carried = NULL;
      if (!is_fine)
        return FALSE;
      if (twin == NULL)
        position++;
    }
  return TRUE;
}
