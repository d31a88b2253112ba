/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which database the server works on, a SQLite file or a PostgreSQL server, and connections to it.
 * Schemas are rounds-server-schema.h's, tables the repositories'.
 */

#pragma once

#include "rounds-db-writer.h"

#include "rounds-server-config.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_DATABASE_LOOK, /* only reads; a file that is not there is not made */
  ROUNDS_DATABASE_SERVE, /* a thread of a running server: as LOOK on a file, where all that is
                            written goes through the writer; as WORK on PostgreSQL */
  ROUNDS_DATABASE_WORK,
} RoundsDatabaseUse;

/* A connection of one's own, to whatever schema is there. ROUNDS_DB_ERROR, or
 * ROUNDS_SERVER_ERROR_CONFIG for a PostgreSQL that this build cannot speak to. Blocks. */
RoundsDb *rounds_server_database_open (const RoundsServerConfig *config, RoundsDatabaseUse use,
                                       GError **error);
/* The writer that all of a server's writes go through (rounds_request_write()). Blocks. */
RoundsDbWriter *rounds_server_database_open_writer (const RoundsServerConfig *config,
                                                    guint max_waiting, GError **error);

/* The file's path, or the server and database without a password. (transfer full) */
char *rounds_server_database_describe (const RoundsServerConfig *config);
/* Whether it is a PostgreSQL server. */
gboolean rounds_server_database_is_remote (const RoundsServerConfig *config);
/* Whether there is something to look at: a PostgreSQL server always, a file when it exists. */
gboolean rounds_server_database_exists (const RoundsServerConfig *config);

G_END_DECLS
