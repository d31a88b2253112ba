/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The columns of meetings and the table of who takes part in them.
 * Security: jitsi_link has no column; a personal link never reaches the file.
 */

#include "config.h"

#include "rounds-record-kind.h"
#include "rounds-table.h"

#define COLUMNS                                                                                    \
  "id, created_by, role_context, title, description, type, status, scheduled_at,"                  \
  " expected_minutes, started_at, ended_at, duration, notes, room_name, version, created_at,"      \
  " updated_at"

/* The words of enumerations, which an older program may not know. */
static gboolean
read_words (RoundsDbStatement *row, RoundsMeeting *meeting, GError **error)
{
  if (!rounds_role_context_from_string (rounds_db_get_text (row, 2), &meeting->role_context))
    return rounds_record_kind_refuse ("meeting.role_context", error);
  if (!rounds_meeting_type_from_string (rounds_db_get_text (row, 5), &meeting->type))
    return rounds_record_kind_refuse ("meeting.type", error);
  if (!rounds_meeting_status_from_string (rounds_db_get_text (row, 6), &meeting->status))
    return rounds_record_kind_refuse ("meeting.status", error);
  return TRUE;
}

static gpointer
read_row (RoundsDbStatement *row, GError **error)
{
  g_autoptr (RoundsMeeting) meeting = rounds_meeting_new ();

  if (!read_words (row, meeting, error))
    return NULL;
  meeting->id = rounds_record_kind_dup (row, 0);
  meeting->created_by = rounds_record_kind_dup (row, 1);
  meeting->title = rounds_record_kind_dup (row, 3);
  meeting->description = rounds_record_kind_dup (row, 4);
  /* As a number even when it is not known, as for appointments. */
  meeting->scheduled_at = rounds_db_get_int (row, 7);
  meeting->expected_minutes = (int)rounds_db_get_int (row, 8);
  meeting->started_at = rounds_db_get_time (row, 9);
  meeting->ended_at = rounds_db_get_time (row, 10);
  meeting->duration = (int)rounds_db_get_int (row, 11);
  meeting->notes = rounds_record_kind_dup (row, 12);
  meeting->room_name = rounds_record_kind_dup (row, 13);
  meeting->version = rounds_db_get_int (row, 14);
  meeting->created_at = rounds_db_get_time (row, 15);
  meeting->updated_at = rounds_db_get_time (row, 16);
  g_strfreev (meeting->participants);
  meeting->participants = rounds_table_split (rounds_db_get_text (row, 17));
  return g_steal_pointer (&meeting);
}

static void
bind_row (RoundsDbStatement *row, gconstpointer record)
{
  const RoundsMeeting *meeting = record;

  rounds_db_bind_text (row, 1, meeting->id);
  rounds_db_bind_text (row, 2, meeting->created_by);
  rounds_db_bind_text (row, 3, rounds_role_context_to_string (meeting->role_context));
  rounds_db_bind_text (row, 4, meeting->title);
  rounds_db_bind_text (row, 5, meeting->description);
  rounds_db_bind_text (row, 6, rounds_meeting_type_to_string (meeting->type));
  rounds_db_bind_text (row, 7, rounds_meeting_status_to_string (meeting->status));
  rounds_db_bind_int (row, 8, meeting->scheduled_at);
  rounds_db_bind_int (row, 9, meeting->expected_minutes);
  rounds_db_bind_time (row, 10, meeting->started_at);
  rounds_db_bind_time (row, 11, meeting->ended_at);
  rounds_db_bind_int (row, 12, meeting->duration);
  rounds_db_bind_text (row, 13, meeting->notes);
  rounds_db_bind_text (row, 14, meeting->room_name);
  rounds_db_bind_int (row, 15, meeting->version);
  rounds_db_bind_time (row, 16, meeting->created_at);
  rounds_db_bind_time (row, 17, meeting->updated_at);
}

static gboolean
forget_participants (RoundsDb *db, gint64 number, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "DELETE FROM participant WHERE meeting = $1", error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, number);
  return rounds_db_run (statement, error);
}

static gboolean
put_rest (RoundsDb *db, gint64 number, gconstpointer record, GError **error)
{
  const RoundsMeeting *meeting = record;
  g_autoptr (RoundsDbStatement) statement = NULL;

  if (!forget_participants (db, number, error))
    return FALSE;
  statement = rounds_db_prepare (
      db, "INSERT INTO participant (meeting, position, person) VALUES ($1, $2, $3)", error);
  if (statement == NULL)
    return FALSE;
  for (int i = 0; meeting->participants != NULL && meeting->participants[i] != NULL; i++)
    {
      rounds_db_bind_int (statement, 1, number);
      rounds_db_bind_int (statement, 2, i);
      rounds_db_bind_text (statement, 3, meeting->participants[i]);
      if (!rounds_db_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static const char *
get_id (gconstpointer record)
{
  return ((const RoundsMeeting *)record)->id;
}

static gint64
get_start (gconstpointer record)
{
  return ((const RoundsMeeting *)record)->scheduled_at;
}

static gboolean
equal (gconstpointer a, gconstpointer b)
{
  return rounds_meeting_equal (a, b);
}

static void
unref (gpointer record)
{
  rounds_meeting_unref (record);
}

static const char *
name_status (guint status)
{
  return rounds_meeting_status_to_string ((RoundsMeetingStatus)status);
}

static gboolean
is_final (guint status)
{
  return rounds_meeting_status_is_final ((RoundsMeetingStatus)status);
}

const RoundsRecordKind rounds_meeting_kind = {
  .table = "meeting",
  .kind = ROUNDS_ENTRY_MEETING,
  .columns = COLUMNS,
  .n_columns = 17,
  /* The participants in their order, as rounds_table_split() takes them. */
  .more = "(SELECT group_concat (person, char (31) ORDER BY position) FROM participant"
          " WHERE participant.meeting = meeting.number)",
  .is_about = "(created_by = $P OR number IN (SELECT meeting FROM participant WHERE person = $P))",
  .words = "SELECT m.number, m.title, m.description, m.notes, c.name,"
           " (SELECT group_concat (p.name, char (10)) FROM participant t"
           "  JOIN person p ON p.id = t.person WHERE t.meeting = m.number)"
           " FROM meeting m LEFT JOIN person c ON c.id = m.created_by WHERE m.number = $1",
  .n_words = 5,
  .n_statuses = ROUNDS_N_MEETING_STATUSES,
  .name_status = name_status,
  .is_final = is_final,
  .get_id = get_id,
  .get_start = get_start,
  .equal = equal,
  .unref = unref,
  .bind = bind_row,
  .read = read_row,
  .put_rest = put_rest,
};
