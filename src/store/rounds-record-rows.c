/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Single records of either kind, so that nobody else asks which of the two tables it is.
 * Their columns are in the files of the tables.
 */

#include "config.h"

#include "rounds-record-rows.h"

#include "rounds-entry-private.h"
#include "rounds-outbox.h"
#include "rounds-records.h"

const RoundsTable *
rounds_record_rows_get_table (RoundsEntryKind kind)
{
  return kind == ROUNDS_ENTRY_MEETING ? &rounds_meeting_table : &rounds_appointment_table;
}

gpointer
rounds_record_rows_unwrap (RoundsEntry *entry)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_MEETING)
    return rounds_entry_get_meeting (entry);
  return rounds_entry_get_appointment (entry);
}

RoundsEntry *
rounds_record_rows_wrap (RoundsEntryKind kind, gpointer record)
{
  return kind == ROUNDS_ENTRY_MEETING ? rounds_entry_new_for_meeting (record)
                                      : rounds_entry_new_for_appointment (record);
}

static RoundsEntry *
read_entry (RoundsDb *db, RoundsEntryKind kind, const char *id, GError **error)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsMeeting) meeting = NULL;

  if (kind == ROUNDS_ENTRY_MEETING)
    meeting = rounds_meetings_get (db, id, error);
  else
    appointment = rounds_appointments_get (db, id, error);

  if (meeting != NULL)
    return rounds_entry_new_for_meeting (meeting);
  return appointment != NULL ? rounds_entry_new_for_appointment (appointment) : NULL;
}

gboolean
rounds_record_rows_find (RoundsDb *db, RoundsEntryKind kind, const char *id, RoundsEntry **entry,
                         GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsEntry) found = read_entry (db, kind, id, &local_error);
  int state = 0;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found != NULL)
    {
      if (!rounds_outbox_get_state (db, kind, id, &state, error))
        return FALSE;
      rounds_entry_set_outbox_state (found, state);
    }
  *entry = g_steal_pointer (&found);
  return TRUE;
}

gboolean
rounds_record_rows_put (RoundsDb *db, RoundsEntry *entry, gboolean *changed, GError **error)
{
  const RoundsTable *table = rounds_record_rows_get_table (rounds_entry_get_kind (entry));

  return table->put (db, rounds_record_rows_unwrap (entry), changed, error);
}

gboolean
rounds_record_rows_remove (RoundsDb *db, RoundsEntryKind kind, const char *id, gboolean *changed,
                           GError **error)
{
  return rounds_table_remove (rounds_record_rows_get_table (kind), db, id, changed, error);
}
