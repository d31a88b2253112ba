/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A new pair of tokens for an old one: once for all the calls that wait for it.
 * Which calls those are is in rounds-api-call.c; who keeps the pair is the caller's business.
 */

#include "config.h"

#include "rounds-api-object.h"

#include <glib/gi18n-lib.h>

#include "rounds-future.h"
#include "rounds-wipe.h"

typedef struct
{
  RoundsApi *api;
  char *refresh_token; /* Security: in memory only; the one that is shown */
  guint session;
  DexPromise *done;
} Refresh;

static void
refresh_free (gpointer data)
{
  Refresh *refresh = data;

  g_clear_object (&refresh->api);
  g_clear_pointer (&refresh->refresh_token, rounds_wipe_free);
  dex_clear (&refresh->done);
  g_free (refresh);
}

static gboolean
has_refused (const GError *error)
{
  guint status = rounds_net_error_get_status (error);

  return status == 400 || status == 401 || status == 403 || status == 404 || status == 410
         || status == 422;
}

/* Whether somebody has signed out, or in again, since. */
static gboolean
is_outdated (Refresh *refresh)
{
  return refresh->api->n_sessions != refresh->session;
}

static GError *
make_signed_out_error (void)
{
  return g_error_new_literal (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED,
                              _ ("The server no longer accepts this sign-in. Sign in again."));
}

/* Awaits. Security: a pair counts from its first use on, and the one before is worthless then. So
 * it is used only once it is where the next run will find it. */
static gboolean
await_kept (Refresh *refresh, const RoundsSignIn *pair, GError **error)
{
  RoundsApi *self = refresh->api;

  if (self->keep == NULL)
    return TRUE;
  return dex_await (self->keep (pair->access_token, pair->refresh_token, self->keep_data), error);
}

/* Awaits. */
static gboolean
refresh_tokens (Refresh *refresh, GError **error)
{
  RoundsApi *self = refresh->api;
  g_autoptr (RoundsSignIn) pair = NULL;

  pair = dex_await_boxed (rounds_api_ask_refresh (self, refresh->refresh_token), error);
  if (is_outdated (refresh))
    {
      g_clear_error (error);
      g_propagate_error (error, make_signed_out_error ());
      return FALSE;
    }
  if (pair == NULL)
    {
      if (has_refused (*error))
        {
          g_clear_error (error);
          g_propagate_error (error, make_signed_out_error ());
        }
      return FALSE;
    }

  /* A server may go on with the token that it gave before. */
  if (pair->refresh_token == NULL)
    pair->refresh_token = g_strdup (refresh->refresh_token);
  if (!await_kept (refresh, pair, error))
    return FALSE;
  if (is_outdated (refresh))
    {
      g_propagate_error (error, make_signed_out_error ());
      return FALSE;
    }
  rounds_wipe_set (&self->token, pair->access_token);
  rounds_wipe_set (&self->refresh_token, pair->refresh_token);
  return TRUE;
}

static DexFuture *
refresh_fiber (gpointer data)
{
  Refresh *refresh = data;
  g_autoptr (GError) error = NULL;
  gboolean is_fine = refresh_tokens (refresh, &error);

  if (refresh->api->refreshing == refresh->done)
    dex_clear (&refresh->api->refreshing);
  if (is_fine)
    dex_promise_resolve_boolean (refresh->done, TRUE);
  else
    dex_promise_reject (refresh->done, g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rounds_api_refresh (RoundsApi *self, const char *token, guint session)
{
  Refresh *refresh;

  g_assert (ROUNDS_IS_API (self));

  /* Security: what one session asked for is not asked again in the name of another. */
  if (session != self->n_sessions || self->token == NULL)
    return dex_future_new_for_error (make_signed_out_error ());
  if (g_strcmp0 (self->token, token) != 0)
    return dex_future_new_true ();
  if (self->refresh_token == NULL || self->token_refused)
    return dex_future_new_for_error (make_signed_out_error ());

  if (self->refreshing == NULL)
    {
      self->refreshing = dex_promise_new ();
      refresh = g_new0 (Refresh, 1);
      refresh->api = g_object_ref (self);
      refresh->refresh_token = g_strdup (self->refresh_token);
      refresh->session = session;
      refresh->done = dex_ref (self->refreshing);
      /* Whoever gives up waiting does not take it from the others. */
      dex_future_disown (rounds_spawn (refresh_fiber, refresh, refresh_free));
    }
  return dex_ref (DEX_FUTURE (self->refreshing));
}
