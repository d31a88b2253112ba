/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The key of an account's cache, between the keyring and the store: found, made, read.
 * Whether it opens the file is the store's to say.
 */

#include "config.h"

#include "rounds-account-key.h"

#include <string.h>

#include "rounds-future.h"
#include "rounds-id.h"
#include "rounds-wipe.h"

/**
 * rounds_account_key_read:
 * @hex: as the keyring holds it
 * @key: (out): to be wiped after use, whatever is returned
 *
 * Returns: %FALSE with a %ROUNDS_STORE_ERROR_LOCKED when that is no key
 */
gboolean
rounds_account_key_read (const char *hex, guint8 key[ROUNDS_STORE_KEY_LENGTH], GError **error)
{
  gsize n_read = 0;

  while (n_read < ROUNDS_STORE_KEY_LENGTH)
    {
      int high = g_ascii_xdigit_value (hex[2 * n_read]);
      int low = high >= 0 ? g_ascii_xdigit_value (hex[2 * n_read + 1]) : -1;

      if (low < 0)
        break;
      key[n_read++] = (guint8)(high << 4 | low);
    }
  if (n_read == ROUNDS_STORE_KEY_LENGTH && hex[2 * n_read] == '\0')
    return TRUE;
  g_set_error_literal (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_LOCKED,
                       "What the keyring has for the cache is no key");
  return FALSE;
}

/**
 * rounds_account_key_find_fiber:
 * @secrets: the keyring
 * @is_new: (out): whether it was made just now; then no file can be opened with it
 *
 * Finds the key in the keyring, or makes one and keeps it there. Awaits. Returns: (transfer full):
 *   to be freed by rounds_wipe_free(); %NULL with a %ROUNDS_SECRET_ERROR
 */
char *
rounds_account_key_find_fiber (RoundsSecrets *secrets, const char *server, const char *email,
                               gboolean *is_new, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsSecretText) hex = dex_await_boxed (
      rounds_secrets_lookup (secrets, ROUNDS_SECRET_CACHE_KEY, server, email), &local_error);
  guint8 key[ROUNDS_STORE_KEY_LENGTH];

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  *is_new = hex == NULL || !rounds_account_key_read (hex, key, NULL);
  explicit_bzero (key, sizeof key);
  if (!*is_new)
    return g_steal_pointer (&hex);

  g_clear_pointer (&hex, rounds_wipe_free); /* what was found is no key */
  hex = rounds_random_hex (ROUNDS_STORE_KEY_LENGTH);
  if (!dex_await (rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, server, email, hex),
                  error))
    return NULL;
  return g_steal_pointer (&hex);
}
