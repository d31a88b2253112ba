/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Brings the cache up to date: by the server's change feed where it has one, by full lists where it
 * knows only the guide. What a list becomes in the cache is in rounds-sync-fetch.c.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include "rounds-future.h"

typedef struct
{
  RoundsSync *sync;
  GCancellable *cancellable;
  guint wait; /* seconds that the first question may take; then 0 */
} Pull;

static void
pull_free (gpointer data)
{
  Pull *pull = data;

  g_clear_object (&pull->sync);
  g_clear_object (&pull->cancellable);
  g_free (pull);
}

/* Awaits @call (taken) or that the pull is given up. A new reference to the call, or NULL. */
static DexFuture *
await_call (Pull *pull, DexFuture *call, GError **error)
{
  g_autoptr (DexFuture) owned = call;

  if (!dex_await (dex_future_first (dex_ref (call),
                                    dex_cancellable_new_from_cancellable (pull->cancellable), NULL),
                  error))
    return NULL;
  return g_steal_pointer (&owned);
}

/* Awaits. What the server can do is asked once, and again after a failure: it may be another then.
 */
static gboolean
await_info (Pull *pull, GError **error)
{
  RoundsSync *self = pull->sync;
  DexFuture *answered;

  if (self->info != NULL)
    return TRUE;
  answered = await_call (pull, rounds_api_get_info (self->api), error);
  if (answered == NULL)
    return FALSE;
  self->info = dex_await_boxed (answered, error);
  return self->info != NULL;
}

/* Awaits. */
static gboolean
await_cursor (RoundsSync *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->feed->is_loaded)
    return TRUE;
  self->feed->cursor = dex_await_string (
      rounds_store_get_fact (self->store, ROUNDS_STORE_FACT_CURSOR), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->feed->is_loaded = TRUE;
  return TRUE;
}

static gboolean
is_about_the_cursor (const GError *error)
{
  guint status = rounds_net_error_get_status (error);

  return status == 400 || status == 410;
}

/* Awaits. */
static RoundsChangePage *
await_page (Pull *pull, GError **error)
{
  RoundsSync *self = pull->sync;
  guint wait = pull->wait;
  g_autoptr (GError) local_error = NULL;
  DexFuture *answered;

  pull->wait = 0;
  answered = await_call (pull, rounds_api_list_changes (self->api, self->feed->cursor, wait),
                         &local_error);
  if (answered == NULL && self->feed->cursor != NULL && is_about_the_cursor (local_error))
    {
      g_clear_error (&local_error);
      rounds_sync_feed_restart (self->feed);
      answered = await_call (pull, rounds_api_list_changes (self->api, NULL, 0), &local_error);
    }
  if (answered == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return dex_await_boxed (answered, error);
}

/* Awaits. Records and cursor are one transaction. From the look at the cancellable to the store's
 * queue nothing may be awaited, as with a listing. */
static gboolean
await_written (Pull *pull, const RoundsChangePage *page, gint64 asked_at, GError **error)
{
  RoundsSync *self = pull->sync;
  g_autofree char *moment = g_strdup_printf ("%" G_GINT64_FORMAT, asked_at);
  RoundsStoreChanges changes;

  if (!rounds_sync_adopt_twins (self, ROUNDS_ENTRY_APPOINTMENT, page->appointments, error)
      || !rounds_sync_adopt_twins (self, ROUNDS_ENTRY_MEETING, page->meetings, error)
      || g_cancellable_set_error_if_cancelled (pull->cancellable, error))
    return FALSE;

  rounds_sync_feed_take (self->feed, page, self->user->id, &changes);
  if (!page->more)
    {
      changes.last_sync = moment;
      self->kept_sync = asked_at;
    }
  /* Given up meanwhile: the book is the next pull's, which asks for this page again. */
  return dex_await (rounds_store_apply (self->store, &changes), error)
         && !g_cancellable_set_error_if_cancelled (pull->cancellable, error);
}

static void
show_progress (RoundsSync *self)
{
  const RoundsSyncFeed *feed = self->feed;

  rounds_sync_set_progress (self, feed->n_fetched,
                            feed->total > 0 ? MAX (feed->total, feed->n_fetched) : 0);
}

/* Awaits. Nothing new is one request and no write. */
static gboolean
pull_changes (Pull *pull, gint64 asked_at, GError **error)
{
  RoundsSync *self = pull->sync;
  gboolean more = TRUE;

  self->has_news = FALSE;
  if (self->feed->cursor == NULL && self->last_sync == ROUNDS_TIME_NONE
      && !self->feed->near_is_there)
    {
      if (!rounds_sync_list_near (self, pull->cancellable, error))
        return FALSE;
      self->feed->near_is_there = TRUE;
    }
  while (more)
    {
      g_autoptr (RoundsChangePage) page = await_page (pull, error);

      if (page == NULL)
        return FALSE;
      if (!rounds_change_page_is_empty (page) || rounds_sync_feed_is_whole (self->feed)
          || self->feed->cursor == NULL)
        {
          self->has_news = TRUE;
          if (!await_written (pull, page, asked_at, error))
            return FALSE;
        }
      rounds_sync_feed_pass (self->feed, page);
      show_progress (self);
      more = page->more;
    }
  return TRUE;
}

static DexFuture *
pull_fiber (gpointer data)
{
  Pull *pull = data;
  RoundsSync *self = pull->sync;
  gboolean has_feed;
  gint64 asked_at;
  guint n_unreadable = 0;
  GError *error = NULL;

  if (!await_info (pull, &error))
    return dex_future_new_for_error (error);

  has_feed = rounds_server_info_can (self->info, "changes");
  if (has_feed && !await_cursor (self, &error))
    return dex_future_new_for_error (error);

  asked_at = rounds_clock_now (self->clock);
  if (has_feed ? !pull_changes (pull, asked_at, &error)
               : !rounds_sync_list_all (self, pull->cancellable, &n_unreadable, &error))
    return dex_future_new_for_error (error);

  /* An answer that was waited for is of the end of the wait. */
  rounds_sync_set_last_sync (self, has_feed ? rounds_clock_now (self->clock) : asked_at);
  return dex_future_new_for_uint (has_feed ? rounds_sync_feed_count_garbled (self->feed)
                                           : n_unreadable);
}

DexFuture *
rounds_sync_pull (RoundsSync *self, GCancellable *cancellable, guint wait)
{
  Pull *pull = g_new0 (Pull, 1);

  pull->sync = g_object_ref (self);
  pull->cancellable = g_object_ref (cancellable);
  pull->wait = wait;
  return rounds_spawn (pull_fiber, pull, pull_free);
}
