/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the files of this room share: the SQLite handles behind the opaque types, and error mapping.
 * No other room sees it; a second driver would stand behind the same public header.
 */

#pragma once

#include <sqlite3.h>

#include "rounds-db.h"

G_BEGIN_DECLS

struct _RoundsDb
{
  sqlite3 *handle;
  GHashTable *statements; /* SQL text (owned) → RoundsDbStatement (owned) */
};

struct _RoundsDbStatement
{
  RoundsDb *db; /* borrowed: the connection owns its statements */
  sqlite3_stmt *handle;
  int bind_result; /* the first bind that failed; the next step reports it */
  gboolean in_use; /* from prepare to reset */
};

/* Sets @error for the SQLite result @code of @handle (may be NULL). */
void rounds_db_set_error (GError **error, sqlite3 *handle, int code);

/* Wraps a prepared statement, which it takes. */
RoundsDbStatement *rounds_db_statement_new (RoundsDb *db, sqlite3_stmt *handle);
void rounds_db_statement_free (RoundsDbStatement *self);

G_END_DECLS
