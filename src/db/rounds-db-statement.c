/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A statement, whatever its driver: parameters in, rows out.
 * Which statements exist and how long they live is the connection's business (rounds-db.c).
 */

#include "config.h"

#include "rounds-db-driver.h"

void
rounds_db_statement_init (RoundsDbStatement *self, RoundsDb *db)
{
  self->driver = db->driver;
  self->db = db;
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

  self->driver->reset (self);
  self->in_use = FALSE;
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
  g_return_if_fail (self != NULL);

  self->driver->bind_text (self, position, text);
}

/**
 * rounds_db_bind_int:
 * @position: N of `$N`, from 1
 */
void
rounds_db_bind_int (RoundsDbStatement *self, int position, gint64 value)
{
  g_return_if_fail (self != NULL);

  self->driver->bind_int (self, position, value);
}

/**
 * rounds_db_bind_time:
 * @position: N of `$N`, from 1
 * @moment: µs UTC; %ROUNDS_TIME_NONE binds NULL
 */
void
rounds_db_bind_time (RoundsDbStatement *self, int position, gint64 moment)
{
  g_return_if_fail (self != NULL);

  if (moment == ROUNDS_TIME_NONE)
    self->driver->bind_no_int (self, position);
  else
    self->driver->bind_int (self, position, moment);
}

/**
 * rounds_db_bind_bytes:
 * @position: N of `$N`, from 1
 * @bytes: (nullable): copied; %NULL binds NULL, @length 0 with non-%NULL an empty blob
 */
void
rounds_db_bind_bytes (RoundsDbStatement *self, int position, const guint8 *bytes, gsize length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  self->driver->bind_bytes (self, position, bytes, length);
}

/**
 * rounds_db_bind_null:
 * @position: N of `$N`, from 1
 *
 * A NULL without a type: PostgreSQL takes that from the SQL around it. Where that says nothing
 * (`$1 IS NULL` alone), bind a NULL text, %ROUNDS_TIME_NONE or NULL bytes instead.
 */
void
rounds_db_bind_null (RoundsDbStatement *self, int position)
{
  g_return_if_fail (self != NULL);

  self->driver->bind_null (self, position);
}

/**
 * rounds_db_step:
 * @self: a statement whose parameters are bound
 *
 * Runs up to the next row. PostgreSQL hands over all rows at once, so what may be long should be
 * asked for in pages.
 *
 * Returns: %ROUNDS_DB_ROW, %ROUNDS_DB_DONE, or %ROUNDS_DB_FAILED with a %ROUNDS_DB_ERROR. After the
 *   last two the statement has to be reset before it runs again.
 */
RoundsDbStep
rounds_db_step (RoundsDbStatement *self, GError **error)
{
  g_return_val_if_fail (self != NULL, ROUNDS_DB_FAILED);
  g_return_val_if_fail (error == NULL || *error == NULL, ROUNDS_DB_FAILED);

  return self->driver->step (self, error);
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

  return self->driver->get_text (self, column);
}

/**
 * rounds_db_get_int:
 * @column: from 0
 *
 * Returns: the column as a number, 0 for NULL, 1 for true; a fraction is cut off
 */
gint64
rounds_db_get_int (RoundsDbStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->driver->get_int (self, column);
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
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  return self->driver->get_bytes (self, column, length);
}

/**
 * rounds_db_is_null:
 * @column: from 0
 */
gboolean
rounds_db_is_null (RoundsDbStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->driver->is_null (self, column);
}
