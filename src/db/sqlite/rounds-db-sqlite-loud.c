/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which tables a statement may write to, as SQLite itself says while it compiles it: with what its
 * triggers and foreign keys do. It forbids nothing.
 */

#include "config.h"

#include "rounds-db-sqlite-private.h"

#include <string.h>

static gboolean
is_quiet_table (const RoundsDbSqlite *self, const char *table)
{
  for (const char *const *quiet = self->quiet_tables; *quiet != NULL; quiet++)
    {
      if (strcmp (*quiet, table) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What SQLite asks an authorizer for (https://www.sqlite.org/c3ref/c_alter_table.html). What is not
 * known here is loud: the schema, PRAGMAs, other files, whatever comes with a later SQLite. */
static gboolean
is_quiet (const RoundsDbSqlite *self, int action, const char *object)
{
  switch (action)
    {
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
      return is_quiet_table (self, object);
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return TRUE;
    default:
      return FALSE;
    }
}

static int
authorize (void *data, int action, const char *first, const char *second, const char *database,
           const char *trigger)
{
  RoundsDbSqlite *self = data;

  if (!is_quiet (self, action, first))
    self->loud = TRUE;
  return SQLITE_OK;
}

void
rounds_db_sqlite_listen (RoundsDbSqlite *self, const char *const *quiet_tables)
{
  self->quiet_tables = quiet_tables;
  self->loud = TRUE;
  if (quiet_tables != NULL)
    sqlite3_set_authorizer (self->handle, authorize, self);
}

gboolean
rounds_db_sqlite_take_loud (RoundsDb *db)
{
  RoundsDbSqlite *self = (RoundsDbSqlite *)db;
  gboolean loud = self->loud;

  self->loud = self->quiet_tables == NULL;
  return loud;
}
