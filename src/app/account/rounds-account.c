/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A signed-in account: server, keyring, cache and engine as one thing with one life.
 * It shows nothing; pages take its engine and its clock. How it begins is in
 * rounds-account-opening.c.
 */

#include "config.h"

#include "rounds-account-private.h"

#include "rounds-account-cache.h"
#include "rounds-account-tokens.h"
#include "rounds-future.h"
#include "rounds-store-stand-in.h"

G_DEFINE_FINAL_TYPE (RoundsAccount, rounds_account, G_TYPE_OBJECT)

static DexFuture *
give_back (RoundsAccount *self)
{
  return rounds_account_cache_give_back (self->secrets, rounds_api_get_base_url (self->api),
                                         self->email, self->store);
}

static DexFuture *
close_fiber (gpointer data)
{
  RoundsAccount *self = data;
  g_autoptr (GError) unsent = NULL;
  g_autoptr (GError) unkept = NULL;
  g_autoptr (GError) error = NULL;

  (void)dex_await (rounds_sync_stop (self->sync), &unsent);
  /* There may be room by now. */
  if (rounds_account_get_stand_in_reason (self) != NULL)
    (void)dex_await (give_back (self), &unkept);
  if (!dex_await (rounds_store_close (self->store), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (unkept != NULL)
    return dex_future_new_for_error (g_steal_pointer (&unkept));
  if (unsent != NULL)
    return dex_future_new_for_error (g_steal_pointer (&unsent));
  return dex_future_new_true ();
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  RoundsAccount *self = data;
  const char *server = rounds_api_get_base_url (self->api);
  g_autofree char *path = rounds_account_cache_path (server, self->email);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) net_error = NULL;
  g_autoptr (GError) unsent = NULL;
  gboolean heard;

  (void)dex_await (rounds_sync_stop (self->sync), &unsent);
  if (!dex_await (rounds_store_close (self->store), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  /* It is still in the file, and would be gone with it. */
  if (unsent != NULL && !self->discards_unsent)
    return dex_future_new_for_error (g_steal_pointer (&unsent));
  rounds_account_tokens_unfollow (self->api);

  /* Security: the keys go first and whether or not the server answers: without them the file is
   * noise. A token that the server no longer takes is as good as handed back. */
  if (!dex_await (rounds_secrets_clear (self->secrets, server, self->email), &error)
      || (self->is_kept && !dex_await (rounds_account_cache_remove (path), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  heard = dex_await (rounds_api_sign_out (self->api), &net_error)
          || g_error_matches (net_error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  rounds_api_set_token (self->api, NULL);
  return dex_future_new_for_boolean (heard);
}

static void
rounds_account_dispose (GObject *object)
{
  RoundsAccount *self = ROUNDS_ACCOUNT (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_account_parent_class)->dispose (object);
}

static void
rounds_account_finalize (GObject *object)
{
  g_free (ROUNDS_ACCOUNT (object)->email);

  G_OBJECT_CLASS (rounds_account_parent_class)->finalize (object);
}

static void
rounds_account_class_init (RoundsAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_account_dispose;
  object_class->finalize = rounds_account_finalize;
}

static void
rounds_account_init (RoundsAccount *self)
{
}

/**
 * rounds_account_close:
 *
 * Returns: (transfer full): resolves to %TRUE when engine and cache are closed. What is on this
 *   computer stays.
 */
DexFuture *
rounds_account_close (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  return rounds_spawn (close_fiber, g_object_ref (self), g_object_unref);
}

/**
 * rounds_account_give_back:
 *
 * For an account with a stand-in, once the disk may be written again. Returns: (transfer full):
 *   resolves to %TRUE when all that came to the stand-in is in the account's file, which can be
 *   opened then; rejects with a %ROUNDS_STORE_ERROR or a %ROUNDS_SECRET_ERROR.
 */
DexFuture *
rounds_account_give_back (RoundsAccount *self)
{
  dex_return_error_if_fail (ROUNDS_IS_ACCOUNT (self));
  dex_return_error_if_fail (rounds_account_get_stand_in_reason (self) != NULL);

  return give_back (self);
}

/**
 * rounds_account_sign_out:
 * @discard_unsent: whether edits that the server has not got may be lost
 *
 * Returns: (transfer full): resolves to whether the server heard of it, when cache, tokens and key
 *   are gone from this computer; rejects when they could not be removed, or, with all of them in
 *   place, when an edit could not be sent and may not be lost.
 */
DexFuture *
rounds_account_sign_out (RoundsAccount *self, gboolean discard_unsent)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  self->discards_unsent = discard_unsent;
  return rounds_spawn (sign_out_fiber, g_object_ref (self), g_object_unref);
}

/**
 * rounds_account_get_sync:
 * Returns: (transfer none): the engine.
 */
RoundsSync *
rounds_account_get_sync (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  return self->sync;
}

/**
 * rounds_account_get_clock:
 * Returns: (transfer none): what "now" is.
 */
RoundsClock *
rounds_account_get_clock (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  return self->clock;
}

/**
 * rounds_account_get_user:
 * Returns: (transfer none): who is signed in.
 */
RoundsUser *
rounds_account_get_user (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  return rounds_sync_get_user (self->sync);
}

/**
 * rounds_account_get_server:
 * Returns: (transfer none): the base URL.
 */
const char *
rounds_account_get_server (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  return rounds_api_get_base_url (self->api);
}

/**
 * rounds_account_get_email:
 * Returns: (transfer none): the e-mail address that was signed in with.
 */
const char *
rounds_account_get_email (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  return self->email;
}

/**
 * rounds_account_get_is_kept:
 * Returns: %FALSE when all of it ends with the program.
 */
gboolean
rounds_account_get_is_kept (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), FALSE);

  return self->is_kept;
}

/**
 * rounds_account_get_stand_in_reason:
 * Returns: (transfer none) (nullable): why the cache is in memory while the account's file cannot
 * be written; %NULL when all is well, and for an account that has no file.
 */
const GError *
rounds_account_get_stand_in_reason (RoundsAccount *self)
{
  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (self), NULL);

  return rounds_store_get_stand_in_reason (self->store);
}
