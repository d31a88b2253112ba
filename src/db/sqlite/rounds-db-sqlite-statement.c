/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * SQLite's prepared statements.
 * Arguments have been checked in rounds-db-statement.c.
 */

#include "config.h"

#include "rounds-db-sqlite-private.h"

#define HANDLE(statement) (((RoundsDbSqliteStatement *)(statement))->handle)

/* "$2" may come before "$1" in the text: SQLite numbers such names in order of appearance. Looked
 * up once here, since each bind needs it. Ends at the first N that is missing: a gap in the numbers
 * is a defect that the first bind after it shows. */
static void
note_parameters (RoundsDbSqliteStatement *self)
{
  int n_names = sqlite3_bind_parameter_count (self->handle);

  self->parameters = g_new (int, n_names);
  while (self->n_parameters < n_names)
    {
      char name[16];
      int index;

      g_snprintf (name, sizeof name, "$%d", self->n_parameters + 1);
      index = sqlite3_bind_parameter_index (self->handle, name);
      if (index == 0)
        return;
      self->parameters[self->n_parameters++] = index;
    }
}

RoundsDbStatement *
rounds_db_sqlite_compile (RoundsDb *db, const char *sql, GError **error)
{
  RoundsDbSqlite *sqlite = (RoundsDbSqlite *)db;
  sqlite3 *connection = sqlite->handle;
  const gboolean was_loud = sqlite->loud;
  RoundsDbSqliteStatement *self;
  sqlite3_stmt *handle = NULL;

  sqlite->loud = FALSE;
  int result = sqlite3_prepare_v3 (connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  const gboolean loud = sqlite->loud;
  sqlite->loud = loud || was_loud;
  if ((result & 0xff) == SQLITE_ERROR || (result == SQLITE_OK && handle == NULL))
    {
      /* The parser's words name only what stands in the SQL text, and values never stand there. */
      g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL,
                   "The database does not understand a statement (%s)",
                   handle == NULL && result == SQLITE_OK ? "it is empty"
                                                         : sqlite3_errmsg (connection));
      return NULL;
    }
  if (result != SQLITE_OK)
    {
      rounds_db_sqlite_set_error (error, connection, result);
      return NULL;
    }
  self = g_new0 (RoundsDbSqliteStatement, 1);
  rounds_db_statement_init (&self->parent, db);
  self->handle = handle;
  self->loud = loud;
  note_parameters (self);
  return &self->parent;
}

void
rounds_db_sqlite_free_statement (RoundsDbStatement *statement)
{
  RoundsDbSqliteStatement *self = (RoundsDbSqliteStatement *)statement;

  sqlite3_finalize (self->handle);
  g_free (self->parameters);
  g_free (self);
}

void
rounds_db_sqlite_reset (RoundsDbStatement *statement)
{
  RoundsDbSqliteStatement *self = (RoundsDbSqliteStatement *)statement;

  /* The result repeats the last step's error, which that step has reported. */
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_result = SQLITE_OK;
}

static int
find_parameter (RoundsDbStatement *statement, int position)
{
  RoundsDbSqliteStatement *self = (RoundsDbSqliteStatement *)statement;

  if (position >= 1 && position <= self->n_parameters)
    return self->parameters[position - 1];
  g_critical ("No parameter $%d in: %s", position, sqlite3_sql (self->handle));
  return 0;
}

static void
note_bind (RoundsDbStatement *statement, int result)
{
  RoundsDbSqliteStatement *self = (RoundsDbSqliteStatement *)statement;

  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

void
rounds_db_sqlite_bind_text (RoundsDbStatement *statement, int position, const char *text)
{
  int index = find_parameter (statement, position);

  /* A NULL text binds NULL by itself. */
  note_bind (statement, sqlite3_bind_text (HANDLE (statement), index, text, -1, SQLITE_TRANSIENT));
}

void
rounds_db_sqlite_bind_int (RoundsDbStatement *statement, int position, gint64 value)
{
  int index = find_parameter (statement, position);

  note_bind (statement, sqlite3_bind_int64 (HANDLE (statement), index, value));
}

void
rounds_db_sqlite_bind_bytes (RoundsDbStatement *statement, int position, const guint8 *bytes,
                             gsize length)
{
  int index = find_parameter (statement, position);

  note_bind (statement,
             sqlite3_bind_blob64 (HANDLE (statement), index, bytes, length, SQLITE_TRANSIENT));
}

void
rounds_db_sqlite_bind_null (RoundsDbStatement *statement, int position)
{
  int index = find_parameter (statement, position);

  note_bind (statement, sqlite3_bind_null (HANDLE (statement), index));
}

RoundsDbStep
rounds_db_sqlite_step (RoundsDbStatement *statement, GError **error)
{
  RoundsDbSqliteStatement *self = (RoundsDbSqliteStatement *)statement;
  RoundsDbSqlite *sqlite = (RoundsDbSqlite *)statement->db;
  const gboolean was_loud = sqlite->loud;

  sqlite->loud = FALSE;
  int result = self->bind_result != SQLITE_OK ? self->bind_result : sqlite3_step (self->handle);
  /* It is compiled anew, in there, when the schema was changed: by a trigger it may write to more.
   */
  self->loud |= sqlite->loud;
  sqlite->loud = was_loud || self->loud;
  if (result == SQLITE_ROW)
    return ROUNDS_DB_ROW;
  if (result == SQLITE_DONE)
    return ROUNDS_DB_DONE;
  rounds_db_sqlite_set_error (error, ((RoundsDbSqlite *)statement->db)->handle, result);
  return ROUNDS_DB_FAILED;
}

const char *
rounds_db_sqlite_get_text (RoundsDbStatement *statement, int column)
{
  return (const char *)sqlite3_column_text (HANDLE (statement), column);
}

gint64
rounds_db_sqlite_get_int (RoundsDbStatement *statement, int column)
{
  return sqlite3_column_int64 (HANDLE (statement), column);
}

const guint8 *
rounds_db_sqlite_get_bytes (RoundsDbStatement *statement, int column, gsize *length)
{
  /* In this order: asking for the length first may convert the value. */
  const guint8 *bytes = sqlite3_column_blob (HANDLE (statement), column);

  *length = (gsize)sqlite3_column_bytes (HANDLE (statement), column);
  return bytes;
}

gboolean
rounds_db_sqlite_is_null (RoundsDbStatement *statement, int column)
{
  return sqlite3_column_type (HANDLE (statement), column) == SQLITE_NULL;
}
