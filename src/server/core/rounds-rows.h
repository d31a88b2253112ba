/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the repositories do with statements again and again.
 * What a row is and which statement it is, is theirs.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* A record from a row. (transfer full) */
typedef gpointer (*RoundsRowFunc) (RoundsDbStatement *statement);

/* All rows of @statement; NULL with @error. (transfer full) */
GPtrArray *rounds_rows_list (RoundsDbStatement *statement, RoundsRowFunc read,
                             GDestroyNotify free_func, GError **error);
/* Runs @statement, which changes one row as long as it has the version that was read; @stored says
 * whether it had. */
gboolean rounds_rows_change_one (RoundsDb *db, RoundsDbStatement *statement, gboolean *stored,
                                 GError **error);

/* A number that is not negative, or −1 for none: NULL in the database. */
void rounds_rows_bind_count (RoundsDbStatement *statement, int position, int count);
int rounds_rows_get_count (RoundsDbStatement *statement, int column);

G_END_DECLS
