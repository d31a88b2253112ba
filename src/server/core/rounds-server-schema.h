/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server's schema: the numbered files of sql/, compiled in.
 * What is in the tables is the repositories' business.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* Brings @db to the newest schema; see rounds_db_migrate() for the errors. */
gboolean rounds_server_schema_migrate (RoundsDb *db, GError **error);
/* The same up to the schema of @version, as an older roundsd had it. */
gboolean rounds_server_schema_migrate_to (RoundsDb *db, int version, GError **error);
/* The number of the newest migration of this program. */
int rounds_server_schema_get_version (void);

G_END_DECLS
