/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * PostgreSQL's prepared statements: typed parameters out, rows of text in.
 * Arguments have been checked in rounds-db-statement.c.
 */

#include "config.h"

#include "rounds-db-postgres-private.h"

#include <string.h>

/* Of pg_type.h, which only servers' own code includes. They never change. */
#define TYPE_BOOL 16
#define TYPE_BYTES 17
#define TYPE_INT 20
#define TYPE_TEXT 25

typedef struct
{
  RoundsDbStatement parent;
  char *sql;
  char name[16];
  guint generation; /* of the connection that knows the name; 0: none does */

  int n_parameters;
  Oid *types; /* that the statement was prepared with; 0: left to the server */
  Oid *bound; /* that were bound since the last reset; 0: none */
  gsize *offsets; /* of the value in bytes; G_MAXSIZE: NULL */
  int *lengths;
  int *formats; /* 0: text, 1: binary */
  const char **values; /* room for what libpq wants to have */
  GByteArray *bytes; /* all values, each with a NUL behind it */

  PGresult *result; /* of the running statement */
  int row;
  GPtrArray *decoded; /* bytes of the current row, as asked for */
} Statement;

/* The end of the quoted text or the comment that begins at @p; NULL when none begins there. */
static const char *
skip_quoted (const char *p)
{
  const char *end;

  if (*p == '\'' || *p == '"')
    end = strchr (p + 1, *p);
  else if (p[0] == '-' && p[1] == '-')
    end = strchr (p, '\n');
  else if (p[0] == '/' && p[1] == '*')
    end = strstr (p + 2, "*/");
  else
    return NULL;
  return end != NULL ? end : p + strlen (p) - 1;
}

/* The largest N of "$N" outside of quotes and comments. */
static int
count_parameters (const char *sql)
{
  int count = 0;

  for (const char *p = sql; *p != '\0'; p++)
    {
      const char *end = skip_quoted (p);

      if (end != NULL)
        p = end;
      else if (*p == '$')
        count = MAX (count, (int)CLAMP (g_ascii_strtoll (p + 1, NULL, 10), 0, G_MAXUINT16));
    }
  return count;
}

RoundsDbStatement *
rounds_db_postgres_compile (RoundsDb *db, const char *sql, GError **error)
{
  Statement *self = g_new0 (Statement, 1);
  int n = count_parameters (sql);

  rounds_db_statement_init (&self->parent, db);
  self->sql = g_strdup (sql);
  self->n_parameters = n;
  self->types = g_new0 (Oid, n);
  self->bound = g_new0 (Oid, n);
  self->offsets = g_new (gsize, n);
  self->lengths = g_new0 (int, n);
  self->formats = g_new0 (int, n);
  self->values = g_new0 (const char *, n);
  self->bytes = g_byte_array_new ();
  self->decoded = g_ptr_array_new_with_free_func (rounds_libpq.PQfreemem);
  for (int i = 0; i < n; i++)
    self->offsets[i] = G_MAXSIZE;
  return &self->parent;
}

/* The server's part of a statement that nobody needs any more. */
static void
drop_prepared (Statement *self)
{
  RoundsDbPostgres *db = (RoundsDbPostgres *)self->parent.db;

  if (self->generation != db->generation || db->connection == NULL)
    return;
  self->generation = 0;
  rounds_libpq.PQclear (rounds_db_postgres_finish (
      db, rounds_libpq.PQsendClosePrepared (db->connection, self->name), NULL, NULL));
}

void
rounds_db_postgres_free_statement (RoundsDbStatement *statement)
{
  Statement *self = (Statement *)statement;

  drop_prepared (self);
  rounds_libpq.PQclear (self->result);
  g_ptr_array_unref (self->decoded);
  g_byte_array_unref (self->bytes);
  g_free (self->values);
  g_free (self->formats);
  g_free (self->lengths);
  g_free (self->offsets);
  g_free (self->bound);
  g_free (self->types);
  g_free (self->sql);
  g_free (self);
}

void
rounds_db_postgres_reset (RoundsDbStatement *statement)
{
  Statement *self = (Statement *)statement;

  g_clear_pointer (&self->result, rounds_libpq.PQclear);
  g_ptr_array_set_size (self->decoded, 0);
  g_byte_array_set_size (self->bytes, 0);
  for (int i = 0; i < self->n_parameters; i++)
    {
      self->bound[i] = 0;
      self->offsets[i] = G_MAXSIZE;
    }
}

/* @bytes NULL binds NULL. */
static void
bind_value (RoundsDbStatement *statement, int position, Oid type, const void *bytes, gsize length)
{
  Statement *self = (Statement *)statement;
  int i = position - 1;

  if (position < 1 || position > self->n_parameters)
    {
      g_critical ("No parameter $%d in: %s", position, self->sql);
      return;
    }
  g_return_if_fail (length <= G_MAXINT);
  self->bound[i] = type;
  self->offsets[i] = bytes != NULL ? self->bytes->len : G_MAXSIZE;
  self->lengths[i] = (int)length;
  self->formats[i] = type == TYPE_BYTES;
  if (bytes == NULL)
    return;
  g_byte_array_append (self->bytes, bytes, (guint)length);
  g_byte_array_append (self->bytes, (const guint8 *)"", 1);
}

void
rounds_db_postgres_bind_text (RoundsDbStatement *statement, int position, const char *text)
{
  bind_value (statement, position, TYPE_TEXT, text, text != NULL ? strlen (text) : 0);
}

void
rounds_db_postgres_bind_int (RoundsDbStatement *statement, int position, gint64 value)
{
  char digits[24];
  int length = g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);

  bind_value (statement, position, TYPE_INT, digits, (gsize)length);
}

void
rounds_db_postgres_bind_no_int (RoundsDbStatement *statement, int position)
{
  bind_value (statement, position, TYPE_INT, NULL, 0);
}

void
rounds_db_postgres_bind_bytes (RoundsDbStatement *statement, int position, const guint8 *bytes,
                               gsize length)
{
  bind_value (statement, position, TYPE_BYTES, bytes, length);
}

void
rounds_db_postgres_bind_null (RoundsDbStatement *statement, int position)
{
  bind_value (statement, position, 0, NULL, 0);
}

/* Whether what was prepared fits what is bound. A NULL without a type fits all. */
static gboolean
types_fit (const Statement *self)
{
  for (int i = 0; i < self->n_parameters; i++)
    if (self->bound[i] != 0 && self->bound[i] != self->types[i])
      return FALSE;
  return TRUE;
}

/* With the types of the values rather than of what they meet in the SQL: `$1 * 60000000` would be
 * reckoned in 32 bits otherwise. */
static gboolean
prepare_on_server (Statement *self, RoundsDbPostgres *db, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  if (self->generation == db->generation && types_fit (self))
    return TRUE;
  drop_prepared (self);
  if (!rounds_db_postgres_make_ready (db, error))
    return FALSE;
  for (int i = 0; i < self->n_parameters; i++)
    if (self->bound[i] != 0)
      self->types[i] = self->bound[i];
  g_snprintf (self->name, sizeof self->name, "s%u", ++db->n_names);
  result = rounds_db_postgres_finish (db,
                                      rounds_libpq.PQsendPrepare (db->connection, self->name,
                                                                  self->sql, self->n_parameters,
                                                                  self->types),
                                      NULL, error);
  if (result != NULL)
    self->generation = db->generation;
  return result != NULL;
}

static PGresult *
execute_once (Statement *self, RoundsDbPostgres *db, char *sqlstate, GError **error)
{
  sqlstate[0] = '\0';
  if (!rounds_db_postgres_make_ready (db, error) || !prepare_on_server (self, db, error))
    return NULL;
  for (int i = 0; i < self->n_parameters; i++)
    self->values[i]
        = self->offsets[i] == G_MAXSIZE ? NULL : (char *)self->bytes->data + self->offsets[i];
  return rounds_db_postgres_finish (
      db,
      rounds_libpq.PQsendQueryPrepared (db->connection, self->name, self->n_parameters,
                                        self->values, self->lengths, self->formats, 0),
      sqlstate, error);
}

static void
note_changes (RoundsDbPostgres *db, PGresult *result)
{
  const char *tag = rounds_libpq.PQcmdStatus (result);

  if (g_str_has_prefix (tag, "INSERT") || g_str_has_prefix (tag, "UPDATE")
      || g_str_has_prefix (tag, "DELETE"))
    db->changes = atoi (rounds_libpq.PQcmdTuples (result));
}

static gboolean
execute (Statement *self, GError **error)
{
  RoundsDbPostgres *db = (RoundsDbPostgres *)self->parent.db;
  g_autoptr (GError) reason = NULL;
  char sqlstate[6];

  self->row = -1;
  self->result = execute_once (self, db, sqlstate, &reason);
  if (self->result == NULL && rounds_db_postgres_is_stale (sqlstate))
    {
      /* It has not run. Inside a transaction, that is lost and the caller has to begin again. */
      drop_prepared (self);
      self->generation = 0;
      if (!db->in_transaction)
        {
          g_clear_error (&reason);
          self->result = execute_once (self, db, sqlstate, &reason);
        }
    }
  if (self->result == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (rounds_libpq.PQresultStatus (self->result) == PGRES_EMPTY_QUERY)
    {
      g_clear_pointer (&self->result, rounds_libpq.PQclear);
      g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL,
                           "The database does not understand a statement (it is empty)");
      return FALSE;
    }
  note_changes (db, self->result);
  return TRUE;
}

RoundsDbStep
rounds_db_postgres_step (RoundsDbStatement *statement, GError **error)
{
  Statement *self = (Statement *)statement;

  if (self->result == NULL && !execute (self, error))
    return ROUNDS_DB_FAILED;
  g_ptr_array_set_size (self->decoded, 0);
  if (self->row + 1 >= rounds_libpq.PQntuples (self->result))
    return ROUNDS_DB_DONE;
  self->row++;
  return ROUNDS_DB_ROW;
}

gboolean
rounds_db_postgres_is_null (RoundsDbStatement *statement, int column)
{
  Statement *self = (Statement *)statement;

  return self->result == NULL || self->row < 0
         || rounds_libpq.PQgetisnull (self->result, self->row, column) != 0;
}

const char *
rounds_db_postgres_get_text (RoundsDbStatement *statement, int column)
{
  Statement *self = (Statement *)statement;
  const char *text;

  if (rounds_db_postgres_is_null (statement, column))
    return NULL;
  text = rounds_libpq.PQgetvalue (self->result, self->row, column);
  /* Truth is 1 or 0, as on SQLite. */
  if (rounds_libpq.PQftype (self->result, column) == TYPE_BOOL)
    return *text == 't' ? "1" : "0";
  return text;
}

gint64
rounds_db_postgres_get_int (RoundsDbStatement *statement, int column)
{
  const char *text = rounds_db_postgres_get_text (statement, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

const guint8 *
rounds_db_postgres_get_bytes (RoundsDbStatement *statement, int column, gsize *length)
{
  Statement *self = (Statement *)statement;
  const char *text = rounds_db_postgres_get_text (statement, column);
  guint8 *bytes;

  *length = 0;
  if (text == NULL)
    return NULL;
  if (rounds_libpq.PQftype (self->result, column) != TYPE_BYTES)
    {
      *length = strlen (text);
      return *length > 0 ? (const guint8 *)text : NULL;
    }
  bytes = rounds_libpq.PQunescapeBytea ((const guint8 *)text, length);
  g_assert (bytes != NULL);
  g_ptr_array_add (self->decoded, bytes);
  return *length > 0 ? bytes : NULL;
}
