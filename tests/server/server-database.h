/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The database of a test of the server: a file, or one of its own in the PostgreSQL server that
 * with-postgres started, where ROUNDS_TEST_DATABASE says "postgres".
 * No schema and no rows are made here; what has some can be copied.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* The URL of a new, empty database that goes when this program ends; NULL when this run is about
 * SQLite. (transfer full) */
char *server_database_make (void);
/* The same of one that stays as long as its server, to be copied by other programs as well. */
char *server_database_make_model (void);
/* The URL of a new database like that of @url, to which nobody may be connected now. (transfer
 * full) */
char *server_database_copy (const char *url);
/* A connection to @url, or to the file @path where that is NULL. */
RoundsDb *server_database_open (const char *url, const char *path);
/* A connection to a new, empty database, in memory or in PostgreSQL. */
RoundsDb *server_database_open_new (void);
/* A connection to a new database that @fill has filled. In PostgreSQL, where that takes a second,
 * it is called once for each @name, by all programs of a run together (ROUNDS_TEST_SHARED), and
 * everybody gets copies: what a name stands for depends on nothing else. */
RoundsDb *server_database_open_filled (const char *name, void (*fill) (RoundsDb *db));
/* The file @path, made and locked against other programs; close() lets go of it. */
int server_database_lock (const char *path);

G_END_DECLS
