/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * SQL as a tool: a connection, its cached statements, transactions and migrations, the same for
 * every driver. SQLite is opened here, PostgreSQL by rounds-db-postgres.h.
 * It knows no table of ours. A connection belongs to one thread at a time.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-clock.h"

G_BEGIN_DECLS

#define ROUNDS_DB_ERROR (rounds_db_error_quark ())
GQuark rounds_db_error_quark (void);

typedef enum
{
  ROUNDS_DB_ERROR_OPEN = 1, /* cannot be opened, created, read or written; or the server is gone */
  ROUNDS_DB_ERROR_KEY, /* encrypted with another key, or not a database at all; or the server does
                          not let us in */
  ROUNDS_DB_ERROR_DAMAGED, /* its pages contradict each other */
  ROUNDS_DB_ERROR_NEWER, /* its schema is newer than this program's */
  ROUNDS_DB_ERROR_BUSY, /* somebody else kept it locked too long; it may work later */
  ROUNDS_DB_ERROR_FULL, /* no space left */
  ROUNDS_DB_ERROR_READ_ONLY,
  ROUNDS_DB_ERROR_CONSTRAINT, /* unique, foreign key, check, or a trigger's RAISE (its text is the
                                 message) */
  ROUNDS_DB_ERROR_SQL, /* anything else: a defect of ours */
} RoundsDbError;

/* Which rule refused a row: the name of the constraint, "table.column" where SQLite names the
 * column instead, or the text of a trigger's RAISE. NULL for other errors and where the database
 * does not say (SQLite's foreign keys). */
const char *rounds_db_error_get_constraint (const GError *error);
/* Whether the same transaction may well succeed when it is run again: two of them met in an
 * unlucky order and the database undid this one. */
gboolean rounds_db_error_can_retry (const GError *error);

/* Whose SQL a connection speaks, for the few texts that cannot be the same. */
typedef enum
{
  ROUNDS_DB_DIALECT_SQLITE,
  ROUNDS_DB_DIALECT_POSTGRES,
} RoundsDbDialect;

typedef struct _RoundsDb RoundsDb;
typedef struct _RoundsDbStatement RoundsDbStatement;

typedef struct
{
  const char *path; /* file, or ":memory:" */
  const guint8 *key; /* 32 raw bytes for SQLCipher, or NULL for a plain file (the server's) */
  gboolean full_sync; /* synchronous=FULL: a commit outlives the power, too; otherwise NORMAL. And
                         none is made to a file that was removed or replaced: READ_ONLY */
  gboolean read_only;
  gboolean untouched; /* with read_only: nothing is made or locked beside the file either, so that
                         it opens on a disk that is full or can only be read; nobody else may have
                         it open */
  gboolean salvage; /* only to read what can be read of a file that is damaged or was cut short */
  int busy_timeout_ms; /* 0 = 5000 */
  int cache_kib; /* memory for pages; 0 = 2000 */
  const char *const *quiet_tables; /* NULL, or names up to NULL, static: what is written to these
                                      only is not told by rounds_db_take_loud() */
} RoundsDbOptions;

/* Opens (creating it, mode 0600) a SQLite/SQLCipher file in WAL mode with foreign keys on. */
RoundsDb *rounds_db_open (const RoundsDbOptions *options, GError **error);
void rounds_db_close (RoundsDb *self);
RoundsDbDialect rounds_db_get_dialect (RoundsDb *self);

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

/* Until the next call, statements stop with G_IO_ERROR_CANCELLED soon after @cancellable (borrowed;
 * NULL: no longer) was cancelled. PostgreSQL runs them to their end. */
void rounds_db_watch (RoundsDb *self, GCancellable *cancellable);

/* Rows changed by the last statement that ran. */
int rounds_db_get_changes (RoundsDb *self);

/* A transaction that may write. begin fails with BUSY after the time-out; a failed commit has
 * rolled back. See rounds_db_begin() for what other transactions may do meanwhile. */
gboolean rounds_db_begin (RoundsDb *self, GError **error);
gboolean rounds_db_commit (RoundsDb *self, GError **error);
void rounds_db_rollback (RoundsDb *self);
/* A transaction that only reads, and sees one moment throughout; ends with commit or rollback. */
gboolean rounds_db_begin_read (RoundsDb *self, GError **error);

/* A part of a transaction that can fail alone; they nest. Every savepoint ends with release or
 * undo. */
gboolean rounds_db_savepoint (RoundsDb *self, GError **error);
gboolean rounds_db_release (RoundsDb *self, GError **error);
gboolean rounds_db_undo (RoundsDb *self, GError **error);

/* Keeps out every other transaction that locks the same @name, until the end of this one. */
gboolean rounds_db_lock (RoundsDb *self, const char *name, GError **error);

/* One numbered step of a schema; sql comes from a .sql file in the binary's resources or an array.
 */
typedef struct
{
  int version; /* 1, 2, 3 … without a gap */
  const char *sql;
} RoundsDbMigration;

/* Brings the schema to the last version, each step in one exclusive transaction; the version stands
 * in the database. Refuses a newer one with ROUNDS_DB_ERROR_NEWER and changes nothing. */
gboolean rounds_db_migrate (RoundsDb *self, const RoundsDbMigration *migrations, gsize n_migrations,
                            GError **error);
/* The version of the schema, 0 for an empty database. */
gboolean rounds_db_get_version (RoundsDb *self, gint64 *version, GError **error);
/* Changes with each commit, whoever makes it; what it says means nothing else. */
typedef struct
{
  guint32 words[12];
} RoundsDbStamp;

/* Two stamps that are the same: nothing was committed between the two readings, so what was read
 * from the database after the first and before the second still holds. Costs no more than looking
 * at memory. FALSE where there is no such thing (PostgreSQL, a database in memory). The first call
 * is the connection's thread's; from then on any thread may, until the connection is closed. */
gboolean rounds_db_read_stamp (RoundsDb *self, RoundsDbStamp *stamp);

/* Whether @after is what the very next commit after @before left. */
gboolean rounds_db_stamp_is_next (const RoundsDbStamp *before, const RoundsDbStamp *after);

/* Whether anything ran on this connection since the last call that may write to another table than
 * the quiet ones: by itself, by a trigger or a foreign key, or to the schema. TRUE where nobody
 * looks (PostgreSQL, no quiet_tables). */
gboolean rounds_db_take_loud (RoundsDb *self);

/* Nobody will ask for a while: gives back what is only kept to be faster, pages and compiled
 * statements. Not while a statement of it is in use or a transaction is open. PostgreSQL's server
 * keeps those: nothing. */
void rounds_db_rest (RoundsDb *self);
/* The same for a connection that is asked now and then: what it knows of the schema goes as well,
 * which is as much again, and half a millisecond to read anew. */
void rounds_db_sleep (RoundsDb *self);

/* SQLite: PRAGMA integrity_check; FALSE with ROUNDS_DB_ERROR_DAMAGED. PostgreSQL: whether it
 * answers. */
gboolean rounds_db_check (RoundsDb *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDb, rounds_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDbStatement, rounds_db_statement_reset)

G_END_DECLS
