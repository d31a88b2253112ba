/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose account it is: what the server says, what the cache remembers, what a token claims.
 * Signing in and keeping tokens is elsewhere.
 */

#include "config.h"

#include "rounds-account-user.h"

#include "rounds-bearer.h"

/* The fact of the store that names whose cache it is. */
#define FACT_USER "user"

/* The server knows no sessions. That it takes the token shows by a list that needs one. */
static RoundsUser *
ask_plain_server_fiber (RoundsApi *api, GError **error)
{
  g_autoptr (RoundsUser) user = rounds_bearer_read_user (rounds_api_get_token (api), error);

  if (user == NULL || !dex_await (rounds_api_list_appointments (api, user->id), error))
    return NULL;
  return g_steal_pointer (&user);
}

/**
 * rounds_account_user_ask_fiber:
 * @api: with a session
 *
 * Returns: (transfer full): the person; %NULL with a %ROUNDS_NET_ERROR, or with
 *   %G_IO_ERROR_INVALID_DATA when neither the server nor the token says who it is
 */
RoundsUser *
rounds_account_user_ask_fiber (RoundsApi *api, GError **error)
{
  GError *local_error = NULL;
  RoundsUser *user = dex_await_boxed (rounds_api_get_me (api), &local_error);

  if (user != NULL)
    return user;
  if (rounds_api_get_token (api) == NULL
      || !g_error_matches (local_error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  g_clear_error (&local_error);
  return ask_plain_server_fiber (api, error);
}

/* Without the damage nobody would have had to be asked. Takes @refusal. */
static GError *
explain_fiber (RoundsStore *store, GError *refusal)
{
  g_autofree char *mended = NULL;

  /* That it was mended is known, or that is not what happened. */
  mended = dex_await_string (rounds_store_get_fact (store, ROUNDS_STORE_FACT_MENDED), NULL);
  if (mended == NULL || !g_error_matches (refusal, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE))
    return refusal;
  g_clear_error (&refusal);
  return g_error_new_literal (
      ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED,
      "Whose cache it is could not be read, and the server cannot be asked");
}

/**
 * rounds_account_user_find_fiber:
 *
 * Returns: (transfer full): the person; %NULL with a %ROUNDS_STORE_ERROR, DAMAGED when the cache
 * has lost whose it is and nobody can be asked, or as rounds_account_user_ask_fiber()
 */
RoundsUser *
rounds_account_user_find_fiber (RoundsApi *api, RoundsStore *store, GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (GError) local_error = NULL;
  RoundsUser *user;

  id = dex_await_string (rounds_store_get_fact (store, FACT_USER), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  user = id != NULL ? rounds_store_lookup_user (store, id) : NULL;
  if (user != NULL)
    return rounds_user_ref (user);
  user = rounds_account_user_ask_fiber (api, &local_error);
  if (user == NULL)
    g_propagate_error (error, explain_fiber (store, g_steal_pointer (&local_error)));
  return user;
}

/**
 * rounds_account_user_keep_fiber:
 *
 * Returns: %FALSE with a %ROUNDS_STORE_ERROR
 */
gboolean
rounds_account_user_keep_fiber (RoundsStore *store, RoundsUser *user, GError **error)
{
  g_autoptr (GPtrArray) users = NULL;

  if (!dex_await (rounds_store_set_fact (store, FACT_USER, user->id), error))
    return FALSE;
  if (rounds_store_lookup_user (store, user->id) != NULL)
    return TRUE;
  users = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref);
  g_ptr_array_add (users, rounds_user_ref (user));
  return dex_await (rounds_store_replace (store, NULL, NULL, users, NULL), error);
}
