/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One listing of all that the person may see, or of the days around now, from the server into the
 * cache. Nothing reaches the cache before everything has arrived, so a lying server cannot empty
 * it.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include "rounds-future.h"

#define DAYS_BACK 7
#define DAYS_AHEAD 8 /* today, and seven more */

/* Borrowed. */
typedef struct
{
  RoundsSync *sync;
  GCancellable *cancellable;
  RoundsTimeRange range; /* empty: always */
} Fetch;

/* What the four calls brought. */
typedef struct
{
  RoundsListing *appointments;
  RoundsListing *meetings;
  RoundsListing *users;
  RoundsListing *hospitals;
} Bundle;

static void
bundle_clear (Bundle *bundle)
{
  g_clear_pointer (&bundle->appointments, rounds_listing_unref);
  g_clear_pointer (&bundle->meetings, rounds_listing_unref);
  g_clear_pointer (&bundle->users, rounds_listing_unref);
  g_clear_pointer (&bundle->hospitals, rounds_listing_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bundle, bundle_clear)

/* Awaits. Asks for everything at once; the first failure, or giving up, ends it all. */
static gboolean
await_bundle (Fetch *fetch, Bundle *bundle, GError **error)
{
  RoundsSync *self = fetch->sync;
  g_autoptr (DexFuture) appointments
      = rounds_api_list_appointments_between (self->api, self->user->id, fetch->range);
  g_autoptr (DexFuture) meetings
      = rounds_api_list_meetings_between (self->api, self->user->id, fetch->range);
  g_autoptr (DexFuture) users = rounds_api_list_users (self->api);
  g_autoptr (DexFuture) hospitals = rounds_api_list_hospitals (self->api);

  if (!dex_await (
          dex_future_first (dex_future_all_race (dex_ref (appointments), dex_ref (meetings),
                                                 dex_ref (users), dex_ref (hospitals), NULL),
                            dex_cancellable_new_from_cancellable (fetch->cancellable), NULL),
          error))
    return FALSE;

  bundle->appointments = dex_await_boxed (g_steal_pointer (&appointments), error);
  if (bundle->appointments != NULL)
    bundle->meetings = dex_await_boxed (g_steal_pointer (&meetings), error);
  if (bundle->meetings != NULL)
    bundle->users = dex_await_boxed (g_steal_pointer (&users), error);
  if (bundle->users != NULL)
    bundle->hospitals = dex_await_boxed (g_steal_pointer (&hospitals), error);
  return bundle->hospitals != NULL;
}

/* Awaits. What the server lists but garbles stays as the cache has it. */
static gboolean
await_kept_entries (RoundsSync *self, RoundsEntryKind kind, RoundsListing *listing, GError **error)
{
  for (guint i = 0; i < listing->unreadable_ids->len; i++)
    {
      g_autoptr (GError) lookup_error = NULL;
      g_autoptr (RoundsEntry) entry = dex_await_object (
          rounds_store_get_entry (self->store, kind,
                                  g_ptr_array_index (listing->unreadable_ids, i)),
          &lookup_error);

      if (entry == NULL && !g_error_matches (lookup_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&lookup_error));
          return FALSE;
        }
      if (entry != NULL && kind == ROUNDS_ENTRY_APPOINTMENT)
        g_ptr_array_add (listing->records,
                         rounds_appointment_ref (rounds_entry_get_appointment (entry)));
      else if (entry != NULL)
        g_ptr_array_add (listing->records, rounds_meeting_ref (rounds_entry_get_meeting (entry)));
    }
  return TRUE;
}

/* The same for the directory, which is in memory. */
static void
keep_people (RoundsSync *self, Bundle *bundle)
{
  for (guint i = 0; i < bundle->users->unreadable_ids->len; i++)
    {
      const char *id = g_ptr_array_index (bundle->users->unreadable_ids, i);
      RoundsUser *user = rounds_store_lookup_user (self->store, id);

      if (user != NULL)
        g_ptr_array_add (bundle->users->records, rounds_user_ref (user));
    }
  for (guint i = 0; i < bundle->hospitals->unreadable_ids->len; i++)
    {
      const char *id = g_ptr_array_index (bundle->hospitals->unreadable_ids, i);
      RoundsHospital *hospital = rounds_store_lookup_hospital (self->store, id);

      if (hospital != NULL)
        g_ptr_array_add (bundle->hospitals->records, rounds_hospital_ref (hospital));
    }
}

/* Whether what is not in the list is really no longer there. A garbled record without an id could
 * be any of those that we have. */
static gboolean
is_complete (RoundsListing *listing)
{
  return listing->is_known && listing->n_unreadable == listing->unreadable_ids->len;
}

/* Awaits. Writes the records of an incomplete listing without removing any other. */
static gboolean
await_saved (RoundsSync *self, RoundsEntryKind kind, RoundsListing *listing, GError **error)
{
  for (guint i = 0; !is_complete (listing) && i < listing->records->len; i++)
    {
      gpointer record = g_ptr_array_index (listing->records, i);
      DexFuture *saved = kind == ROUNDS_ENTRY_APPOINTMENT
                             ? rounds_store_save_appointment (self->store, record)
                             : rounds_store_save_meeting (self->store, record);

      if (!dex_await (saved, error))
        return FALSE;
    }
  return TRUE;
}

/* NULL leaves that kind in the cache alone. */
static GPtrArray *
get_replacement (RoundsListing *listing)
{
  return is_complete (listing) ? listing->records : NULL;
}

/* Awaits. Their edits are settled before what the server lists is written beside them. */
static gboolean
adopt_twins (Fetch *fetch, Bundle *bundle, GError **error)
{
  return rounds_sync_adopt_twins (fetch->sync, ROUNDS_ENTRY_APPOINTMENT,
                                  bundle->appointments->records, error)
         && rounds_sync_adopt_twins (fetch->sync, ROUNDS_ENTRY_MEETING, bundle->meetings->records,
                                     error)
         && !g_cancellable_set_error_if_cancelled (fetch->cancellable, error);
}

/* Awaits. From the look at the cancellable to the store's queue nothing may be awaited, so that an
 * edit that made this listing old counts; what comes later is written after this. The edits that
 * are not sent yet stay over the listing: the store sees to that. */
static gboolean
await_stored (Fetch *fetch, Bundle *bundle, GError **error)
{
  RoundsSync *self = fetch->sync;

  if (!adopt_twins (fetch, bundle, error))
    return FALSE;

  keep_people (self, bundle);
  return dex_await (rounds_store_replace (self->store, get_replacement (bundle->appointments),
                                          get_replacement (bundle->meetings),
                                          get_replacement (bundle->users),
                                          get_replacement (bundle->hospitals)),
                    error)
         && await_saved (self, ROUNDS_ENTRY_APPOINTMENT, bundle->appointments, error)
         && await_saved (self, ROUNDS_ENTRY_MEETING, bundle->meetings, error);
}

/* Whether the server is there and will say the same again. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_NOT_FOUND)
         || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_FORBIDDEN)
         || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID);
}

gboolean
rounds_sync_list_near (RoundsSync *self, GCancellable *cancellable, GError **error)
{
  gint64 now = rounds_clock_now (self->clock);
  Fetch fetch
      = { self, cancellable, { now - DAYS_BACK * ROUNDS_DAY, now + DAYS_AHEAD * ROUNDS_DAY } };
  g_auto (Bundle) bundle = { NULL, NULL, NULL, NULL };
  g_autoptr (GError) local_error = NULL;
  RoundsStoreChanges changes = { NULL };

  if (!rounds_server_info_can (self->info, "range"))
    return TRUE;
  if (!await_bundle (&fetch, &bundle, &local_error))
    {
      /* Then everything comes in the feed's order. */
      if (is_refusal (local_error))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  changes.appointments = bundle.appointments->records;
  changes.meetings = bundle.meetings->records;
  changes.users = bundle.users->records;
  changes.hospitals = bundle.hospitals->records;
  return adopt_twins (&fetch, &bundle, error)
         && dex_await (rounds_store_apply (self->store, &changes), error);
}

gboolean
rounds_sync_list_all (RoundsSync *self, GCancellable *cancellable, guint *n_unreadable,
                      GError **error)
{
  Fetch fetch = { self, cancellable, { 0 } };
  g_auto (Bundle) bundle = { NULL, NULL, NULL, NULL };

  if (!await_bundle (&fetch, &bundle, error)
      || !await_kept_entries (self, ROUNDS_ENTRY_APPOINTMENT, bundle.appointments, error)
      || !await_kept_entries (self, ROUNDS_ENTRY_MEETING, bundle.meetings, error)
      || !await_stored (&fetch, &bundle, error))
    return FALSE;

  *n_unreadable = bundle.appointments->n_unreadable + bundle.meetings->n_unreadable
                  + bundle.users->n_unreadable + bundle.hospitals->n_unreadable;
  return TRUE;
}
