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

/**
 * rounds_account_key_read:
 * @hex: as the keyring holds it
 * @key: (out): to be wiped after use
 *
 * Returns: %FALSE when that is no key
 */
gboolean
rounds_account_key_read (const char *hex, guint8 key[ROUNDS_STORE_KEY_LENGTH])
{
  if (strlen (hex) != 2 * ROUNDS_STORE_KEY_LENGTH)
    return FALSE;

  for (gsize i = 0; i < ROUNDS_STORE_KEY_LENGTH; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      key[i] = (guint8)(high << 4 | low);
    }
  return TRUE;
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
  g_autofree char *hex = dex_await_string (
      rounds_secrets_lookup (secrets, ROUNDS_SECRET_CACHE_KEY, server, email), &local_error);
  guint8 key[ROUNDS_STORE_KEY_LENGTH];

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  *is_new = hex == NULL || !rounds_account_key_read (hex, key);
  explicit_bzero (key, sizeof key);
  if (!*is_new)
    return g_steal_pointer (&hex);

  g_free (hex);
  hex = rounds_random_hex (ROUNDS_STORE_KEY_LENGTH);
  if (!dex_await (rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, server, email, hex),
                  error))
    return NULL;
  return g_steal_pointer (&hex);
}
