/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a driver has to do, and what stands at the head of its connections and statements.
 * Only drivers and the files of this room see it; everybody else has rounds-db.h.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-db.h"

G_BEGIN_DECLS

/* What transactions consist of; a driver has one SQL text for each. */
typedef enum
{
  ROUNDS_DB_VERB_BEGIN,
  ROUNDS_DB_VERB_BEGIN_READ,
  ROUNDS_DB_VERB_COMMIT,
  ROUNDS_DB_VERB_ROLLBACK,
  ROUNDS_DB_VERB_SAVEPOINT,
  ROUNDS_DB_VERB_RELEASE,
  ROUNDS_DB_VERB_UNDO, /* back to the savepoint, which stays */
  ROUNDS_DB_N_VERBS,
} RoundsDbVerb;

/* Arguments are checked before a driver sees them. Every FALSE comes with a ROUNDS_DB_ERROR. */
typedef struct
{
  RoundsDbDialect dialect;

  /* Frees the connection, and its statements by rounds_db_clear(). */
  void (*close) (RoundsDb *db);
  gboolean (*exec) (RoundsDb *db, const char *sql, GError **error);
  gboolean (*transact) (RoundsDb *db, RoundsDbVerb verb, GError **error);
  /* Whether a transaction is open, also one that can only be rolled back. */
  gboolean (*in_transaction) (RoundsDb *db);
  int (*get_changes) (RoundsDb *db);
  gboolean (*lock) (RoundsDb *db, const char *name, GError **error);
  gboolean (*check) (RoundsDb *db, GError **error);
  /* NULL where a statement cannot be stopped half-way. @cancellable: (nullable): borrowed. */
  void (*watch) (RoundsDb *db, GCancellable *cancellable);

  /* NULL where only the server knows. See rounds_db_read_stamp(). */
  gboolean (*read_stamp) (RoundsDb *db, RoundsDbStamp *stamp);

  /* NULL where nobody looks. */
  gboolean (*take_loud) (RoundsDb *db);

  /* NULL where the server keeps what is large. */
  void (*rest) (RoundsDb *db, gboolean schema); /* @schema: forgets that as well */

  /* A transaction that keeps other migrations out until its COMMIT or ROLLBACK. */
  gboolean (*begin_migration) (RoundsDb *db, GError **error);
  gboolean (*read_version) (RoundsDb *db, gint64 *version, GError **error);
  gboolean (*write_version) (RoundsDb *db, int version, GError **error);

  RoundsDbStatement *(*compile) (RoundsDb *db, const char *sql, GError **error);
  void (*free_statement) (RoundsDbStatement *statement);
  void (*reset) (RoundsDbStatement *statement);
  void (*bind_text) (RoundsDbStatement *statement, int position, const char *text);
  void (*bind_int) (RoundsDbStatement *statement, int position, gint64 value);
  /* A NULL among numbers. */
  void (*bind_no_int) (RoundsDbStatement *statement, int position);
  void (*bind_bytes) (RoundsDbStatement *statement, int position, const guint8 *bytes,
                      gsize length);
  void (*bind_null) (RoundsDbStatement *statement, int position);
  RoundsDbStep (*step) (RoundsDbStatement *statement, GError **error);
  const char *(*get_text) (RoundsDbStatement *statement, int column);
  gint64 (*get_int) (RoundsDbStatement *statement, int column);
  const guint8 *(*get_bytes) (RoundsDbStatement *statement, int column, gsize *length);
  gboolean (*is_null) (RoundsDbStatement *statement, int column);
} RoundsDbDriver;

/* The first member of a driver's connection. */
struct _RoundsDb
{
  const RoundsDbDriver *driver;
  GHashTable *statements; /* SQL text (owned) → RoundsDbStatement (owned) */
  GHashTable *lately; /* address of an SQL text → RoundsDbStatement (borrowed): a hint */
  gboolean fixed; /* somebody else's transaction is open: begin and commit are refused */
};

/* The first member of a driver's statement. */
struct _RoundsDbStatement
{
  const RoundsDbDriver *driver;
  RoundsDb *db; /* borrowed: the connection owns its statements */
  const char *sql; /* borrowed: the key under which the connection has it */
  gboolean in_use; /* from prepare to reset */
};

/* Prepares a new connection's head. */
void rounds_db_init (RoundsDb *self, const RoundsDbDriver *driver);
/* Frees the statements. */
void rounds_db_clear (RoundsDb *self);
/* Prepares a new statement's head. */
void rounds_db_statement_init (RoundsDbStatement *self, RoundsDb *db);

/* An error with more in it than a message. @constraint: (nullable): what
 * rounds_db_error_get_constraint() answers. */
void rounds_db_set_error (GError **error, RoundsDbError kind, const char *message,
                          const char *constraint, gboolean can_retry);

G_END_DECLS
