/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache in memory for the time in which the file cannot be written.
 * Which rows go over, and how, is in rounds-store-carry.c; when, is the account's.
 */

#include "config.h"

#include "rounds-store-stand-in.h"

#include <string.h>

#include "rounds-future.h"
#include "rounds-outbox.h"
#include "rounds-overlay.h"
#include "rounds-record-table.h"
#include "rounds-schema.h"
#include "rounds-store-carry.h"
#include "rounds-store-files.h"
#include "rounds-store-object.h"

/* The account's file. */
typedef struct
{
  char *path;
  guint8 key[ROUNDS_STORE_KEY_LENGTH];
  GError *why; /* or NULL */
} File;

static File *
make_file (const char *path, const guint8 *key, const GError *why)
{
  File *file = g_new0 (File, 1);

  file->path = g_strdup (path);
  memcpy (file->key, key, ROUNDS_STORE_KEY_LENGTH);
  file->why = why != NULL ? g_error_copy (why) : NULL;
  return file;
}

static void
free_file (gpointer data)
{
  File *file = data;

  explicit_bzero (file->key, sizeof file->key);
  g_clear_error (&file->why);
  g_free (file->path);
  g_free (file);
}

/* --- from the file --- */

static gboolean
fill (RoundsDb *from, RoundsDb *to, GError **error)
{
  gboolean is_whole = FALSE;

  if (from == NULL)
    return rounds_store_carry_note (to, FALSE, error);
  return rounds_store_carry_all (from, to, &is_whole, error)
         && rounds_store_carry_show (to, NULL, error)
         && (is_whole ? rounds_store_carry_facts (from, to, error)
                      : rounds_store_carry_note (to, TRUE, error));
}

static gboolean
take_over_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const File *file = data;
  RoundsDbOptions options = {
    .path = file->path, .key = file->key, .read_only = TRUE, .untouched = TRUE, .salvage = TRUE
  };
  g_autoptr (RoundsDb) from = NULL;

  if (rounds_store_files_exist (file->path, ""))
    {
      from = rounds_db_open (&options, NULL);
      if (!rounds_db_begin (db, error))
        return FALSE;
      if (!fill (from, db, error))
        {
          rounds_db_rollback (db);
          return FALSE;
        }
      if (!rounds_db_commit (db, error))
        return FALSE;
    }
  return rounds_inspect_job (db, (gpointer) ":memory:", result, error);
}

static DexFuture *
open_fiber (gpointer data)
{
  File *file = data;
  g_autoptr (RoundsStore) store = rounds_store_new (":memory:", file->key);
  g_autoptr (GError) error = NULL;

  store->stand_in_reason = g_steal_pointer (&file->why);
  if (!dex_await (rounds_store_open (store), &error)
      || !dex_await (rounds_store_run_write (store, take_over_job,
                                             make_file (file->path, file->key, NULL), free_file),
                     &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (g_steal_pointer (&store));
}

/**
 * rounds_store_open_stand_in:
 * @path: the account's file
 * @key: its key
 * @why: what the file was refused with
 *
 * Returns: (transfer full): a future of an open #RoundsStore, or of %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_open_stand_in (const char *path, const guint8 key[ROUNDS_STORE_KEY_LENGTH],
                            const GError *why)
{
  dex_return_error_if_fail (path != NULL);
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (why != NULL);

  return rounds_spawn (open_fiber, make_file (path, key, why), free_file);
}

/**
 * rounds_store_get_stand_in_reason:
 *
 * Returns: (transfer none) (nullable): what the file was refused with
 */
const GError *
rounds_store_get_stand_in_reason (RoundsStore *self)
{
  g_return_val_if_fail (ROUNDS_IS_STORE (self), NULL);

  return self->stand_in_reason;
}

/* --- back to the file --- */

/* What the file shows of a record whose edits went elsewhere: the server's version. One that only
 * edits had made goes with them. */
static gboolean
uncover (RoundsDb *db, RoundsEntryKind kind, const char *id, GError **error)
{
  g_autoptr (RoundsEntry) original = NULL;
  gboolean changed = FALSE;

  if (!rounds_original_get (db, kind, id, &original, error))
    return FALSE;
  return original != NULL ? rounds_overlay_show (db, kind, id, &changed, error)
                          : rounds_record_table_remove (db, kind, id, &changed, error);
}

static gboolean
uncover_all (RoundsDb *db, RoundsEntryKind kind, GHashTable *records, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!uncover (db, kind, id, error))
      return FALSE;
  return TRUE;
}

static gboolean
forget_edits (RoundsDb *db, GError **error)
{
  g_autoptr (GHashTable) appointments
      = rounds_outbox_list_records (db, ROUNDS_ENTRY_APPOINTMENT, error);
  g_autoptr (GHashTable) meetings
      = appointments != NULL ? rounds_outbox_list_records (db, ROUNDS_ENTRY_MEETING, error) : NULL;

  return meetings != NULL && rounds_db_exec (db, "DELETE FROM outbox; DELETE FROM draft", error)
         && uncover_all (db, ROUNDS_ENTRY_APPOINTMENT, appointments, error)
         && uncover_all (db, ROUNDS_ENTRY_MEETING, meetings, error);
}

/* As the stand-in shows them; edits of ours alone have no other record under them. */
static gboolean
copy_edited (RoundsDb *from, RoundsDb *to, GError **error)
{
  g_autoptr (GPtrArray) items = rounds_outbox_list (from, ROUNDS_ENTRY_APPOINTMENT, NULL, error);
  gboolean changed = FALSE;

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const RoundsOutboxItem *item = g_ptr_array_index (items, i);
      g_autoptr (RoundsEntry) entry = NULL;

      if (!rounds_record_table_find (from, item->kind, item->record, &entry, error)
          || (entry != NULL && !rounds_record_table_put (to, entry, &changed, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_back (RoundsDb *from, RoundsDb *to, GError **error)
{
  if (!rounds_db_begin (to, error))
    return FALSE;
  if (forget_edits (to, error) && rounds_store_carry_edits (from, to, error)
      && copy_edited (from, to, error) && rounds_store_carry_show (to, NULL, error))
    return rounds_db_commit (to, error);
  rounds_db_rollback (to);
  return FALSE;
}

static gboolean
give_back_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const File *file = data;
  RoundsDbOptions options = { .path = file->path, .key = file->key, .full_sync = TRUE };
  const RoundsDbMigration *migrations;
  g_autoptr (RoundsDb) to = rounds_db_open (&options, error);
  gsize n_migrations = 0;

  migrations = rounds_schema_get_migrations (&n_migrations);
  return to != NULL && rounds_db_migrate (to, migrations, n_migrations, error)
         && write_back (db, to, error);
}

/**
 * rounds_store_give_back:
 * @path: the file that it stands in for
 * @key: its key
 *
 * Returns: (transfer full): a future of %TRUE, or of %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_give_back (RoundsStore *self, const char *path,
                        const guint8 key[ROUNDS_STORE_KEY_LENGTH])
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (path != NULL);
  dex_return_error_if_fail (key != NULL);

  return rounds_store_run_job (self, give_back_job, make_file (path, key, NULL), free_file);
}
