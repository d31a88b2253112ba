/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A new cache in the place of a damaged one, with what rounds-store-carry.c can read of that.
 * Records are carried, too: the server has them, but it may be out of reach. Runs on a pool thread.
 */

#include "config.h"

#include "rounds-store-rescue.h"

#include <string.h>

#include "rounds-future.h"
#include "rounds-schema.h"
#include "rounds-store-carry.h"
#include "rounds-store-files.h"
#include "rounds-store-private.h"

static gboolean
fill (RoundsDb *from, RoundsDb *to, gint64 *n_edits, GError **error)
{
  gboolean is_whole = FALSE;

  if (!rounds_db_begin (to, error))
    return FALSE;
  if ((from == NULL || rounds_store_carry_all (from, to, &is_whole, error))
      && rounds_store_carry_show (to, n_edits, error)
      && rounds_store_carry_note (to, from != NULL, error))
    return rounds_db_commit (to, error);
  rounds_db_rollback (to);
  return FALSE;
}

static RoundsDb *
open_new (const char *path, const guint8 *key, GError **error)
{
  RoundsDbOptions options = { .path = path, .key = key, .full_sync = TRUE };
  g_autoptr (RoundsDb) db = rounds_db_open (&options, error);
  const RoundsDbMigration *migrations;
  gsize n_migrations;

  migrations = rounds_schema_get_migrations (&n_migrations);
  if (db == NULL || !rounds_db_migrate (db, migrations, n_migrations, error))
    return NULL;
  return g_steal_pointer (&db);
}

static gboolean
make_rescued (const char *path, const guint8 *key, gint64 *n_edits, GError **error)
{
  RoundsDbOptions options = { .path = path, .key = key, .salvage = TRUE };
  g_autofree char *unfinished = g_strconcat (path, ROUNDS_STORE_UNFINISHED, NULL);
  g_autofree char *rescued = g_strconcat (path, ROUNDS_STORE_RESCUED, NULL);
  g_autoptr (RoundsDb) from = NULL;
  g_autoptr (RoundsDb) to = NULL;

  if (!rounds_store_files_remove (unfinished, "", error)
      || !rounds_store_files_remove (unfinished, ROUNDS_STORE_LOG, error)
      || !rounds_store_files_remove (unfinished, ROUNDS_STORE_INDEX, error))
    return FALSE;
  /* One that does not open at all has nothing to give. */
  from = rounds_db_open (&options, NULL);
  to = open_new (unfinished, key, error);
  if (to == NULL || !fill (from, to, n_edits, error))
    return FALSE;
  /* Closing writes the log into the file. */
  g_clear_pointer (&to, rounds_db_close);
  return rounds_store_files_rename (unfinished, rescued, error);
}

typedef struct
{
  char *path;
  guint8 key[ROUNDS_STORE_KEY_LENGTH];
} Rescue;

static void
free_rescue (gpointer data)
{
  Rescue *rescue = data;

  explicit_bzero (rescue->key, sizeof rescue->key);
  g_free (rescue->path);
  g_free (rescue);
}

gboolean
rounds_store_rescue_now (const char *path, const guint8 *key, GError **error)
{
  gint64 n_edits = 0;

  return make_rescued (path, key, &n_edits, error) && rounds_store_files_swap (path, error);
}

static DexFuture *
rescue_fiber (gpointer data)
{
  const Rescue *rescue = data;
  g_autoptr (GError) error = NULL;
  gint64 n_edits = 0;

  if (make_rescued (rescue->path, rescue->key, &n_edits, &error)
      && rounds_store_files_swap (rescue->path, &error))
    return dex_future_new_for_int64 (n_edits);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

/**
 * rounds_store_rescue:
 * @path: the account's file
 * @key: its key
 *
 * Returns: (transfer full): a future of the number of edits that were carried over
 */
DexFuture *
rounds_store_rescue (const char *path, const guint8 key[ROUNDS_STORE_KEY_LENGTH])
{
  Rescue *rescue;

  dex_return_error_if_fail (path != NULL);
  dex_return_error_if_fail (key != NULL);

  rescue = g_new0 (Rescue, 1);
  rescue->path = g_strdup (path);
  memcpy (rescue->key, key, ROUNDS_STORE_KEY_LENGTH);
  return rounds_store_translate_error (dex_scheduler_spawn (
      dex_thread_pool_scheduler_get_default (), 0, rescue_fiber, rescue, free_rescue));
}

static DexFuture *
remove_fiber (gpointer data)
{
  static const char *const endings[] = {
    "",
    ROUNDS_STORE_LOG,
    ROUNDS_STORE_INDEX,
    "-journal",
    ROUNDS_STORE_MARK,
    ROUNDS_STORE_ASIDE,
    ROUNDS_STORE_ASIDE ROUNDS_STORE_LOG,
    ROUNDS_STORE_UNFINISHED,
    ROUNDS_STORE_UNFINISHED ROUNDS_STORE_LOG,
    ROUNDS_STORE_UNFINISHED ROUNDS_STORE_INDEX,
    ROUNDS_STORE_RESCUED,
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (!rounds_store_files_remove (data, endings[i], &error))
      return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

/**
 * rounds_store_remove_files:
 * @path: the account's file
 *
 * Returns: (transfer full): a future of %TRUE, or of %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_remove_files (const char *path)
{
  dex_return_error_if_fail (path != NULL);

  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, remove_fiber,
                              g_strdup (path), g_free);
}
