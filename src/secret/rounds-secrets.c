/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The interface to a keyring: checks its arguments once for all implementations.
 * It holds no secret itself.
 */

#include "config.h"

#include "rounds-secrets-private.h"

G_DEFINE_QUARK (rounds_secret_error, rounds_secret_error)

G_DEFINE_INTERFACE (RoundsSecrets, rounds_secrets, G_TYPE_OBJECT)

static void
rounds_secrets_default_init (RoundsSecretsInterface *iface)
{
}

const char *
rounds_secret_kind_to_string (RoundsSecretKind kind)
{
  switch (kind)
    {
    case ROUNDS_SECRET_ACCESS_TOKEN:
      return "access-token";
    case ROUNDS_SECRET_REFRESH_TOKEN:
      return "refresh-token";
    case ROUNDS_SECRET_CACHE_KEY:
      return "cache-key";
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * rounds_secrets_lookup:
 * @server: base URL of the account's server
 * @account: the account's e-mail address
 *
 * Main thread. Dropping the future cancels the question.
 *
 * Returns: (transfer full): a future of a %ROUNDS_TYPE_SECRET_TEXT, %NULL when there is no such
 * secret; it rejects with a %ROUNDS_SECRET_ERROR. A secret that cannot be read because the keyring
 * stays locked is an error, never %NULL.
 */
DexFuture *
rounds_secrets_lookup (RoundsSecrets *self, RoundsSecretKind kind, const char *server,
                       const char *account)
{
  dex_return_error_if_fail (ROUNDS_IS_SECRETS (self));
  dex_return_error_if_fail ((guint)kind < N_SECRET_KINDS);
  dex_return_error_if_fail (server != NULL);
  dex_return_error_if_fail (account != NULL);

  return ROUNDS_SECRETS_GET_IFACE (self)->lookup (self, kind, server, account);
}

/**
 * rounds_secrets_store:
 * @server: base URL of the account's server
 * @account: the account's e-mail address
 * @secret: the secret, copied; an older one of the same kind is replaced
 *
 * Main thread. It is stored even when the future is dropped.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, or rejects with a %ROUNDS_SECRET_ERROR
 */
DexFuture *
rounds_secrets_store (RoundsSecrets *self, RoundsSecretKind kind, const char *server,
                      const char *account, const char *secret)
{
  dex_return_error_if_fail (ROUNDS_IS_SECRETS (self));
  dex_return_error_if_fail ((guint)kind < N_SECRET_KINDS);
  dex_return_error_if_fail (server != NULL);
  dex_return_error_if_fail (account != NULL);
  dex_return_error_if_fail (secret != NULL);

  return ROUNDS_SECRETS_GET_IFACE (self)->store (self, kind, server, account, secret);
}

/**
 * rounds_secrets_clear:
 * @server: base URL of the account's server
 * @account: the account's e-mail address
 *
 * Forgets the account's secrets of all kinds. Main thread.
 *
 * Returns: (transfer full): a future that resolves to %TRUE, also when there was nothing to forget,
 *   or rejects with a %ROUNDS_SECRET_ERROR
 */
DexFuture *
rounds_secrets_clear (RoundsSecrets *self, const char *server, const char *account)
{
  dex_return_error_if_fail (ROUNDS_IS_SECRETS (self));
  dex_return_error_if_fail (server != NULL);
  dex_return_error_if_fail (account != NULL);

  return ROUNDS_SECRETS_GET_IFACE (self)->clear (self, server, account);
}
