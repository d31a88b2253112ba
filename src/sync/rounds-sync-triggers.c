/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What makes the engine ask the server at once: another network, the end of a sleep, another token,
 * another file, somebody who looks. What it asks is rounds-sync-pull.c's business.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-sync-backoff.h"

static void
ask_again (RoundsSync *self)
{
  self->fetch_is_due = TRUE;
  self->holds_back = FALSE;
  rounds_sync_wake (self);
}

/* Connections of before may be dead without a sign: the socket is opened anew. */
static void
begin_anew (RoundsSync *self)
{
  rounds_sync_hang_up (self);
  ask_again (self);
}

/* What was known before the sleep is old. */
void
rounds_sync_jump (gpointer data)
{
  RoundsSync *self = data;

  if (self->is_started && !self->is_stopping && self->settled_state != ROUNDS_SYNC_SIGNED_OUT)
    begin_anew (self);
}

static void
network_changed_cb (RoundsSync *self, gboolean is_available, GNetworkMonitor *monitor)
{
  if (!self->is_started || self->is_stopping || self->settled_state == ROUNDS_SYNC_SIGNED_OUT)
    return;
  if (is_available || self->settled_state != ROUNDS_SYNC_OFFLINE)
    begin_anew (self);
}

/* Somebody else's call was refused, such as one for a link: the next fetch would be, too. */
static void
unauthorized_cb (RoundsSync *self, RoundsApi *api)
{
  g_autoptr (GError) error = NULL;

  if (!self->is_started)
    return;

  error = g_error_new_literal (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED,
                               _ ("The server no longer accepts this sign-in. Sign in again."));
  rounds_sync_note_failure (self, error);
  rounds_sync_wake (self);
}

static void
token_changed_cb (RoundsSync *self, RoundsApi *api)
{
  /* Security: what was opened in the name of one session is not listened to in another's. */
  rounds_sync_hang_up (self);
  if (!self->is_started || rounds_api_get_token (api) == NULL)
    return;

  rounds_sync_set_state (self, ROUNDS_SYNC_BUSY, NULL);
  ask_again (self);
}

void
rounds_sync_set_active (RoundsSync *self, gboolean is_active)
{
  gboolean has_come;

  g_return_if_fail (ROUNDS_IS_SYNC (self));

  has_come = is_active && !self->is_active;
  self->is_active = is_active;
  if (has_come && self->is_started && !self->is_stopping
      && self->settled_state != ROUNDS_SYNC_SIGNED_OUT
      && (self->last_sync == ROUNDS_TIME_NONE
          || rounds_clock_now (self->clock) - self->last_sync
                 >= ROUNDS_SYNC_POLL_ACTIVE_MS * (ROUNDS_SECOND / 1000))
      && !rounds_sync_is_listening (self))
    ask_again (self);
}

/* What the store had of the server's, it may have lost. */
static void
mended_cb (RoundsSync *self, RoundsStore *store)
{
  self->has_new_file = TRUE;
  if (self->is_started && !self->is_stopping)
    ask_again (self);
}

void
rounds_sync_connect_triggers (RoundsSync *self)
{
  g_signal_connect_object (self->store, "mended", G_CALLBACK (mended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->api, "unauthorized", G_CALLBACK (unauthorized_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->api, "token-changed", G_CALLBACK (token_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
}
