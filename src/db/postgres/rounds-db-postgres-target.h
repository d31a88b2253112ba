/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where a PostgreSQL server is and how it is spoken to: a URL and our defaults, ready to connect
 * again and again.
 * It holds no connection.
 */

#pragma once

#include "rounds-db-postgres.h"
#include "rounds-libpq.h"

G_BEGIN_DECLS

typedef struct _RoundsDbPostgresTarget RoundsDbPostgresTarget;

RoundsDbPostgresTarget *
rounds_db_postgres_target_new (const RoundsDbPostgresOptions *options, GError **error);
void rounds_db_postgres_target_free (RoundsDbPostgresTarget *self);
/* Blocks for some seconds at most for each host. (transfer full): a connection that is ready, in
 * non-blocking mode, or NULL with ROUNDS_DB_ERROR_OPEN or _KEY. */
PGconn *rounds_db_postgres_target_connect (const RoundsDbPostgresTarget *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDbPostgresTarget, rounds_db_postgres_target_free)

G_END_DECLS
