/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The SQLite driver: statements without rows, transactions, schema versions.
 * Opening is in rounds-db-sqlite-open.c, rows are in rounds-db-sqlite-statement.c.
 */

#include "config.h"

#include "rounds-db-sqlite-private.h"

/* Instructions of SQLite's machine: some ten microseconds. */
#define STEPS_BETWEEN_LOOKS 1000

static const char *const verbs[ROUNDS_DB_N_VERBS] = {
  /* IMMEDIATE, since a transaction that turns from reading to writing can fail at once instead of
   * waiting for its turn. */
  [ROUNDS_DB_VERB_BEGIN] = "BEGIN IMMEDIATE",
  [ROUNDS_DB_VERB_BEGIN_READ] = "BEGIN",
  [ROUNDS_DB_VERB_COMMIT] = "COMMIT",
  [ROUNDS_DB_VERB_ROLLBACK] = "ROLLBACK",
  [ROUNDS_DB_VERB_SAVEPOINT] = "SAVEPOINT part",
  [ROUNDS_DB_VERB_RELEASE] = "RELEASE part",
  [ROUNDS_DB_VERB_UNDO] = "ROLLBACK TO part",
};

static sqlite3 *
get_handle (RoundsDb *db)
{
  return ((RoundsDbSqlite *)db)->handle;
}

static void
close_connection (RoundsDb *db)
{
  /* SQLite does not close what still has statements. */
  rounds_db_clear (db);
  sqlite3_close (get_handle (db));
  g_free (db);
}

static gboolean
exec (RoundsDb *db, const char *sql, GError **error)
{
  int result = sqlite3_exec (get_handle (db), sql, NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  rounds_db_sqlite_set_error (error, get_handle (db), result);
  return FALSE;
}

/* Linux lets everybody go on with a file that was removed or replaced; whatever is committed to it
 * is gone when the last one closes it. SQLite itself looks only where there is no log. */
static gboolean
is_in_place (RoundsDbSqlite *self)
{
  int moved = 0;

  return sqlite3_txn_state (self->handle, "main") != SQLITE_TXN_WRITE
         || sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK
         || moved == 0;
}

/* A kept statement: reading "COMMIT" anew each time costs more than a small transaction. */
static gboolean
transact (RoundsDb *db, RoundsDbVerb verb, GError **error)
{
  RoundsDbSqlite *self = (RoundsDbSqlite *)db;

  if (verb == ROUNDS_DB_VERB_COMMIT && self->durable && !is_in_place (self))
    {
      rounds_db_set_error (error, ROUNDS_DB_ERROR_READ_ONLY,
                           "The database file was removed or replaced while it was open: put it "
                           "back, or restart to use the new one",
                           NULL, FALSE);
      return FALSE;
    }
  RoundsDbStatement *statement = rounds_db_prepare (db, verbs[verb], error);
  return statement != NULL && rounds_db_run (statement, error);
}

static gboolean
in_transaction (RoundsDb *db)
{
  return sqlite3_get_autocommit (get_handle (db)) == 0;
}

static int
get_changes (RoundsDb *db)
{
  return sqlite3_changes (get_handle (db));
}

static gboolean
lock (RoundsDb *db, const char *name, GError **error)
{
  /* The open transaction keeps every other writer out. */
  return TRUE;
}

static gboolean
check (RoundsDb *db, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "PRAGMA integrity_check(1)", error);

  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  if (g_strcmp0 (rounds_db_get_text (statement, 0), "ok") == 0)
    return TRUE;
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
                       "The database file is damaged");
  return FALSE;
}

static int
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* A progress handler and not sqlite3_interrupt(): that could come a moment late, and stop what runs
 * next instead. */
static void
watch (RoundsDb *db, GCancellable *cancellable)
{
  sqlite3_progress_handler (get_handle (db), STEPS_BETWEEN_LOOKS,
                            cancellable != NULL ? is_cancelled : NULL, cancellable);
}

static void
rest (RoundsDb *db, gboolean schema)
{
  sqlite3_db_release_memory (get_handle (db));
  /* Makes nothing writable; it is what SQLite has to forget a schema with, until somebody asks.
   * When it fails, the schema stays. */
  if (schema)
    sqlite3_exec (get_handle (db), "PRAGMA writable_schema = RESET", NULL, NULL, NULL);
}

static gboolean
begin_migration (RoundsDb *db, GError **error)
{
  return exec (db, "BEGIN EXCLUSIVE", error);
}

static gboolean
read_version (RoundsDb *db, gint64 *version, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, "PRAGMA user_version", error);

  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *version = rounds_db_get_int (statement, 0);
  return TRUE;
}

static gboolean
write_version (RoundsDb *db, int version, GError **error)
{
  /* A PRAGMA takes no parameter; the number is ours. */
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", version);

  return exec (db, sql, error);
}

const RoundsDbDriver rounds_db_sqlite_driver = {
  .dialect = ROUNDS_DB_DIALECT_SQLITE,
  .close = close_connection,
  .exec = exec,
  .transact = transact,
  .in_transaction = in_transaction,
  .get_changes = get_changes,
  .lock = lock,
  .check = check,
  .watch = watch,
  .read_stamp = rounds_db_sqlite_read_stamp,
  .take_loud = rounds_db_sqlite_take_loud,
  .rest = rest,
  .begin_migration = begin_migration,
  .read_version = read_version,
  .write_version = write_version,
  .compile = rounds_db_sqlite_compile,
  .free_statement = rounds_db_sqlite_free_statement,
  .reset = rounds_db_sqlite_reset,
  .bind_text = rounds_db_sqlite_bind_text,
  .bind_int = rounds_db_sqlite_bind_int,
  .bind_no_int = rounds_db_sqlite_bind_null,
  .bind_bytes = rounds_db_sqlite_bind_bytes,
  .bind_null = rounds_db_sqlite_bind_null,
  .step = rounds_db_sqlite_step,
  .get_text = rounds_db_sqlite_get_text,
  .get_int = rounds_db_sqlite_get_int,
  .get_bytes = rounds_db_sqlite_get_bytes,
  .is_null = rounds_db_sqlite_is_null,
};
