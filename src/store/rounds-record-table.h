/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The tables of records: rows in and out, one or many, the same for both kinds.
 * Runs on the database's thread; what writes needs a transaction of the caller's.
 */

#pragma once

#include "rounds-record-kind.h"

G_BEGIN_DECLS

/* @entry: what is shown, or NULL without an error when there is no such record. */
gboolean rounds_record_table_find (RoundsDb *db, RoundsEntryKind kind, const char *id,
                                   RoundsEntry **entry, GError **error);
/* The same for the row @number. */
gboolean rounds_record_table_read (RoundsDb *db, RoundsEntryKind kind, gint64 number,
                                   RoundsEntry **entry, GError **error);

/* All of these set @changed when a row changed and never clear it. */

/* Inserts or updates unless the row is the same already; searches find it at once. */
gboolean
rounds_record_table_put (RoundsDb *db, RoundsEntry *entry, gboolean *changed, GError **error);
/* The same for RoundsAppointment or RoundsMeeting; searches may find them a little later. */
gboolean rounds_record_table_put_all (RoundsDb *db, RoundsEntryKind kind, GPtrArray *records,
                                      gboolean *changed, GError **error);
/* @records are all there are: other rows go. */
gboolean rounds_record_table_replace (RoundsDb *db, RoundsEntryKind kind, GPtrArray *records,
                                      gboolean *changed, GError **error);
gboolean rounds_record_table_remove (RoundsDb *db, RoundsEntryKind kind, const char *id,
                                     gboolean *changed, GError **error);

/* The record of a table inside an entry and back: RoundsAppointment or RoundsMeeting. Borrowed, and
 * a new entry. */
gpointer rounds_record_table_unwrap (RoundsEntry *entry);
RoundsEntry *rounds_record_table_wrap (RoundsEntryKind kind, gpointer record);

G_END_DECLS
