/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The file of one account's encrypted cache and the key that opens it: found, made, thrown away.
 * What is in the file is the store's.
 */

#include "config.h"

#include "rounds-account-cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rounds-future.h"
#include "rounds-id.h"
#include "rounds-store-rescue.h"
#include "rounds-wipe.h"

/* Whose cache is opened. */
typedef struct
{
  RoundsSecrets *secrets;
  char *server;
  char *email;
} Owner;

static void
free_owner (gpointer data)
{
  Owner *owner = data;

  g_object_unref (owner->secrets);
  g_free (owner->server);
  g_free (owner->email);
  g_free (owner);
}

/* Runs on a pool thread: the disk may be slow. */
static DexFuture *
make_folder_fiber (gpointer data)
{
  g_autofree char *folder = g_path_get_dirname (data);

  if (g_mkdir_with_parents (folder, 0700) < 0)
    return dex_future_new_for_errno (errno);
  return dex_future_new_true ();
}

static DexFuture *
look_for_file_fiber (gpointer data)
{
  return dex_future_new_for_boolean (g_file_test (data, G_FILE_TEST_EXISTS));
}

static DexFuture *
run_on_pool (DexFiberFunc fiber, const char *path)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, g_strdup (path),
                              g_free);
}

static gboolean
read_key (const char *hex, guint8 key[ROUNDS_STORE_KEY_LENGTH])
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

/* Finds the key in the keyring, or makes one and keeps it there. @is_new (out): whether it was
 * made; then no file can be opened with it. */
static char *
find_key_fiber (Owner *owner, gboolean *is_new, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *hex = dex_await_string (
      rounds_secrets_lookup (owner->secrets, ROUNDS_SECRET_CACHE_KEY, owner->server, owner->email),
      &local_error);
  guint8 key[ROUNDS_STORE_KEY_LENGTH];

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  *is_new = hex == NULL || !read_key (hex, key);
  explicit_bzero (key, sizeof key);
  if (!*is_new)
    return g_steal_pointer (&hex);

  g_free (hex);
  hex = rounds_random_hex (ROUNDS_STORE_KEY_LENGTH);
  if (!dex_await (rounds_secrets_store (owner->secrets, ROUNDS_SECRET_CACHE_KEY, owner->server,
                                        owner->email, hex),
                  error))
    return NULL;
  return g_steal_pointer (&hex);
}

static RoundsStore *
open_store_fiber (const char *path, const char *hex, GError **error)
{
  g_autoptr (RoundsStore) store = NULL;
  guint8 key[ROUNDS_STORE_KEY_LENGTH];

  if (!read_key (hex, key))
    {
      g_set_error_literal (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_LOCKED,
                           "The key is not one");
      return NULL;
    }

  store = rounds_store_new (path, key);
  explicit_bzero (key, sizeof key);
  if (dex_await (rounds_store_open (store), error))
    return g_steal_pointer (&store);
  /* The opening's error is the one to tell. */
  dex_await (rounds_store_close (store), NULL);
  return NULL;
}

static gboolean
rescue_fiber (const char *path, const char *hex, GError **error)
{
  guint8 key[ROUNDS_STORE_KEY_LENGTH];
  gboolean done = read_key (hex, key) && dex_await (rounds_store_rescue (path, key), error);

  explicit_bzero (key, sizeof key);
  return done;
}

/* What only this computer knows is carried over; the rest comes again from the server. One whose
 * first page is damaged looks as if written with another key: both are set aside. */
static RoundsStore *
open_or_rescue_fiber (const char *path, const char *hex, GError **error)
{
  GError *local_error = NULL;
  RoundsStore *store = open_store_fiber (path, hex, &local_error);

  if (store != NULL)
    return store;
  if (!g_error_matches (local_error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED)
      && !g_error_matches (local_error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_LOCKED))
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  g_clear_error (&local_error);
  return rescue_fiber (path, hex, error) ? open_store_fiber (path, hex, error) : NULL;
}

static DexFuture *
open_fiber (gpointer data)
{
  Owner *owner = data;
  g_autofree char *path = rounds_account_cache_path (owner->server, owner->email);
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;
  gboolean had_file = FALSE; /* of which the key is gone */
  char *hex = find_key_fiber (owner, &is_new, &error);

  if (hex == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  had_file = is_new && dex_await_boolean (run_on_pool (look_for_file_fiber, path), NULL);

  /* Security: a file whose key is gone cannot be read by anybody, and must not lie around. */
  if (!dex_await (run_on_pool (make_folder_fiber, path), &error)
      || (is_new && !dex_await (rounds_account_cache_remove (path), &error)))
    {
      rounds_wipe_free (hex);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  store = open_or_rescue_fiber (path, hex, &error);
  rounds_wipe_free (hex);
  if (store != NULL && had_file
      && !dex_await (
          rounds_store_set_fact (store, ROUNDS_STORE_FACT_MENDED, ROUNDS_STORE_MENDED_NOTHING),
          &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (g_steal_pointer (&store));
}

/**
 * rounds_account_cache_path:
 * @server: base URL
 * @email: the account's e-mail address
 *
 * Returns: (transfer full): the path of the account's file. The name tells neither of the two.
 */
char *
rounds_account_cache_path (const char *server, const char *email)
{
  g_autofree char *account = g_strconcat (server, "\n", email, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);
  g_autofree char *name = NULL;

  sum[32] = '\0';
  name = g_strconcat (sum, ".db", NULL);
  return g_build_filename (g_get_user_data_dir (), "rounds", "accounts", name, NULL);
}

/**
 * rounds_account_cache_open:
 * @secrets: where the key is kept
 *
 * Returns: (transfer full): resolves to an open #RoundsStore; rejects with a %ROUNDS_SECRET_ERROR,
 *   a %ROUNDS_STORE_ERROR or what the disk said.
 */
DexFuture *
rounds_account_cache_open (RoundsSecrets *secrets, const char *server, const char *email)
{
  Owner *owner;

  g_return_val_if_fail (ROUNDS_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (server != NULL && email != NULL, NULL);

  owner = g_new0 (Owner, 1);
  owner->secrets = g_object_ref (secrets);
  owner->server = g_strdup (server);
  owner->email = g_strdup (email);
  return rounds_spawn (open_fiber, owner, free_owner);
}

static DexFuture *
open_in_memory_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store = NULL;
  char *hex = rounds_random_hex (ROUNDS_STORE_KEY_LENGTH);

  store = open_store_fiber (":memory:", hex, &error);
  rounds_wipe_free (hex);
  if (store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (g_steal_pointer (&store));
}

/**
 * rounds_account_cache_open_in_memory:
 *
 * Returns: (transfer full): resolves to an open #RoundsStore that ends with the program; rejects
 *   with a %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_account_cache_open_in_memory (void)
{
  return rounds_spawn (open_in_memory_fiber, NULL, NULL);
}

/**
 * rounds_account_cache_remove:
 * @path: of rounds_account_cache_path(); nobody may have it open
 *
 * Returns: (transfer full): resolves to %TRUE when nothing is left.
 */
DexFuture *
rounds_account_cache_remove (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return rounds_store_remove_files (path);
}
