/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the descriptions of both kinds share.
 * The columns are in rounds-appointments.c and rounds-meetings.c.
 */

#include "config.h"

#include "rounds-record-kind.h"

const RoundsRecordKind *
rounds_record_kind_get (RoundsEntryKind kind)
{
  return kind == ROUNDS_ENTRY_MEETING ? &rounds_meeting_kind : &rounds_appointment_kind;
}

gboolean
rounds_record_kind_refuse (const char *column, GError **error)
{
  g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
               "The cache holds an unknown word in %s", column);
  return FALSE;
}

char *
rounds_record_kind_dup (RoundsDbStatement *row, int column)
{
  return g_strdup (rounds_db_get_text (row, column));
}
