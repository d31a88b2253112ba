/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine's one fiber: edits first, then fetching, then rest until somebody calls or time is up.
 * What an edit or a fetch does is in their files; what people see of it in rounds-sync.c.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-future.h"
#include "rounds-sync-backoff.h"

/* Less than what proxies and address translation bear. */
#define WAIT_SECONDS 50

static void
settle (RoundsSync *self, RoundsSyncState state, const char *reason)
{
  self->settled_state = state;
  g_set_str (&self->settled_reason, reason);
}

static gboolean
has_work (RoundsSync *self)
{
  return rounds_sync_find_next (self) != NULL || self->waiters->len > 0 || self->fetch_is_due;
}

/* Tells people what things came to, unless something else is about to be done. */
static void
show_settled_state (RoundsSync *self)
{
  if (!has_work (self))
    rounds_sync_set_state (self, self->settled_state, self->settled_reason);
}

static void
note_success (RoundsSync *self, guint n_unreadable)
{
  self->n_failures = 0;
  self->retry_after = 0;
  rounds_sync_set_offline_since (self, ROUNDS_TIME_NONE);

  if (n_unreadable == 0)
    settle (self, ROUNDS_SYNC_IDLE, NULL);
  else
    {
      g_autofree char *reason = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE,
                       "The server sent %u record that Rounds cannot read. It was left as it was.",
                       "The server sent %u records that Rounds cannot read. They were left as they "
                       "were.",
                       n_unreadable),
          n_unreadable);

      settle (self, ROUNDS_SYNC_TROUBLE, reason);
    }
}

/* What a person can act on; the store's own words are for people who look into files. */
static const char *
get_words (const GError *error)
{
  if (g_error_matches (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FULL))
    return _ ("The disk is full: nothing new can be kept on this computer. Make some room.");
  if (g_error_matches (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_READ_ONLY))
    return _ (
        "Nothing can be written on this computer’s disk, so what you see may not be current.");
  return error->message;
}

void
rounds_sync_note_failure (RoundsSync *self, const GError *error)
{
  self->n_failures++;
  g_clear_pointer (&self->info, rounds_server_info_unref);
  rounds_sync_keep_last_sync (self);
  self->retry_after = rounds_net_error_get_retry_after (error);

  if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE))
    {
      if (self->offline_since == ROUNDS_TIME_NONE)
        rounds_sync_set_offline_since (self, rounds_clock_now (self->clock));
      settle (self, ROUNDS_SYNC_OFFLINE, error->message);
      return;
    }

  rounds_sync_set_offline_since (self, ROUNDS_TIME_NONE);
  if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED))
    {
      rounds_sync_hang_up (self);
      settle (self, ROUNDS_SYNC_SIGNED_OUT, error->message);
    }
  else
    settle (self, ROUNDS_SYNC_TROUBLE, get_words (error));
}

/* Awaits until somebody changes the command channel or @timer (taken, or NULL) is over. */
static void
await_wake (RoundsSync *self, DexFuture *timer)
{
  g_autoptr (DexPromise) wake = dex_promise_new ();

  g_assert (self->wake == NULL);
  self->wake = dex_ref (wake);

  if (timer == NULL)
    timer = dex_future_new_infinite ();

  /* A timer ends by an error, which is not one; whoever waits looks at what has changed. */
  dex_await (dex_future_first (DEX_FUTURE (g_steal_pointer (&wake)), timer, NULL), NULL);
  dex_clear (&self->wake);
}

static DexFuture *
fetch_ended_cb (DexFuture *future, gpointer user_data)
{
  rounds_sync_wake (user_data);
  return dex_ref (future);
}

static gboolean
is_asked (RoundsSync *self)
{
  return self->waiters->len > 0 || self->fetch_is_due;
}

/* Awaits the end of a fetch, or gives it up for an edit or the engine's end, which must not wait
 * for a slow listing. Returns FALSE when given up. */
static gboolean
await_fetch (RoundsSync *self, guint wait, guint *n_unreadable, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) listed = rounds_sync_pull (self, cancellable, wait);
  g_autoptr (DexFuture) watched = NULL;

  watched
      = dex_future_finally (dex_ref (listed), fetch_ended_cb, g_object_ref (self), g_object_unref);
  while (dex_future_is_pending (listed) && rounds_sync_find_next (self) == NULL
         && !self->is_stopping && !self->has_new_file && (wait == 0 || !is_asked (self)))
    await_wake (self, NULL);

  if (dex_future_is_pending (listed))
    {
      /* Nothing else touches the edits before it has ended. */
      g_cancellable_cancel (cancellable);
      dex_await (g_steal_pointer (&listed), NULL);
      return FALSE;
    }

  *n_unreadable = dex_await_uint (g_steal_pointer (&listed), error);
  return TRUE;
}

/* Tells those who asked for a fetch how it went. */
static void
answer_waiters (GPtrArray *waiters, const GError *error)
{
  for (guint i = 0; i < waiters->len; i++)
    {
      DexPromise *waiter = g_ptr_array_index (waiters, i);

      if (error == NULL)
        dex_promise_resolve_boolean (waiter, TRUE);
      else
        dex_promise_reject (waiter, g_error_copy (error));
    }
}

/* Awaits. Those who ask while a fetch is under way get the next one: theirs has to begin after they
 * asked. @wait: seconds that the server may take until it has something to say. */
static void
fetch (RoundsSync *self, guint wait)
{
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);
  g_autoptr (GError) error = NULL;
  guint n_unreadable = 0;

  self->waiters = g_ptr_array_new_with_free_func (dex_unref);
  self->fetch_is_due = FALSE;

  if (!await_fetch (self, wait, &n_unreadable, &error))
    {
      self->fetch_is_due |= wait == 0;
      g_ptr_array_extend_and_steal (self->waiters, g_steal_pointer (&waiters));
      return;
    }

  if (error != NULL)
    rounds_sync_note_failure (self, error);
  else
    note_success (self, n_unreadable);
  show_settled_state (self);
  answer_waiters (waiters, error);
}

/* Whether all is well with a server that has a feed and @capability. */
static gboolean
can_rely_on (RoundsSync *self, const char *capability)
{
  return self->n_failures == 0 && !self->holds_back && self->feed->cursor != NULL
         && self->settled_state != ROUNDS_SYNC_SIGNED_OUT && self->info != NULL
         && rounds_server_info_can (self->info, capability);
}

/* Awaits. Nothing is left to do: the server is asked and takes its time until there is news. That
 * it is gone shows in the same moment, by the end of the connection. */
static void
watch (RoundsSync *self)
{
  gint64 begun = g_get_monotonic_time ();

  rounds_sync_set_channel (self, ROUNDS_SYNC_WAITING);
  show_settled_state (self);
  fetch (self, WAIT_SECONDS);

  /* Whoever answers for the server without waiting would be asked for ever without a pause. */
  self->waits_in_vain = self->n_failures == 0 && !self->has_news && !has_work (self)
                        && g_get_monotonic_time () - begun < G_USEC_PER_SEC;
}

static guint
find_pause (RoundsSync *self)
{
  guint poll = self->is_active ? ROUNDS_SYNC_POLL_ACTIVE_MS : ROUNDS_SYNC_POLL_MS;
  double chance = g_random_double ();

  if (self->holds_back && self->n_failures == 0)
    return rounds_sync_backoff (self->n_put_off, poll, chance, self->send_retry_after);
  return rounds_sync_backoff (self->n_failures, poll, chance, self->retry_after);
}

/* Awaits a command, or that it is time to ask the server again. @pause: ms; 0: it never is. */
static void
rest (RoundsSync *self, guint pause)
{
  g_autoptr (DexFuture) timer = NULL;

  show_settled_state (self);

  if (pause > 0)
    timer = self->delay (pause, self->delay_data);

  await_wake (self, timer != NULL ? dex_ref (timer) : NULL);
  if (timer != NULL && !dex_future_is_pending (timer))
    {
      self->fetch_is_due = TRUE;
      self->holds_back = FALSE;
      self->waits_in_vain = FALSE;
    }
}

/* Awaits. Nothing is left to do: the server says when there is something. Now and then it is asked
 * all the same, should somebody in between have swallowed its word. */
static void
hear (RoundsSync *self)
{
  if (rounds_sync_is_listening (self))
    rounds_sync_set_channel (self, ROUNDS_SYNC_LISTENING);
  rest (self, ROUNDS_SYNC_POLL_LISTENING_MS);
}

/* Awaits. Nothing is left to do, and nobody will say when there is. A server that refused our token
 * is not asked before there is another. */
static void
poll_later (RoundsSync *self)
{
  rounds_sync_set_channel (self, ROUNDS_SYNC_POLLING);
  rest (self, self->settled_state != ROUNDS_SYNC_SIGNED_OUT ? find_pause (self) : 0);
}

/* Awaits. When the cache was last current is shown before the server has answered. */
static void
load_last_sync (RoundsSync *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 moment = 0;

  text
      = dex_await_string (rounds_store_get_fact (self->store, ROUNDS_STORE_FACT_LAST_SYNC), &error);
  if (error != NULL)
    rounds_sync_note_failure (self, error);
  else if (text != NULL
           && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &moment, NULL))
    {
      self->kept_sync = moment;
      rounds_sync_set_last_sync (self, moment);
    }
}

/* The engine is at its end; nothing will be fetched any more. */
static void
refuse_waiters (RoundsSync *self)
{
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);
  g_autoptr (GError) error = g_error_new_literal (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_STOPPED,
                                                  _ ("Not fetched: you are signing out."));

  self->waiters = g_ptr_array_new_with_free_func (dex_unref);
  answer_waiters (waiters, error);
}

/* Tells whoever stopped the engine whether something is left for the next one. */
static void
tell_stopped (RoundsSync *self)
{
  if (rounds_sync_count_unsent (self) == 0)
    dex_promise_resolve_boolean (self->stopped, TRUE);
  else if (self->unsent != NULL)
    dex_promise_reject (self->stopped, g_steal_pointer (&self->unsent));
  else
    dex_promise_reject (self->stopped,
                        g_error_new_literal (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_STOPPED,
                                             _ ("Not everything could be sent.")));
}

DexFuture *
rounds_sync_run_fiber (gpointer data)
{
  RoundsSync *self = data;

  load_last_sync (self);
  rounds_sync_load_edits (self);

  for (;;)
    {
      if (self->has_new_file)
        rounds_sync_take_up_file (self);
      else if (rounds_sync_find_next (self) != NULL)
        {
          rounds_sync_carry_edit (self);
          show_settled_state (self);
        }
      else if (self->is_stopping)
        break;
      else if (has_work (self))
        fetch (self, 0);
      else if (can_rely_on (self, "events") && rounds_sync_listen (self))
        hear (self);
      else if (can_rely_on (self, "changes.wait") && !self->waits_in_vain)
        watch (self);
      else
        poll_later (self);
    }

  rounds_sync_keep_last_sync (self);
  refuse_waiters (self);
  tell_stopped (self);
  return dex_future_new_true ();
}
