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

#include "rounds-account-key.h"
#include "rounds-future.h"
#include "rounds-id.h"
#include "rounds-store-rescue.h"
#include "rounds-store-stand-in.h"
#include "rounds-wipe.h"

/* Whose cache is opened. */
typedef struct
{
  RoundsSecrets *secrets;
  char *server;
  char *email;
  RoundsStore *stand_in; /* whose edits the file is to have; or NULL */
} Owner;

static Owner *
make_owner (RoundsSecrets *secrets, const char *server, const char *email)
{
  Owner *owner = g_new0 (Owner, 1);

  owner->secrets = g_object_ref (secrets);
  owner->server = g_strdup (server);
  owner->email = g_strdup (email);
  return owner;
}

static void
free_owner (gpointer data)
{
  Owner *owner = data;

  g_object_unref (owner->secrets);
  g_free (owner->server);
  g_free (owner->email);
  g_clear_object (&owner->stand_in);
  g_free (owner);
}

/* Runs on a pool thread: the disk may be slow. */
static DexFuture *
make_folder_fiber (gpointer data)
{
  g_autofree char *folder = g_path_get_dirname (data);

  RoundsStoreError code = ROUNDS_STORE_ERROR_FAILED_IO;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return dex_future_new_true ();
  if (errno == EROFS || errno == EACCES || errno == EPERM)
    code = ROUNDS_STORE_ERROR_READ_ONLY;
  else if (errno == ENOSPC || errno == EDQUOT)
    code = ROUNDS_STORE_ERROR_FULL;
  return dex_future_new_reject (ROUNDS_STORE_ERROR, (int)code,
                                "The cache's folder cannot be made: %s", g_strerror (errno));
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

static RoundsStore *
open_store_fiber (const char *path, const char *hex, GError **error)
{
  g_autoptr (RoundsStore) store = NULL;
  guint8 key[ROUNDS_STORE_KEY_LENGTH];

  if (!rounds_account_key_read (hex, key, error))
    return NULL;

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
  gboolean done = rounds_account_key_read (hex, key, error)
                  && dex_await (rounds_store_rescue (path, key), error);

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

/* @is_new: the key was made just now. */
static RoundsStore *
open_file_fiber (const char *path, const char *hex, gboolean is_new, GError **error)
{
  g_autoptr (RoundsStore) store = NULL;
  gboolean had_file /* of which the key is gone */
      = is_new && dex_await_boolean (run_on_pool (look_for_file_fiber, path), NULL);

  /* Security: a file whose key is gone cannot be read by anybody, and must not lie around. */
  if (!dex_await (run_on_pool (make_folder_fiber, path), error)
      || (is_new && !dex_await (rounds_account_cache_remove (path), error)))
    return NULL;

  store = open_or_rescue_fiber (path, hex, error);
  if (store != NULL && had_file
      && !dex_await (
          rounds_store_set_fact (store, ROUNDS_STORE_FACT_MENDED, ROUNDS_STORE_MENDED_NOTHING),
          error))
    return NULL;
  return g_steal_pointer (&store);
}

static RoundsStore *
open_stand_in_fiber (const char *path, const char *hex, const GError *why, GError **error)
{
  guint8 key[ROUNDS_STORE_KEY_LENGTH];
  RoundsStore *store = NULL;

  if (rounds_account_key_read (hex, key, error))
    store = dex_await_object (rounds_store_open_stand_in (path, key, why), error);
  explicit_bzero (key, sizeof key);
  return store;
}

/* The file may be as good as ever; it is its place that cannot be written. */
static gboolean
is_about_the_disk (const GError *error)
{
  return g_error_matches (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FULL)
         || g_error_matches (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_READ_ONLY);
}

static DexFuture *
open_fiber (gpointer data)
{
  Owner *owner = data;
  g_autofree char *path = rounds_account_cache_path (owner->server, owner->email);
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (GError) why = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;
  g_autoptr (RoundsSecretText) hex = rounds_account_key_find_fiber (owner->secrets, owner->server,
                                                                    owner->email, &is_new, &error);

  if (hex == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  store = open_file_fiber (path, hex, is_new, &error);
  if (store == NULL && is_about_the_disk (error))
    {
      why = g_steal_pointer (&error);
      store = open_stand_in_fiber (path, hex, why, &error);
    }
  if (store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (g_steal_pointer (&store));
}

static DexFuture *
read_fiber (gpointer data)
{
  Owner *owner = data;
  g_autofree char *path = rounds_account_cache_path (owner->server, owner->email);
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (GError) why = g_error_new_literal (ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_READ_ONLY,
                                                "The file is only read");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSecretText) hex = dex_await_boxed (
      rounds_secrets_lookup (owner->secrets, ROUNDS_SECRET_CACHE_KEY, owner->server, owner->email),
      &error);

  if (hex != NULL)
    store = open_stand_in_fiber (path, hex, why, &error);
  else if (error == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The file has no key");
  if (store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (g_steal_pointer (&store));
}

/* A file that is damaged as well is mended first, as at a start. */
static gboolean
give_back_to_fiber (RoundsStore *stand_in, const char *path, const char *hex, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  guint8 key[ROUNDS_STORE_KEY_LENGTH];
  gboolean done;

  if (!rounds_account_key_read (hex, key, error)
      || !dex_await (run_on_pool (make_folder_fiber, path), error))
    return FALSE;
  done = dex_await (rounds_store_give_back (stand_in, path, key), &refusal);
  if (!done
      && (g_error_matches (refusal, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED)
          || g_error_matches (refusal, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_LOCKED)))
    done = rescue_fiber (path, hex, error)
           && dex_await (rounds_store_give_back (stand_in, path, key), error);
  else if (!done)
    g_propagate_error (error, g_steal_pointer (&refusal));
  explicit_bzero (key, sizeof key);
  return done;
}

static DexFuture *
give_back_fiber (gpointer data)
{
  Owner *owner = data;
  g_autofree char *path = rounds_account_cache_path (owner->server, owner->email);
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;
  g_autoptr (RoundsSecretText) hex = rounds_account_key_find_fiber (owner->secrets, owner->server,
                                                                    owner->email, &is_new, &error);
  gboolean done = hex != NULL && give_back_to_fiber (owner->stand_in, path, hex, &error);

  return done ? dex_future_new_true () : dex_future_new_for_error (g_steal_pointer (&error));
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
 * Where the disk is full or can only be read it is a stand-in (rounds-store-stand-in.h).
 *
 * Returns: (transfer full): resolves to an open #RoundsStore; rejects with a %ROUNDS_SECRET_ERROR
 * or a %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_account_cache_open (RoundsSecrets *secrets, const char *server, const char *email)
{
  g_return_val_if_fail (ROUNDS_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (server != NULL && email != NULL, NULL);

  return rounds_spawn (open_fiber, make_owner (secrets, server, email), free_owner);
}

/**
 * rounds_account_cache_read:
 * @secrets: where the key is kept
 *
 * For a file that does not open as it should: what can be read of it. Nobody may have it open, and
 * it stays as it is.
 *
 * Returns: (transfer full): resolves to a #RoundsStore in memory; rejects with
 * %G_IO_ERROR_NOT_FOUND when there is no key, a %ROUNDS_SECRET_ERROR or a %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_account_cache_read (RoundsSecrets *secrets, const char *server, const char *email)
{
  g_return_val_if_fail (ROUNDS_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (server != NULL && email != NULL, NULL);

  return rounds_spawn (read_fiber, make_owner (secrets, server, email), free_owner);
}

/**
 * rounds_account_cache_give_back:
 * @stand_in: of rounds_account_cache_open()
 *
 * Returns: (transfer full): resolves to %TRUE when the file has the stand-in's edits and drafts;
 *   rejects as rounds_account_cache_open() and has changed nothing then.
 */
DexFuture *
rounds_account_cache_give_back (RoundsSecrets *secrets, const char *server, const char *email,
                                RoundsStore *stand_in)
{
  Owner *owner;

  g_return_val_if_fail (ROUNDS_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (server != NULL && email != NULL, NULL);
  g_return_val_if_fail (ROUNDS_IS_STORE (stand_in), NULL);

  owner = make_owner (secrets, server, email);
  owner->stand_in = g_object_ref (stand_in);
  return rounds_spawn (give_back_fiber, owner, free_owner);
}

static DexFuture *
open_in_memory_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (RoundsSecretText) hex = rounds_random_hex (ROUNDS_STORE_KEY_LENGTH);

  store = open_store_fiber (":memory:", hex, &error);
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
