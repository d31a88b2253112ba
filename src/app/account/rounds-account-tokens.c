/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The tokens of an account between the keyring and the API: found, kept, kept again when refreshed.
 * Whether they are still good is the server's to say.
 */

#include "config.h"

#include "rounds-account-tokens.h"

#include "rounds-future.h"
#include "rounds-wipe.h"

/* Whose tokens, and which. */
typedef struct
{
  RoundsApi *api; /* for restoring; NULL otherwise */
  RoundsSecrets *secrets;
  char *server;
  char *email;
  char *access_token;
  char *refresh_token;
} Tokens;

static Tokens *
make_tokens (RoundsSecrets *secrets, const char *server, const char *email)
{
  Tokens *tokens = g_new0 (Tokens, 1);

  tokens->secrets = g_object_ref (secrets);
  tokens->server = g_strdup (server);
  tokens->email = g_strdup (email);
  return tokens;
}

static void
free_tokens (gpointer data)
{
  Tokens *tokens = data;

  g_clear_object (&tokens->api);
  g_object_unref (tokens->secrets);
  g_free (tokens->server);
  g_free (tokens->email);
  rounds_wipe_free (tokens->access_token);
  rounds_wipe_free (tokens->refresh_token);
  g_free (tokens);
}

/* Security: the refresh token first. A program that ends between the two has the old access token,
 * good for its minutes, and the new refresh token, which the server takes. The other way round it
 * would use the new access token and then show a refresh token that counts as stolen. */
static DexFuture *
keep_fiber (gpointer data)
{
  Tokens *tokens = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (rounds_secrets_store (tokens->secrets, ROUNDS_SECRET_REFRESH_TOKEN,
                                        tokens->server, tokens->email,
                                        tokens->refresh_token != NULL ? tokens->refresh_token : ""),
                  &error)
      || !dex_await (rounds_secrets_store (tokens->secrets, ROUNDS_SECRET_ACCESS_TOKEN,
                                           tokens->server, tokens->email, tokens->access_token),
                     &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
restore_fiber (gpointer data)
{
  Tokens *tokens = data;
  g_autoptr (GError) error = NULL;

  tokens->access_token
      = dex_await_boxed (rounds_secrets_lookup (tokens->secrets, ROUNDS_SECRET_ACCESS_TOKEN,
                                                tokens->server, tokens->email),
                         &error);
  if (error == NULL)
    tokens->refresh_token
        = dex_await_boxed (rounds_secrets_lookup (tokens->secrets, ROUNDS_SECRET_REFRESH_TOKEN,
                                                  tokens->server, tokens->email),
                           &error);
  if (error == NULL && tokens->access_token == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Not signed in");
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (tokens->refresh_token != NULL && *tokens->refresh_token == '\0')
    g_clear_pointer (&tokens->refresh_token, rounds_wipe_free);
  rounds_api_set_session (tokens->api, tokens->access_token, tokens->refresh_token);
  return dex_future_new_true ();
}

/* A RoundsApiKeepFunc. */
static DexFuture *
keep_refreshed (const char *access_token, const char *refresh_token, gpointer data)
{
  const Tokens *whose = data;

  return rounds_account_tokens_keep (whose->secrets, whose->server, whose->email, access_token,
                                     refresh_token);
}

/**
 * rounds_account_tokens_follow:
 * @secrets: where the tokens are kept
 * @email: the account's e-mail address
 *
 * Has @api hand over each pair of tokens that it gets for an old one.
 */
void
rounds_account_tokens_follow (RoundsApi *api, RoundsSecrets *secrets, const char *email)
{
  g_return_if_fail (ROUNDS_IS_API (api));
  g_return_if_fail (ROUNDS_IS_SECRETS (secrets));
  g_return_if_fail (email != NULL);

  rounds_api_set_keep_func (api, keep_refreshed,
                            make_tokens (secrets, rounds_api_get_base_url (api), email),
                            free_tokens);
}

/**
 * rounds_account_tokens_unfollow:
 *
 * What @api refreshes after this is nobody's any more: the person is signing out.
 */
void
rounds_account_tokens_unfollow (RoundsApi *api)
{
  g_return_if_fail (ROUNDS_IS_API (api));

  rounds_api_set_keep_func (api, NULL, NULL, NULL);
}

/**
 * rounds_account_tokens_keep:
 * @server: base URL
 * @refresh_token: (nullable): %NULL when the session ends with its access token
 *
 * Returns: (transfer full): resolves to %TRUE when both are in the keyring; rejects with a
 *   %ROUNDS_SECRET_ERROR.
 */
DexFuture *
rounds_account_tokens_keep (RoundsSecrets *secrets, const char *server, const char *email,
                            const char *access_token, const char *refresh_token)
{
  Tokens *tokens = NULL;

  dex_return_error_if_fail (ROUNDS_IS_SECRETS (secrets));
  dex_return_error_if_fail (server != NULL && email != NULL && access_token != NULL);

  tokens = make_tokens (secrets, server, email);
  tokens->access_token = g_strdup (access_token);
  tokens->refresh_token = g_strdup (refresh_token);
  return rounds_spawn (keep_fiber, tokens, free_tokens);
}

/**
 * rounds_account_tokens_restore:
 * @api: takes the session up
 *
 * Returns: (transfer full): resolves to %TRUE; rejects with %G_IO_ERROR_NOT_FOUND when nobody is
 *   signed in, or with a %ROUNDS_SECRET_ERROR.
 */
DexFuture *
rounds_account_tokens_restore (RoundsApi *api, RoundsSecrets *secrets, const char *email)
{
  Tokens *tokens = NULL;

  dex_return_error_if_fail (ROUNDS_IS_API (api));
  dex_return_error_if_fail (ROUNDS_IS_SECRETS (secrets));
  dex_return_error_if_fail (email != NULL);

  tokens = make_tokens (secrets, rounds_api_get_base_url (api), email);
  tokens->api = g_object_ref (api);
  return rounds_spawn (restore_fiber, tokens, free_tokens);
}
