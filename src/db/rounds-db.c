/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An open connection, whatever its driver: its statements and its lock.
 * Transactions are in rounds-db-transaction.c, schemas in rounds-db-migrate.c.
 */

#include "config.h"

#include "rounds-db-driver.h"

#include <string.h>

/* Far more statements than any program of ours has; a guard against SQL built from values. */
#define MAX_CACHED_STATEMENTS 256
/* More addresses than that are of texts that were made and freed. */
#define MAX_ADDRESSES (2 * MAX_CACHED_STATEMENTS)

static void
free_statement (gpointer data)
{
  RoundsDbStatement *statement = data;

  statement->driver->free_statement (statement);
}

void
rounds_db_init (RoundsDb *self, const RoundsDbDriver *driver)
{
  self->driver = driver;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_statement);
  self->lately = g_hash_table_new (NULL, NULL);
}

void
rounds_db_clear (RoundsDb *self)
{
  g_clear_pointer (&self->lately, g_hash_table_unref);
  g_clear_pointer (&self->statements, g_hash_table_unref);
}

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

  self->driver->close (self);
}

/**
 * rounds_db_get_dialect:
 *
 * Returns: whose SQL the connection speaks
 */
RoundsDbDialect
rounds_db_get_dialect (RoundsDb *self)
{
  g_return_val_if_fail (self != NULL, ROUNDS_DB_DIALECT_SQLITE);

  return self->driver->dialect;
}

/**
 * rounds_db_exec:
 * @sql: one or more statements without parameters
 *
 * Stops at the first that fails. Those before it are undone with the transaction that they are in;
 * without one, SQLite keeps them and PostgreSQL does not. Returns: %TRUE, or %FALSE with a
 * %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_exec (RoundsDb *self, const char *sql, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return self->driver->exec (self, sql, error);
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
  RoundsDbStatement *statement = self->driver->compile (self, sql, error);

  if (statement == NULL)
    return NULL;
  if (g_hash_table_size (self->statements) >= MAX_CACHED_STATEMENTS)
    {
      g_hash_table_remove_all (self->lately);
      g_hash_table_foreach_remove (self->statements, is_idle, NULL);
    }
  char *key = g_strdup (sql);
  statement->sql = key;
  g_hash_table_insert (self->statements, key, statement);
  return statement;
}

/* By the address of the text first, since nearly all are constants: hashing some hundred letters
 * costs as much as a small step of SQLite. A text that was freed may have left its address to
 * another one, so the letters have to agree as well. */
static RoundsDbStatement *
find_or_compile (RoundsDb *self, const char *sql, GError **error)
{
  RoundsDbStatement *statement = g_hash_table_lookup (self->lately, sql);

  if (statement != NULL && strcmp (statement->sql, sql) == 0)
    return statement;
  statement = g_hash_table_lookup (self->statements, sql);
  if (statement == NULL)
    statement = compile (self, sql, error);
  if (g_hash_table_size (self->lately) >= MAX_ADDRESSES)
    g_hash_table_remove_all (self->lately);
  if (statement != NULL)
    g_hash_table_insert (self->lately, (gpointer)sql, statement);
  return statement;
}

/**
 * rounds_db_prepare:
 * @sql: one statement with `$1`, `$2`… for its values
 *
 * SQLite reads the text here; PostgreSQL at the first step, when the parameters' types are known.
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

  statement = find_or_compile (self, sql, error);
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
 * rounds_db_watch:
 * @cancellable: (nullable) (transfer none): may be cancelled on any thread; %NULL watches nothing
 *
 * For long reads whose answer nobody may want any more.
 */
void
rounds_db_watch (RoundsDb *self, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);

  if (self->driver->watch != NULL)
    self->driver->watch (self, cancellable);
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

  return self->driver->get_changes (self);
}

/**
 * rounds_db_read_stamp:
 * @stamp: (out caller-allocates): what the last commit left
 *
 * See the header. Returns: %TRUE, or %FALSE where there is no such thing
 */
gboolean
rounds_db_read_stamp (RoundsDb *self, RoundsDbStamp *stamp)
{
  g_return_val_if_fail (self != NULL && stamp != NULL, FALSE);

  return self->driver->read_stamp != NULL && self->driver->read_stamp (self, stamp);
}

static void
give_back (RoundsDb *self, gboolean schema)
{
  if (self->driver->rest == NULL)
    return;
  g_hash_table_remove_all (self->lately);
  g_hash_table_remove_all (self->statements);
  self->driver->rest (self, schema);
}

/**
 * rounds_db_take_loud:
 *
 * See the header.
 */
gboolean
rounds_db_take_loud (RoundsDb *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->driver->take_loud == NULL || self->driver->take_loud (self);
}

/**
 * rounds_db_rest:
 *
 * See the header. The next statement is compiled anew, and reads from the file.
 */
void
rounds_db_rest (RoundsDb *self)
{
  g_return_if_fail (self != NULL && !self->driver->in_transaction (self));

  give_back (self, FALSE);
}

/**
 * rounds_db_sleep:
 *
 * See the header. The next statement reads the schema from the file first.
 */
void
rounds_db_sleep (RoundsDb *self)
{
  g_return_if_fail (self != NULL && !self->driver->in_transaction (self));

  give_back (self, TRUE);
}

/**
 * rounds_db_check:
 *
 * SQLite: reads the whole file and checks that its pages, indexes and foreign keys agree, which
 * takes time in proportion to the file. PostgreSQL: asks whether the server answers; its own tools
 * check its files. Returns: %TRUE, or %FALSE with a %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_check (RoundsDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return self->driver->check (self, error);
}
