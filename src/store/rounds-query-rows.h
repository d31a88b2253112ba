/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which rows a query means, in their order. Runs on the database's thread.
 * It reads no record.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-order.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* @most: rows, 0 for all there are; @is_cut: (out): whether there may be more. (transfer full):
 * NULL with an error */
RoundsOrder *rounds_query_rows_list (RoundsDb *db, const RoundsStoreQuery *query, guint most,
                                     gboolean *is_cut, GError **error);

G_END_DECLS
