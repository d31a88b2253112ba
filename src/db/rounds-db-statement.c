/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A prepared statement: parameters in, rows out.
 * Which statements exist and how long they live is the connection's business (rounds-db.c).
 */

#include "config.h"

#include "rounds-db-private.h"

RoundsDbStatement *
rounds_db_statement_new (RoundsDb *db, sqlite3_stmt *handle)
{
  RoundsDbStatement *self = g_new0 (RoundsDbStatement, 1);

  self->db = db;
  self->handle = handle;
  return self;
}

void
rounds_db_statement_free (RoundsDbStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * rounds_db_statement_reset:
 * @self: a statement of this thread's connection
 *
 * Ends the statement and forgets its parameters, so that no value outlives its use and a parameter
 * that is not bound next time is NULL.
 */
void
rounds_db_statement_reset (RoundsDbStatement *self)
{
  g_return_if_fail (self != NULL);

  /* The result repeats the last step's error, which that step has reported. */
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_result = SQLITE_OK;
  self->in_use = FALSE;
}

/* "$2" may come before "$1" in the text: SQLite numbers such names in order of appearance, so the
 * number has to be looked up by name. */
static int
find_parameter (RoundsDbStatement *self, int position)
{
  char name[16];
  int index;

  g_snprintf (name, sizeof name, "$%d", position);
  index = sqlite3_bind_parameter_index (self->handle, name);
  if (index == 0)
    g_critical ("No parameter %s in: %s", name, sqlite3_sql (self->handle));
  return index;
}

static void
note_bind (RoundsDbStatement *self, int result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

/**
 * rounds_db_bind_text:
 * @position: N of `$N`, from 1
 * @text: (nullable): UTF-8, copied; %NULL binds NULL
 *
 * A failure (no memory, too long) is reported by the next step.
 */
void
rounds_db_bind_text (RoundsDbStatement *self, int position, const char *text)
{
  int index;

  g_return_if_fail (self != NULL);

  index = find_parameter (self, position);
  /* A NULL text binds NULL by itself. */
  note_bind (self, sqlite3_bind_text (self->handle, index, text, -1, SQLITE_TRANSIENT));
}

/**
 * rounds_db_bind_int:
 * @position: N of `$N`, from 1
 */
void
rounds_db_bind_int (RoundsDbStatement *self, int position, gint64 value)
{
  g_return_if_fail (self != NULL);

  note_bind (self, sqlite3_bind_int64 (self->handle, find_parameter (self, position), value));
}

/**
 * rounds_db_bind_time:
 * @position: N of `$N`, from 1
 * @moment: µs UTC; %ROUNDS_TIME_NONE binds NULL
 */
void
rounds_db_bind_time (RoundsDbStatement *self, int position, gint64 moment)
{
  if (moment == ROUNDS_TIME_NONE)
    rounds_db_bind_null (self, position);
  else
    rounds_db_bind_int (self, position, moment);
}

/**
 * rounds_db_bind_bytes:
 * @position: N of `$N`, from 1
 * @bytes: (nullable): copied; %NULL binds NULL, @length 0 with non-%NULL an empty blob
 */
void
rounds_db_bind_bytes (RoundsDbStatement *self, int position, const guint8 *bytes, gsize length)
{
  int index;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  index = find_parameter (self, position);
  note_bind (self, sqlite3_bind_blob64 (self->handle, index, bytes, length, SQLITE_TRANSIENT));
}

/**
 * rounds_db_bind_null:
 * @position: N of `$N`, from 1
 */
void
rounds_db_bind_null (RoundsDbStatement *self, int position)
{
  g_return_if_fail (self != NULL);

  note_bind (self, sqlite3_bind_null (self->handle, find_parameter (self, position)));
}

/**
 * rounds_db_step:
 * @self: a statement whose parameters are bound
 *
 * Runs up to the next row. Returns: %ROUNDS_DB_ROW, %ROUNDS_DB_DONE, or %ROUNDS_DB_FAILED with a
 * %ROUNDS_DB_ERROR. After the last two the statement has to be reset before it runs again.
 */
RoundsDbStep
rounds_db_step (RoundsDbStatement *self, GError **error)
{
  int result;

  g_return_val_if_fail (self != NULL, ROUNDS_DB_FAILED);
  g_return_val_if_fail (error == NULL || *error == NULL, ROUNDS_DB_FAILED);

  result = self->bind_result != SQLITE_OK ? self->bind_result : sqlite3_step (self->handle);
  if (result == SQLITE_ROW)
    return ROUNDS_DB_ROW;
  if (result == SQLITE_DONE)
    return ROUNDS_DB_DONE;
  rounds_db_set_error (error, self->db->handle, result);
  return ROUNDS_DB_FAILED;
}

/**
 * rounds_db_run:
 * @self: a statement whose parameters are bound
 *
 * Returns: %TRUE when it ran to its end; %FALSE with a %ROUNDS_DB_ERROR. It is reset either way.
 */
gboolean
rounds_db_run (RoundsDbStatement *self, GError **error)
{
  RoundsDbStep step;

  g_return_val_if_fail (self != NULL, FALSE);

  do
    step = rounds_db_step (self, error);
  while (step == ROUNDS_DB_ROW);
  rounds_db_statement_reset (self);
  return step == ROUNDS_DB_DONE;
}

/**
 * rounds_db_get_text:
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the column as UTF-8, until the next step or reset
 */
const char *
rounds_db_get_text (RoundsDbStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *)sqlite3_column_text (self->handle, column);
}

/**
 * rounds_db_get_int:
 * @column: from 0
 *
 * Returns: the column as a number, 0 for NULL
 */
gint64
rounds_db_get_int (RoundsDbStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_int64 (self->handle, column);
}

/**
 * rounds_db_get_time:
 * @column: from 0
 *
 * Returns: the column as µs UTC, %ROUNDS_TIME_NONE for NULL
 */
gint64
rounds_db_get_time (RoundsDbStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, ROUNDS_TIME_NONE);

  return rounds_db_is_null (self, column) ? ROUNDS_TIME_NONE : rounds_db_get_int (self, column);
}

/**
 * rounds_db_get_bytes:
 * @column: from 0
 * @length: (out): bytes in the answer
 *
 * Returns: (transfer none) (nullable): the column's bytes, until the next step or reset; %NULL for
 *   NULL and for an empty blob
 */
const guint8 *
rounds_db_get_bytes (RoundsDbStatement *self, int column, gsize *length)
{
  const guint8 *bytes;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  /* In this order: asking for the bytes first may convert the value. */
  bytes = sqlite3_column_blob (self->handle, column);
  *length = (gsize)sqlite3_column_bytes (self->handle, column);
  return bytes;
}

/**
 * rounds_db_is_null:
 * @column: from 0
 */
gboolean
rounds_db_is_null (RoundsDbStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}
