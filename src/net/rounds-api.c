/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The REST backend's address, the token that we show it, and the session that reaches it.
 * What is sent and how answers are read is in rounds-api-call.c and the files of the resources.
 */

#include "config.h"

#include "rounds-api-object.h"

#include "rounds-soup.h"
#include "rounds-wipe.h"

#define DEADLINE_MS (120 * 1000)
/* Without a byte. */
#define IO_TIMEOUT_SECONDS 20
#define WAITING_TIMEOUT_SECONDS 75

G_DEFINE_FINAL_TYPE (RoundsApi, rounds_api, G_TYPE_OBJECT)

enum
{
  UNAUTHORIZED,
  TOKEN_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rounds_api_finalize (GObject *object)
{
  RoundsApi *self = ROUNDS_API (object);

  g_clear_pointer (&self->address, rounds_address_free);
  g_clear_pointer (&self->token, rounds_wipe_free);
  g_clear_pointer (&self->refresh_token, rounds_wipe_free);
  dex_clear (&self->refreshing);
  if (self->free_keep_data != NULL)
    self->free_keep_data (self->keep_data);
  g_clear_object (&self->session);
  g_clear_object (&self->waiting);

  G_OBJECT_CLASS (rounds_api_parent_class)->finalize (object);
}

static void
rounds_api_class_init (RoundsApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rounds_api_finalize;

  signals[UNAUTHORIZED] = g_signal_new ("unauthorized", ROUNDS_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[TOKEN_CHANGED] = g_signal_new ("token-changed", ROUNDS_TYPE_API, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_api_init (RoundsApi *self)
{
  self->deadline_ms = DEADLINE_MS;
}

void
rounds_api_refuse_token (RoundsApi *self, const char *token)
{
  /* Many calls may be under way when a session ends, and a new token may be set before the last of
   * them is answered: each token's end is told once. */
  if (self->token_refused || g_strcmp0 (token, self->token) != 0)
    return;

  self->token_refused = TRUE;
  g_signal_emit (self, signals[UNAUTHORIZED], 0);
}

void
rounds_api_set_deadline (RoundsApi *self, guint milliseconds)
{
  g_return_if_fail (ROUNDS_IS_API (self));

  self->deadline_ms = milliseconds;
}

RoundsApi *
rounds_api_new (const char *address, GError **error)
{
  g_autoptr (RoundsAddress) parsed = NULL;
  RoundsApi *self;

  g_return_val_if_fail (address != NULL, NULL);

  parsed = rounds_address_parse (address, error);
  if (parsed == NULL)
    return NULL;

  self = g_object_new (ROUNDS_TYPE_API, NULL);
  self->session = rounds_soup_session_new (IO_TIMEOUT_SECONDS);
  self->waiting = rounds_soup_session_new (WAITING_TIMEOUT_SECONDS);

  /* Security: what is for this machine does not go through a proxy, which would see it in plain. */
  if (parsed->is_loopback)
    {
      soup_session_set_proxy_resolver (self->session, NULL);
      soup_session_set_proxy_resolver (self->waiting, NULL);
    }

  self->address = g_steal_pointer (&parsed);
  return self;
}

const char *
rounds_api_get_base_url (RoundsApi *self)
{
  g_return_val_if_fail (ROUNDS_IS_API (self), NULL);

  return self->address->base_url;
}

void
rounds_api_set_session (RoundsApi *self, const char *access_token, const char *refresh_token)
{
  gboolean is_new;

  g_return_if_fail (ROUNDS_IS_API (self));
  g_return_if_fail (access_token != NULL || refresh_token == NULL);

  is_new = rounds_wipe_set (&self->refresh_token, refresh_token);
  if (!rounds_wipe_set (&self->token, access_token) && !is_new)
    return;

  self->n_sessions++;
  dex_clear (&self->refreshing);
  self->token_refused = FALSE;
  g_signal_emit (self, signals[TOKEN_CHANGED], 0);
}

void
rounds_api_set_token (RoundsApi *self, const char *access_token)
{
  rounds_api_set_session (self, access_token, NULL);
}

void
rounds_api_set_keep_func (RoundsApi *self, RoundsApiKeepFunc keep, gpointer user_data,
                          GDestroyNotify free_user_data)
{
  g_return_if_fail (ROUNDS_IS_API (self));

  if (self->free_keep_data != NULL)
    self->free_keep_data (self->keep_data);
  self->keep = keep;
  self->keep_data = user_data;
  self->free_keep_data = free_user_data;
}

const char *
rounds_api_get_token (RoundsApi *self)
{
  g_return_val_if_fail (ROUNDS_IS_API (self), NULL);

  return self->token;
}
