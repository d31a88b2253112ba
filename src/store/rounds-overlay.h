/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the server says, and over it what people did that it does not know yet.
 * Runs on the database's thread, inside a transaction of the caller's.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-entry.h"

G_BEGIN_DECLS

/* Remembers @records as what is under the edits and gives what is to be shown of them. @whole: they
 * are all there are, so that only records which the server never saw stay beside them.
 * (transfer full) */
GPtrArray *rounds_overlay_cover (RoundsDb *db, RoundsEntryKind kind, GPtrArray *records,
                                 gboolean whole, GError **error);

/* Shows what the edits of a record make of what is under it now; forgets that once there are no
 * edits any more. */
gboolean rounds_overlay_show (RoundsDb *db, RoundsEntryKind kind, const char *record,
                              gboolean *changed, GError **error);

/* The server's newest version of one record. */
gboolean rounds_overlay_put (RoundsDb *db, RoundsEntry *entry, gboolean *changed, GError **error);

G_END_DECLS
