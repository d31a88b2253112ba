/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * SQLite's result codes as errors that callers can tell apart, in plain words.
 * It decides nothing about what to do next; store and server do.
 */

#include "config.h"

#include "rounds-db-sqlite-private.h"

#include <errno.h>
#include <string.h>

/* A failed read or write says little by its code; the system's own error number says more. */
static RoundsDbError
classify_io_failure (sqlite3 *handle)
{
  switch (handle != NULL ? sqlite3_system_errno (handle) : 0)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return ROUNDS_DB_ERROR_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
      return ROUNDS_DB_ERROR_READ_ONLY;
    default:
      return ROUNDS_DB_ERROR_OPEN;
    }
}

static RoundsDbError
classify (sqlite3 *handle, int code)
{
  /* A page that the file must have is not in it. */
  if (code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS)
    return ROUNDS_DB_ERROR_DAMAGED;
  switch (code & 0xff)
    {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_IOERR:
      return classify_io_failure (handle);
    case SQLITE_NOTADB:
    case SQLITE_AUTH:
      return ROUNDS_DB_ERROR_KEY;
    case SQLITE_CORRUPT:
      return ROUNDS_DB_ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_PROTOCOL:
      return ROUNDS_DB_ERROR_BUSY;
    case SQLITE_FULL:
      return ROUNDS_DB_ERROR_FULL;
    case SQLITE_READONLY:
      return ROUNDS_DB_ERROR_READ_ONLY;
    case SQLITE_CONSTRAINT:
      return ROUNDS_DB_ERROR_CONSTRAINT;
    default:
      return ROUNDS_DB_ERROR_SQL;
    }
}

static const char *
describe (RoundsDbError kind)
{
  switch (kind)
    {
    case ROUNDS_DB_ERROR_OPEN:
      return "The database file cannot be opened, read or written";
    case ROUNDS_DB_ERROR_KEY:
      return "The file is encrypted with another key or is not a database";
    case ROUNDS_DB_ERROR_DAMAGED:
      return "The database file is damaged";
    case ROUNDS_DB_ERROR_NEWER:
      return "The database was written by a newer version of this program";
    case ROUNDS_DB_ERROR_BUSY:
      return "The database is locked by somebody else";
    case ROUNDS_DB_ERROR_FULL:
      return "There is no space left for the database";
    case ROUNDS_DB_ERROR_READ_ONLY:
      return "The database can only be read";
    case ROUNDS_DB_ERROR_CONSTRAINT:
    case ROUNDS_DB_ERROR_SQL:
    default:
      return "The database refused a statement";
    }
}

/* "UNIQUE constraint failed: users.email" is about "users.email"; a trigger speaks for itself. */
static char *
read_constraint (const char *message, int code)
{
  const char *name = strstr (message, " constraint failed: ");
  gsize length;

  if (code == SQLITE_CONSTRAINT_TRIGGER)
    return g_strdup (message);
  if (name == NULL)
    return NULL;
  name += strlen (" constraint failed: ");
  length = strlen (name);
  /* An index over expressions is named instead of columns. */
  if (g_str_has_prefix (name, "index '") && length > 8)
    return g_strndup (name + 7, length - 8);
  return g_strndup (name, length);
}

/* Security: SQLite's own text is passed on only where it cannot hold a bound value: constraints
 * name tables, columns or the text of a trigger's RAISE. The text of other errors may quote what
 * somebody typed (FTS5 quotes the query), so those get a fixed sentence and SQLite's name of the
 * code. */
void
rounds_db_sqlite_set_error (GError **error, sqlite3 *handle, int code)
{
  RoundsDbError kind = classify (handle, code);

  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits for it any more");
  else if (kind == ROUNDS_DB_ERROR_CONSTRAINT && handle != NULL)
    {
      const char *message = sqlite3_errmsg (handle);
      g_autofree char *constraint = read_constraint (message, code);

      rounds_db_set_error (error, kind, message, constraint, FALSE);
    }
  else if (kind == ROUNDS_DB_ERROR_SQL || kind == ROUNDS_DB_ERROR_OPEN)
    g_set_error (error, ROUNDS_DB_ERROR, kind, "%s (%s)", describe (kind), sqlite3_errstr (code));
  else
    g_set_error_literal (error, ROUNDS_DB_ERROR, kind, describe (kind));
}
