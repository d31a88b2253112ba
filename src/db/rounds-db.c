/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An open connection: its statements and transactions.
 * Opening is in rounds-db-open.c, schemas are in rounds-db-migrate.c.
 */

#include "config.h"

#include "rounds-db-private.h"

/* Far more statements than any program of ours has; a guard against SQL built from values. */
#define MAX_CACHED_STATEMENTS 256

/**
 * rounds_db_close:
 * @self: (transfer full): a connection
 *
 * Ends its statements and closes it; a transaction that is open is rolled back. Blocks.
 */
void
rounds_db_close (RoundsDb *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->statements);
  sqlite3_close (self->handle);
  g_free (self);
}

/**
 * rounds_db_exec:
 * @sql: one or more statements without parameters
 *
 * Stops at the first that fails; those before it stay done unless a transaction is open. Returns:
 * %TRUE, or %FALSE with a %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_exec (RoundsDb *self, const char *sql, GError **error)
{
  int result;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;
  rounds_db_set_error (error, self->handle, result);
  return FALSE;
}

static gboolean
is_idle (gpointer key, gpointer value, gpointer user_data)
{
  const RoundsDbStatement *statement = value;

  return !statement->in_use;
}

static RoundsDbStatement *
compile (RoundsDb *self, const char *sql, GError **error)
{
  RoundsDbStatement *statement;
  sqlite3_stmt *handle = NULL;
  int result;

  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if ((result & 0xff) == SQLITE_ERROR || (result == SQLITE_OK && handle == NULL))
    {
      /* The parser's words name only what stands in the SQL text, and values never stand there. */
      g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL,
                   "The database does not understand a statement (%s)",
                   handle == NULL && result == SQLITE_OK ? "it is empty"
                                                         : sqlite3_errmsg (self->handle));
      return NULL;
    }
  if (result != SQLITE_OK)
    {
      rounds_db_set_error (error, self->handle, result);
      return NULL;
    }
  if (g_hash_table_size (self->statements) >= MAX_CACHED_STATEMENTS)
    g_hash_table_foreach_remove (self->statements, is_idle, NULL);
  statement = rounds_db_statement_new (self, handle);
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

/**
 * rounds_db_prepare:
 * @sql: one statement with `$1`, `$2`… for its values
 *
 * Security: values go in by the bind functions only, never into @sql.
 *
 * Returns: (transfer none): the statement, kept by the connection, or %NULL with a
 *   %ROUNDS_DB_ERROR: also when the same SQL is still in use
 */
RoundsDbStatement *
rounds_db_prepare (RoundsDb *self, const char *sql, GError **error)
{
  RoundsDbStatement *statement;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement == NULL)
    statement = compile (self, sql, error);
  if (statement == NULL)
    return NULL;
  if (statement->in_use)
    {
      g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL,
                   "A statement is asked for again before it was reset: %s", sql);
      return NULL;
    }
  statement->in_use = TRUE;
  return statement;
}

/**
 * rounds_db_get_changes:
 *
 * Returns: rows that the last INSERT, UPDATE or DELETE changed, without those of triggers and
 *   foreign keys
 */
int
rounds_db_get_changes (RoundsDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes (self->handle);
}

/**
 * rounds_db_begin:
 *
 * Starts a transaction that may write. Returns: %TRUE, or %FALSE with %ROUNDS_DB_ERROR_BUSY when
 * another connection kept writing for longer than the busy time-out, or another %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_begin (RoundsDb *self, GError **error)
{
  /* IMMEDIATE, since a transaction that turns from reading to writing can fail at once instead of
   * waiting for its turn. */
  return rounds_db_exec (self, "BEGIN IMMEDIATE", error);
}

/**
 * rounds_db_commit:
 *
 * Returns: %TRUE once the changes are in the file; %FALSE with a %ROUNDS_DB_ERROR once they are
 *   undone
 */
gboolean
rounds_db_commit (RoundsDb *self, GError **error)
{
  if (rounds_db_exec (self, "COMMIT", error))
    return TRUE;
  rounds_db_rollback (self);
  return FALSE;
}

/**
 * rounds_db_rollback:
 *
 * Undoes the open transaction. Without one (SQLite itself undoes it on a full disk and the like) it
 * does nothing.
 */
void
rounds_db_rollback (RoundsDb *self)
{
  g_return_if_fail (self != NULL);

  /* A rollback cannot fail in a way that leaves the transaction open for others: closing the
   * connection, or the next one to open the file, undoes it too. */
  if (sqlite3_get_autocommit (self->handle) == 0)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}
