/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The tables of the outbox: edits, and the records as they are without them.
 * Runs on the database's thread, inside a transaction of the caller's where it writes.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-outbox-item.h"

G_BEGIN_DECLS

gboolean rounds_outbox_add (RoundsDb *db, const RoundsOutboxItem *item, GError **error);
/* Everything but name, kind and the draft may have changed. Nothing happens when it is gone. */
gboolean rounds_outbox_update (RoundsDb *db, const RoundsOutboxItem *item, GError **error);
gboolean rounds_outbox_remove (RoundsDb *db, const char *name, GError **error);
gboolean
rounds_outbox_remove_all (RoundsDb *db, RoundsEntryKind kind, const char *record, GError **error);
/* The record has another id from now on. */
gboolean rounds_outbox_repoint (RoundsDb *db, RoundsEntryKind kind, const char *from,
                                const char *to, GError **error);

/* Of RoundsOutboxItem, oldest first; @record NULL: all there are. (transfer full) */
GPtrArray *
rounds_outbox_list (RoundsDb *db, RoundsEntryKind kind, const char *record, GError **error);
/* The ids of the records of @kind that have edits: a set. (transfer full) */
GHashTable *rounds_outbox_list_records (RoundsDb *db, RoundsEntryKind kind, GError **error);
/* The worst state of the record's edits, 0 when it has none. */
gboolean rounds_outbox_get_state (RoundsDb *db, RoundsEntryKind kind, const char *record,
                                  int *state, GError **error);

/* What is under the edits. @entry: NULL without an error when there is none. */
gboolean rounds_original_get (RoundsDb *db, RoundsEntryKind kind, const char *record,
                              RoundsEntry **entry, GError **error);
gboolean rounds_original_set (RoundsDb *db, RoundsEntry *entry, GError **error);
gboolean
rounds_original_remove (RoundsDb *db, RoundsEntryKind kind, const char *record, GError **error);

G_END_DECLS
