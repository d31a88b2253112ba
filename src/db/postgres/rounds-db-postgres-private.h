/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the files of the PostgreSQL driver share: the connection, one exchange on it, and errors.
 * Nobody else sees libpq's types.
 */

#pragma once

#include "rounds-db-driver.h"
#include "rounds-db-postgres-target.h"

G_BEGIN_DECLS

typedef struct
{
  RoundsDb parent;
  RoundsDbPostgresTarget *target;
  char *settings; /* SQL for each new connection */
  PGconn *connection; /* NULL: lost, or never had */
  guint generation; /* counts connections: what was prepared on an older one is gone */
  guint n_names; /* of prepared statements */
  gint64 patience; /* µs for one answer, longer than the server's own time-out */
  gboolean in_transaction; /* as the caller sees it, even when the connection is lost */
  gboolean migrating; /* a migration takes the time that it takes */
  int changes;
} RoundsDbPostgres;

/* One exchange. All of these hold the connection that they find; only make_ready and begin may
 * replace a lost one. */

/* Makes sure that there is a connection, a new one when the old one is gone and no transaction goes
 * with it. */
gboolean rounds_db_postgres_make_ready (RoundsDbPostgres *self, GError **error);
/* Takes what a PQsend… function said and waits for the answer. (transfer full): the last result, or
 * NULL with a ROUNDS_DB_ERROR. @sqlstate: (out) (optional): 6 bytes, empty when there is none */
PGresult *
rounds_db_postgres_finish (RoundsDbPostgres *self, int sent, char *sqlstate, GError **error);
/* PQsendQuery and rounds_db_postgres_finish(). (transfer full) */
PGresult *rounds_db_postgres_query (RoundsDbPostgres *self, const char *sql, GError **error);
void rounds_db_postgres_disconnect (RoundsDbPostgres *self);

/* Sets @error for a failed @result. */
void rounds_db_postgres_set_error (GError **error, const PGresult *result);
void rounds_db_postgres_set_lost (GError **error);
/* Whether a prepared statement is no longer what it was (dropped, or its tables were altered): it
 * has not run, and can be prepared anew. */
gboolean rounds_db_postgres_is_stale (const char *sqlstate);

/* The driver's functions for statements. */
RoundsDbStatement *rounds_db_postgres_compile (RoundsDb *db, const char *sql, GError **error);
void rounds_db_postgres_free_statement (RoundsDbStatement *statement);
void rounds_db_postgres_reset (RoundsDbStatement *statement);
void rounds_db_postgres_bind_text (RoundsDbStatement *statement, int position, const char *text);
void rounds_db_postgres_bind_int (RoundsDbStatement *statement, int position, gint64 value);
void rounds_db_postgres_bind_no_int (RoundsDbStatement *statement, int position);
void rounds_db_postgres_bind_bytes (RoundsDbStatement *statement, int position, const guint8 *bytes,
                                    gsize length);
void rounds_db_postgres_bind_null (RoundsDbStatement *statement, int position);
RoundsDbStep rounds_db_postgres_step (RoundsDbStatement *statement, GError **error);
const char *rounds_db_postgres_get_text (RoundsDbStatement *statement, int column);
gint64 rounds_db_postgres_get_int (RoundsDbStatement *statement, int column);
const guint8 *
rounds_db_postgres_get_bytes (RoundsDbStatement *statement, int column, gsize *length);
gboolean rounds_db_postgres_is_null (RoundsDbStatement *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, rounds_libpq.PQclear)

G_END_DECLS
