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

/**
 * rounds_account_user_find_fiber:
 *
 * Returns: (transfer full): the person; %NULL with a %ROUNDS_STORE_ERROR or as
 *   rounds_account_user_ask_fiber()
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
  return user != NULL ? rounds_user_ref (user) : rounds_account_user_ask_fiber (api, error);
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
