/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What tells appointments and meetings apart: their columns and how a record becomes a row.
 * What is done with rows is the same for both, in rounds-record-table.c and rounds-query.c.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-entry.h"

G_BEGIN_DECLS

typedef struct
{
  const char *table; /* and "…_search", "…_in_order" */
  RoundsEntryKind kind;
  const char *columns; /* "id, …", in the order of bind and read */
  guint n_columns;
  const char *more; /* an SQL expression for one more column that read gets */
  const char *is_about; /* an SQL condition: whether the row is about the person $P */
  const char *words; /* SQL: columns number, texts…, of the row numbered $1 */
  guint n_words;
  guint n_statuses;
  const char *(*name_status) (guint status);
  gboolean (*is_final) (guint status);

  const char *(*get_id) (gconstpointer record);
  gint64 (*get_start) (gconstpointer record); /* µs UTC */
  gboolean (*equal) (gconstpointer a, gconstpointer b);
  void (*unref) (gpointer record);
  /* From position 1 on. */
  void (*bind) (RoundsDbStatement *row, gconstpointer record);
  /* From column 0 on. (transfer full) */
  gpointer (*read) (RoundsDbStatement *row, GError **error);
  /* Writes what has tables of its own; or NULL. */
  gboolean (*put_rest) (RoundsDb *db, gint64 number, gconstpointer record, GError **error);
} RoundsRecordKind;

extern const RoundsRecordKind rounds_appointment_kind;
extern const RoundsRecordKind rounds_meeting_kind;

const RoundsRecordKind *rounds_record_kind_get (RoundsEntryKind kind);

/* The column as a word of ours; refuses one that this program does not know. */
gboolean rounds_record_kind_refuse (const char *column, GError **error);
char *rounds_record_kind_dup (RoundsDbStatement *row, int column);

G_END_DECLS
