/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the two files of the tables of records share.
 * Nobody else writes rows.
 */

#pragma once

#include "rounds-record-table.h"

G_BEGIN_DECLS

/* The statements of one kind. Rows have the kind's columns, its one column more, and the number. */
typedef struct
{
  char *find; /* by id; after the number the worst state of the record's edits */
  char *read; /* by number; the same columns */
  char *walk; /* all in order */
  char *insert; /* the number after the columns */
  char *update; /* then the new number and the old one */
  char *remove; /* by id */
  char *last; /* the highest number between two */
  char *forget; /* the words of a number */
} RoundsRecordSql;

/* Made once. Borrowed. */
const RoundsRecordSql *rounds_record_sql_get (const RoundsRecordKind *kind);

/* A number that nobody has, for a record that starts then (µs UTC). */
gboolean rounds_record_table_choose_number (RoundsDb *db, const RoundsRecordKind *kind,
                                            gint64 start, gint64 *number, GError **error);
gboolean rounds_record_table_insert (RoundsDb *db, const RoundsRecordKind *kind,
                                     gconstpointer record, gint64 number, GError **error);
/* @number: the row's; another one after it where the start has moved. */
gboolean rounds_record_table_update (RoundsDb *db, const RoundsRecordKind *kind,
                                     gconstpointer record, gint64 *number, GError **error);

G_END_DECLS
