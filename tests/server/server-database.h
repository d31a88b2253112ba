/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The database of a test of the server: a file, or one of its own in the PostgreSQL server that
 * with-postgres started, where ROUNDS_TEST_DATABASE says "postgres".
 * No schema and no rows are made here.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* The URL of a new, empty database; NULL when this run is about SQLite. (transfer full) */
char *server_database_make (void);
/* A connection to @url, or to the file @path where that is NULL. */
RoundsDb *server_database_open (const char *url, const char *path);
/* A connection to a new, empty database, in memory or in PostgreSQL. */
RoundsDb *server_database_open_new (void);

G_END_DECLS
