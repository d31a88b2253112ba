/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The ways to an account: with a password, with a token, with what the keyring holds.
 * What becomes of it afterwards is in rounds-account.c.
 */

#include "config.h"

#include "rounds-account-private.h"

#include "rounds-account-cache.h"
#include "rounds-account-tokens.h"
#include "rounds-account-user.h"
#include "rounds-future.h"
#include "rounds-wipe.h"

/* What opening works on. */
typedef struct
{
  RoundsAccount *account;
  char *password; /* NULL: with a token */
  char *token; /* both NULL: with what the keyring holds */
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->account);
  rounds_wipe_free (opening->password);
  rounds_wipe_free (opening->token);
  g_free (opening);
}

/* Asks the server with a password; the tokens go to the keyring. */
static RoundsUser *
ask_server_fiber (RoundsAccount *self, const char *password, GError **error)
{
  g_autoptr (RoundsSignIn) answer
      = dex_await_boxed (rounds_api_sign_in (self->api, self->email, password), error);

  if (answer == NULL)
    return NULL;

  rounds_api_set_session (self->api, answer->access_token, answer->refresh_token);
  if (!dex_await (rounds_account_tokens_keep (self->secrets, rounds_api_get_base_url (self->api),
                                              self->email, answer->access_token,
                                              answer->refresh_token),
                  error))
    {
      /* Security: tokens that cannot be kept are of no use; the server should forget them too. */
      dex_future_disown (rounds_api_sign_out (self->api));
      return NULL;
    }
  return rounds_user_ref (answer->user);
}

/* Asks the server with a token that somebody has given to the person; it goes to the keyring. */
static RoundsUser *
present_token_fiber (RoundsAccount *self, const char *token, GError **error)
{
  g_autoptr (RoundsUser) user = NULL;

  rounds_api_set_token (self->api, token);
  user = rounds_account_user_ask_fiber (self->api, error);
  if (user == NULL)
    return NULL;

  g_set_str (&self->email, user->email != NULL ? user->email : user->id);
  if (!dex_await (rounds_account_tokens_keep (self->secrets, rounds_api_get_base_url (self->api),
                                              self->email, token, NULL),
                  error))
    return NULL;
  return g_steal_pointer (&user);
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  RoundsAccount *self = opening->account;
  g_autoptr (RoundsUser) user = NULL;
  g_autoptr (GError) error = NULL;

  if (opening->password != NULL || opening->token != NULL)
    {
      user = opening->token != NULL ? present_token_fiber (self, opening->token, &error)
                                    : ask_server_fiber (self, opening->password, &error);
      if (user == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  else if (!dex_await (rounds_account_tokens_restore (self->api, self->secrets, self->email),
                       &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  rounds_account_tokens_follow (self->api, self->secrets, self->email);

  self->store = dex_await_object (
      self->is_kept ? rounds_account_cache_open (self->secrets, rounds_api_get_base_url (self->api),
                                                 self->email)
                    : rounds_account_cache_open_in_memory (),
      &error);
  if (self->store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (user == NULL)
    user = rounds_account_user_find_fiber (self->api, self->store, &error);
  if (user == NULL || !rounds_account_user_keep_fiber (self->store, user, &error))
    {
      /* Whoever tells of the failure may look into the file; the first error is the one to tell. */
      (void)dex_await (rounds_store_close (self->store), NULL);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  self->sync = rounds_sync_new (self->api, self->store, user, self->clock);
  return dex_future_new_take_object (g_object_ref (self));
}

static DexFuture *
start_opening (RoundsSecrets *secrets, RoundsClock *clock, const char *server, const char *email,
               const char *password, const char *token, gboolean is_kept)
{
  g_autoptr (RoundsAccount) self = g_object_new (ROUNDS_TYPE_ACCOUNT, NULL);
  GError *error = NULL;
  Opening *opening;

  self->api = rounds_api_new (server, &error);
  if (self->api == NULL)
    return dex_future_new_for_error (error);

  self->secrets = g_object_ref (secrets);
  self->clock = g_object_ref (clock);
  self->email = email != NULL ? g_strstrip (g_strdup (email)) : NULL;
  self->is_kept = is_kept;
  opening = g_new0 (Opening, 1);
  opening->account = g_steal_pointer (&self);
  opening->password = g_strdup (password);
  opening->token = g_strdup (token);
  return rounds_spawn (open_fiber, opening, free_opening);
}

/**
 * rounds_account_sign_in:
 * @secrets: where token and key are kept
 * @server: the address as typed
 *
 * Returns: (transfer full): resolves to a #RoundsAccount; rejects with a %ROUNDS_NET_ERROR
 *   (unauthorized: wrong name or password), a %ROUNDS_SECRET_ERROR or a %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_account_sign_in (RoundsSecrets *secrets, RoundsClock *clock, const char *server,
                        const char *email, const char *password)
{
  g_return_val_if_fail (ROUNDS_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (ROUNDS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (server != NULL && email != NULL && password != NULL, NULL);

  return start_opening (secrets, clock, server, email, password, NULL, TRUE);
}

/**
 * rounds_account_sign_in_unkept:
 * @server: the address as typed
 *
 * For a computer without a keyring: tokens and cache live in memory, and all ends with the program.
 *
 * Returns: (transfer full): as of rounds_account_sign_in().
 */
DexFuture *
rounds_account_sign_in_unkept (RoundsClock *clock, const char *server, const char *email,
                               const char *password)
{
  g_autoptr (RoundsSecrets) secrets = NULL;

  g_return_val_if_fail (ROUNDS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (server != NULL && email != NULL && password != NULL, NULL);

  secrets = rounds_secret_memory_new ();
  return start_opening (secrets, clock, server, email, password, NULL, FALSE);
}

/**
 * rounds_account_sign_in_with_token:
 * @secrets: (nullable): where token and key are kept; %NULL: nothing of it outlives the program
 * @server: the address as typed
 * @token: an access token, from whoever runs the server
 *
 * For servers whose sign-in is not theirs: those of the guide have none.
 *
 * Returns: (transfer full): resolves to a #RoundsAccount; rejects as rounds_account_sign_in(), and
 *   with %G_IO_ERROR_INVALID_DATA when neither server nor token says who the person is.
 */
DexFuture *
rounds_account_sign_in_with_token (RoundsSecrets *secrets, RoundsClock *clock, const char *server,
                                   const char *token)
{
  g_autoptr (RoundsSecrets) unkept = NULL;

  g_return_val_if_fail (secrets == NULL || ROUNDS_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (ROUNDS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (server != NULL && token != NULL, NULL);

  if (secrets == NULL)
    unkept = rounds_secret_memory_new ();
  return start_opening (secrets != NULL ? secrets : unkept, clock, server, NULL, NULL, token,
                        secrets != NULL);
}

/**
 * rounds_account_restore:
 * @secrets: where token and key are kept
 * @server: base URL
 *
 * Returns: (transfer full): resolves to a #RoundsAccount; rejects with %G_IO_ERROR_NOT_FOUND when
 *   nobody is signed in, else as rounds_account_sign_in().
 */
DexFuture *
rounds_account_restore (RoundsSecrets *secrets, RoundsClock *clock, const char *server,
                        const char *email)
{
  g_return_val_if_fail (ROUNDS_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (ROUNDS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (server != NULL && email != NULL, NULL);

  return start_opening (secrets, clock, server, email, NULL, NULL, TRUE);
}
