/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * PostgreSQL behind rounds-db.h: opening a connection. All else is as on SQLite, as far as the SQL
 * is the same and columns are TEXT, BIGINT (0 and 1 for truth, µs for moments) and BYTEA; a
 * parameter for another type says so: CAST ($1 AS jsonb).
 * Only the server uses it, and libpq is loaded with the first of these that is called.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

typedef struct
{
  const char *url; /* postgresql://… or host=… dbname=… as libpq reads it, PG… variables too */
  gboolean read_only;
  int busy_timeout_ms; /* how long to wait for a lock; 0 = 5000 */
  int statement_timeout_ms; /* how long one statement may take; 0 = 30000 */
} RoundsDbPostgresOptions;

RoundsDb *rounds_db_postgres_open (const RoundsDbPostgresOptions *options, GError **error);

/* Whether a database setting names a PostgreSQL server rather than a file. */
gboolean rounds_db_postgres_is_url (const char *text);
/* "postgresql://user@host:5432/name" for people to read: without password and parameters. */
char *rounds_db_postgres_describe (const char *url);

G_END_DECLS
