/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Carrying rows out of a damaged cache, table by table and row by row, as far as they can be read.
 * Records are, too: the server has them, but it may be out of reach. Runs on a pool thread.
 */

#include "config.h"

#include "rounds-store-rescue.h"

#include <string.h>

#include "rounds-future.h"
#include "rounds-outbox.h"
#include "rounds-overlay.h"
#include "rounds-schema.h"
#include "rounds-store-files.h"
#include "rounds-store-private.h"

/* From here on the outbox has the columns for changes of fields. */
#define VERSION_WITH_CHANGES 4

typedef struct
{
  const char *table;
  const char *columns;
  const char *values; /* one $N for each */
  const char *where; /* of the row that is read */
  const char *needs; /* of the new cache, with the same $N */
  const char *order; /* both ways: what is behind a page that cannot be read may be readable */
} Carried;

static const Carried OUTBOX_BEFORE = {
  "outbox",
  "number, name, key, kind, record, state, draft, status, notes, base_status, base_notes, attempts,"
  " reason, made_at",
  "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14",
  "TRUE",
  "TRUE",
  "number",
};

static const Carried CARRIED[] = {
  {
      "outbox",
      "number, name, key, kind, record, state, draft, status, notes, base_status, base_notes,"
      " attempts, reason, made_at, changes, base_changes",
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16",
      "TRUE",
      "TRUE",
      "number",
  },
  { "original", "kind, record, document", "$1, $2, $3", "TRUE", "TRUE", "kind || record" },
  { "draft", "kind, record, payload, updated_at", "$1, $2, $3, $4", "TRUE", "TRUE",
    "kind || record" },
  /* Not what was synced until when: all of that has to come again. */
  { "fact", "name, value", "$1, $2", "name = 'user'", "TRUE", "name" },
  { "person", "id, name, email, role, hospital, department, phone, age, gender",
    "$1, $2, $3, $4, $5, $6, $7, $8, $9", "TRUE", "TRUE", "id" },
  { "hospital", "id, name, timezone, departments", "$1, $2, $3, $4", "TRUE", "TRUE", "id" },
  /* Before version 5 rows had no number, and stay behind. */
  {
      "appointment",
      "number, id, hospital, department, type, wall_date, wall_time, timezone, starts_at, minutes,"
      " reason, patient_name, patient_email, patient_phone, patient_age, patient_gender, doctor,"
      " patient, status, notes, room_name, version, created_at, updated_at",
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
      " $21, $22, $23, $24",
      "TRUE",
      "TRUE",
      "number",
  },
  {
      "meeting",
      "number, id, created_by, role_context, title, description, type, status, scheduled_at,"
      " expected_minutes, started_at, ended_at, duration, notes, room_name, version, created_at,"
      " updated_at",
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18",
      "TRUE",
      "TRUE",
      "number",
  },
  { "participant", "meeting, position, person", "$1, $2, $3", "TRUE",
    "EXISTS (SELECT 1 FROM meeting WHERE number = $1)", "meeting" },
};

static const char LEARN_ALL[] = "INSERT OR IGNORE INTO unindexed SELECT 0, number FROM appointment;"
                                "INSERT OR IGNORE INTO unindexed SELECT 1, number FROM meeting";

/* STRICT tables take a text for a number where it says one, so all values travel as texts. */
static gboolean
carry_row (RoundsDbStatement *from, RoundsDb *to, const char *insert, int n_columns, GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (to, insert, error);

  if (row == NULL)
    return FALSE;
  for (int i = 0; i < n_columns; i++)
    rounds_db_bind_text (row, i + 1, rounds_db_get_text (from, i));
  return rounds_db_run (row, error);
}

static int
count_columns (const Carried *carried)
{
  int n_columns = 1;

  for (const char *at = carried->columns; *at != '\0'; at++)
    n_columns += *at == ',';
  return n_columns;
}

/* As far as it goes in one direction; what cannot be read is no error, what cannot be written is.
 */
static gboolean
carry_one_way (RoundsDb *from, RoundsDb *to, const Carried *carried, const char *direction,
               gboolean *is_whole, GError **error)
{
  g_autofree char *select
      = g_strdup_printf ("SELECT %s FROM %s WHERE %s ORDER BY %s %s", carried->columns,
                         carried->table, carried->where, carried->order, direction);
  g_autofree char *insert
      = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) SELECT %s WHERE %s", carried->table,
                         carried->columns, carried->values, carried->needs);
  g_autoptr (RoundsDbStatement) rows = rounds_db_prepare (from, select, NULL);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (rows != NULL && (step = rounds_db_step (rows, NULL)) == ROUNDS_DB_ROW)
    if (!carry_row (rows, to, insert, count_columns (carried), error))
      return FALSE;
  *is_whole = step == ROUNDS_DB_DONE;
  return TRUE;
}

static gboolean
carry_table (RoundsDb *from, RoundsDb *to, const Carried *carried, GError **error)
{
  gboolean is_whole = FALSE;

  return carry_one_way (from, to, carried, "ASC", &is_whole, error)
         && (is_whole || carry_one_way (from, to, carried, "DESC", &is_whole, error));
}

static gboolean
carry_tables (RoundsDb *from, RoundsDb *to, GError **error)
{
  gint64 version = 0;

  if (rounds_db_get_version (from, &version, NULL) && version < VERSION_WITH_CHANGES
      && !carry_table (from, to, &OUTBOX_BEFORE, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (CARRIED); i++)
    if (!carry_table (from, to, &CARRIED[i], error))
      return FALSE;
  return rounds_db_exec (to, LEARN_ALL, error);
}

/* The records that have edits stand in the new cache as they were shown. One whose original could
 * not be read comes with the next sync, and its edit goes on top of that. */
static gboolean
show_edited (RoundsDb *to, gint64 *n_edits, GError **error)
{
  g_autoptr (GPtrArray) items = rounds_outbox_list (to, ROUNDS_ENTRY_APPOINTMENT, NULL, error);
  gboolean changed = FALSE;

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const RoundsOutboxItem *item = items->pdata[i];

      if (!rounds_overlay_show (to, item->kind, item->record, &changed, error))
        return FALSE;
    }
  *n_edits = items->len;
  return TRUE;
}

/* Until the person was told, whatever happens before. */
static gboolean
note_mending (RoundsDb *from, RoundsDb *to, GError **error)
{
  return rounds_db_exec (
      to,
      from != NULL ? "INSERT OR REPLACE INTO fact (name, value) VALUES ('" ROUNDS_STORE_FACT_MENDED
                     "', '" ROUNDS_STORE_MENDED_PART "')"
                   : "INSERT OR REPLACE INTO fact (name, value) VALUES ('" ROUNDS_STORE_FACT_MENDED
                     "', '" ROUNDS_STORE_MENDED_NOTHING "')",
      error);
}

static gboolean
fill (RoundsDb *from, RoundsDb *to, gint64 *n_edits, GError **error)
{
  if (!rounds_db_begin (to, error))
    return FALSE;
  if ((from == NULL || carry_tables (from, to, error)) && show_edited (to, n_edits, error)
      && note_mending (from, to, error))
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
