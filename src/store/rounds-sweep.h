/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * After all that the server has was told: what the cache has beside it is gone there.
 * Runs on the database's thread, inside a transaction of the caller's.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* The ids of @table that are not in @only, a set, and that the server has ever seen: a new record
 * that waits in the outbox is ours alone. NULL with @error. (transfer full) */
char **rounds_sweep_find (RoundsDb *db, const char *table, GHashTable *only, GError **error);

G_END_DECLS
