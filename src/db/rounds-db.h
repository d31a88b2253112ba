/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * SQL as a tool: a connection, its cached statements, transactions and migrations.
 * It knows no table of ours. A connection belongs to one thread at a time.
 */

#pragma once

#include <glib-object.h>

#include "rounds-clock.h"

G_BEGIN_DECLS

#define ROUNDS_DB_ERROR (rounds_db_error_quark ())
GQuark rounds_db_error_quark (void);

typedef enum
{
  ROUNDS_DB_ERROR_OPEN = 1, /* cannot be opened, created, read or written */
  ROUNDS_DB_ERROR_KEY, /* encrypted with another key, or not a database at all */
  ROUNDS_DB_ERROR_DAMAGED, /* its pages contradict each other */
  ROUNDS_DB_ERROR_NEWER, /* its schema is newer than this program's */
  ROUNDS_DB_ERROR_BUSY, /* somebody else kept it locked too long */
  ROUNDS_DB_ERROR_FULL, /* no space left */
  ROUNDS_DB_ERROR_READ_ONLY,
  ROUNDS_DB_ERROR_CONSTRAINT, /* unique, foreign key, check, or a trigger's RAISE (its text is the
                                 message) */
  ROUNDS_DB_ERROR_SQL, /* anything else: a defect of ours */
} RoundsDbError;

typedef struct _RoundsDb RoundsDb;
typedef struct _RoundsDbStatement RoundsDbStatement;

typedef struct
{
  const char *path; /* file, or ":memory:" */
  const guint8 *key; /* 32 raw bytes for SQLCipher, or NULL for a plain file (the server's) */
  gboolean full_sync; /* synchronous=FULL (server) instead of NORMAL (cache) */
  gboolean read_only;
  int busy_timeout_ms; /* 0 = 5000 */
} RoundsDbOptions;

/* Opens (creating it, mode 0600) a SQLite/SQLCipher file in WAL mode with foreign keys on. */
RoundsDb *rounds_db_open (const RoundsDbOptions *options, GError **error);
void rounds_db_close (RoundsDb *self);

/* Runs one or more statements that return nothing. */
gboolean rounds_db_exec (RoundsDb *self, const char *sql, GError **error);

/* A statement for @sql with $1, $2… parameters, prepared once per connection and kept. Borrowed
 * from the connection; reset it (or let g_autoptr do so) before the same SQL is asked for again. */
RoundsDbStatement *rounds_db_prepare (RoundsDb *self, const char *sql, GError **error);
void rounds_db_statement_reset (RoundsDbStatement *self);

/* Positions count from 1; text and bytes are copied; NULL text and ROUNDS_TIME_NONE bind NULL. */
void rounds_db_bind_text (RoundsDbStatement *self, int position, const char *text);
void rounds_db_bind_int (RoundsDbStatement *self, int position, gint64 value);
void rounds_db_bind_time (RoundsDbStatement *self, int position, gint64 moment);
void
rounds_db_bind_bytes (RoundsDbStatement *self, int position, const guint8 *bytes, gsize length);
void rounds_db_bind_null (RoundsDbStatement *self, int position);

typedef enum
{
  ROUNDS_DB_ROW,
  ROUNDS_DB_DONE,
  ROUNDS_DB_FAILED, /* error is set */
} RoundsDbStep;

RoundsDbStep rounds_db_step (RoundsDbStatement *self, GError **error);
/* Steps to the end, ignoring rows, and resets. */
gboolean rounds_db_run (RoundsDbStatement *self, GError **error);

/* Columns count from 0; borrowed until the next step or reset. NULL columns: NULL, 0, TIME_NONE. */
const char *rounds_db_get_text (RoundsDbStatement *self, int column);
gint64 rounds_db_get_int (RoundsDbStatement *self, int column);
gint64 rounds_db_get_time (RoundsDbStatement *self, int column);
const guint8 *rounds_db_get_bytes (RoundsDbStatement *self, int column, gsize *length);
gboolean rounds_db_is_null (RoundsDbStatement *self, int column);

/* Rows changed by the last statement that ran. */
int rounds_db_get_changes (RoundsDb *self);

/* BEGIN IMMEDIATE … COMMIT. begin fails with BUSY after the time-out; a failed commit has rolled
 * back. */
gboolean rounds_db_begin (RoundsDb *self, GError **error);
gboolean rounds_db_commit (RoundsDb *self, GError **error);
void rounds_db_rollback (RoundsDb *self);

/* One numbered step of a schema; sql comes from a .sql file in the binary's resources or an array.
 */
typedef struct
{
  int version; /* 1, 2, 3 … without a gap */
  const char *sql;
} RoundsDbMigration;

/* Brings the schema to the last version, each step in one exclusive transaction; the version stands
 * in PRAGMA user_version. Refuses a newer file with ROUNDS_DB_ERROR_NEWER and changes nothing. */
gboolean rounds_db_migrate (RoundsDb *self, const RoundsDbMigration *migrations, gsize n_migrations,
                            GError **error);
/* PRAGMA integrity_check; FALSE with ROUNDS_DB_ERROR_DAMAGED. */
gboolean rounds_db_check (RoundsDb *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDb, rounds_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDbStatement, rounds_db_statement_reset)

G_END_DECLS
