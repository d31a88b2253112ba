/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Listening to the server's WebSocket: when it is opened, and what follows from what is heard.
 * It only wakes the fiber, which asks the change feed.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include "rounds-sync-backoff.h"

/* Who was cut off after this long is not cut off by a fault that repeats itself. */
#define STABLE_AFTER ROUNDS_MINUTE
/* A network that lets no WebSocket through will hardly do so a minute later: up to 16 minutes. */
#define MAX_DOUBLINGS 4

/* When the next attempt makes sense: at once the first time, then later and later, and not before
 * the server said, in seconds. */
static void
plan_next (RoundsSync *self, guint retry_after)
{
  gint64 pause_ms = 0;

  if (self->n_hung_up > 0)
    pause_ms = rounds_sync_backoff (self->n_hung_up, 0, g_random_double (), 0);
  pause_ms = MAX (pause_ms << CLAMP ((int)self->n_hung_up - 1, 0, MAX_DOUBLINGS),
                  (gint64)retry_after * 1000);
  self->listen_after = rounds_clock_now (self->clock) + pause_ms * (ROUNDS_SECOND / 1000);
  self->n_hung_up++;
}

static void
opened_cb (RoundsSync *self, RoundsEvents *events)
{
  self->is_opening = FALSE;
  self->listens_since = rounds_clock_now (self->clock);
  rounds_sync_wake (self);
}

static void
news_cb (RoundsSync *self, RoundsEvents *events)
{
  self->fetch_is_due = TRUE;
  rounds_sync_wake (self);
}

/* All that there was to say has been said, and asked for. */
static void
alive_cb (RoundsSync *self, RoundsEvents *events)
{
  if (!self->fetch_is_due && self->settled_state == ROUNDS_SYNC_IDLE)
    rounds_sync_set_last_sync (self, rounds_clock_now (self->clock));
}

/* Whether the server is there at all is shown by the next question, which also gets another token
 * where that is what has ended. */
static void
ended_cb (RoundsSync *self, const GError *error, RoundsEvents *events)
{
  if (rounds_sync_is_listening (self)
      && rounds_clock_now (self->clock) - self->listens_since >= STABLE_AFTER)
    self->n_hung_up = 0;
  if (rounds_sync_is_listening (self)
      || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED))
    self->fetch_is_due = TRUE;
  self->is_opening = FALSE;
  self->listens_since = ROUNDS_TIME_NONE;
  plan_next (self, rounds_net_error_get_retry_after (error));
  rounds_sync_wake (self);
}

static void
open_socket (RoundsSync *self)
{
  if (self->events == NULL)
    {
      self->events = rounds_events_new (self->api);
      g_signal_connect_object (self->events, "opened", G_CALLBACK (opened_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->events, "news", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->events, "alive", G_CALLBACK (alive_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->events, "ended", G_CALLBACK (ended_cb), self,
                               G_CONNECT_SWAPPED);
    }
  self->is_opening = TRUE;
  rounds_events_open (self->events, self->feed->cursor);
}

gboolean
rounds_sync_is_listening (RoundsSync *self)
{
  return self->listens_since != ROUNDS_TIME_NONE;
}

gboolean
rounds_sync_listen (RoundsSync *self)
{
  if (!self->is_opening && !rounds_sync_is_listening (self)
      && rounds_clock_now (self->clock) >= self->listen_after)
    open_socket (self);
  return self->is_opening || rounds_sync_is_listening (self);
}

void
rounds_sync_hang_up (RoundsSync *self)
{
  if (self->events != NULL)
    rounds_events_close (self->events);
  self->is_opening = FALSE;
  self->listens_since = ROUNDS_TIME_NONE;
  self->listen_after = G_MININT64;
  self->n_hung_up = 0;
}
