/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The numbered SQL files of the cache, built into the program.
 * How they are applied is db's business.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* The steps in order; they live as long as the process. Any thread. */
const RoundsDbMigration *rounds_schema_get_migrations (gsize *n_migrations);

G_END_DECLS
