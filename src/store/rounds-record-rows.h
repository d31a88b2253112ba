/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One record of either kind in its table, as an entry.
 * Runs on the database's thread. Lists are read in rounds-records.h.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-entry.h"
#include "rounds-table.h"

G_BEGIN_DECLS

const RoundsTable *rounds_record_rows_get_table (RoundsEntryKind kind);

/* @entry: what is shown, or NULL without an error when there is no such record. */
gboolean rounds_record_rows_find (RoundsDb *db, RoundsEntryKind kind, const char *id,
                                  RoundsEntry **entry, GError **error);
gboolean
rounds_record_rows_put (RoundsDb *db, RoundsEntry *entry, gboolean *changed, GError **error);
gboolean rounds_record_rows_remove (RoundsDb *db, RoundsEntryKind kind, const char *id,
                                    gboolean *changed, GError **error);

/* The record of a table inside an entry and back: RoundsAppointment or RoundsMeeting. Borrowed, and
 * a new entry. */
gpointer rounds_record_rows_unwrap (RoundsEntry *entry);
RoundsEntry *rounds_record_rows_wrap (RoundsEntryKind kind, gpointer record);

G_END_DECLS
