/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the files of the SQLite driver share: the handles behind the opaque types, and errors.
 * Nobody else sees SQLite's types.
 */

#pragma once

#include <sqlite3.h>

#include "rounds-db-driver.h"

G_BEGIN_DECLS

typedef struct
{
  RoundsDb parent;
  sqlite3 *handle;
  gboolean durable; /* what is committed has to be found again at the file's place */
  const volatile guint32 *header; /* of the index of the write-ahead log, or NULL: there is none */
  gboolean header_sought;
  const char *const *quiet_tables; /* or NULL */
  gboolean loud; /* something ran, or was compiled to run, that may write to others */
} RoundsDbSqlite;

typedef struct
{
  RoundsDbStatement parent;
  sqlite3_stmt *handle;
  int n_parameters;
  int *parameters; /* SQLite's number of $N at N − 1 */
  int bind_result; /* the first bind that failed; the next step reports it */
  gboolean loud; /* it may write to other tables than the quiet ones */
} RoundsDbSqliteStatement;

extern const RoundsDbDriver rounds_db_sqlite_driver;

/* Sets @error for the SQLite result @code of @handle (may be NULL). */
void rounds_db_sqlite_set_error (GError **error, sqlite3 *handle, int code);

/* Once in a process, before its first connection. */
void rounds_db_sqlite_keep_pieces (void);

/* See rounds_db_read_stamp(). */
gboolean rounds_db_sqlite_read_stamp (RoundsDb *db, RoundsDbStamp *stamp);

/* Has the connection look at what it compiles; see rounds_db_take_loud(). */
void rounds_db_sqlite_listen (RoundsDbSqlite *self, const char *const *quiet_tables);
gboolean rounds_db_sqlite_take_loud (RoundsDb *db);

/* The driver's functions for statements. */
RoundsDbStatement *rounds_db_sqlite_compile (RoundsDb *db, const char *sql, GError **error);
void rounds_db_sqlite_free_statement (RoundsDbStatement *statement);
void rounds_db_sqlite_reset (RoundsDbStatement *statement);
void rounds_db_sqlite_bind_text (RoundsDbStatement *statement, int position, const char *text);
void rounds_db_sqlite_bind_int (RoundsDbStatement *statement, int position, gint64 value);
void rounds_db_sqlite_bind_bytes (RoundsDbStatement *statement, int position, const guint8 *bytes,
                                  gsize length);
void rounds_db_sqlite_bind_null (RoundsDbStatement *statement, int position);
RoundsDbStep rounds_db_sqlite_step (RoundsDbStatement *statement, GError **error);
const char *rounds_db_sqlite_get_text (RoundsDbStatement *statement, int column);
gint64 rounds_db_sqlite_get_int (RoundsDbStatement *statement, int column);
const guint8 *rounds_db_sqlite_get_bytes (RoundsDbStatement *statement, int column, gsize *length);
gboolean rounds_db_sqlite_is_null (RoundsDbStatement *statement, int column);

G_END_DECLS
