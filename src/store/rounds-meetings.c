/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The tables of meetings and who takes part in them.
 * Security: jitsi_link has no column; a personal link never reaches the file.
 */

#include "config.h"

#include "rounds-entry-private.h"
#include "rounds-records.h"
#include "rounds-table.h"

#define COLUMNS                                                                                    \
  "id, created_by, role_context, title, description, type, status, scheduled_at,"                  \
  " expected_minutes, started_at, ended_at, duration, notes, room_name, version, created_at,"      \
  " updated_at"

static const char INSERT[]
    = "INSERT INTO meeting (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
      " $13, $14, $15, $16, $17)"
      " ON CONFLICT (id) DO UPDATE SET created_by = excluded.created_by,"
      " role_context = excluded.role_context, title = excluded.title,"
      " description = excluded.description, type = excluded.type, status = excluded.status,"
      " scheduled_at = excluded.scheduled_at, expected_minutes = excluded.expected_minutes,"
      " started_at = excluded.started_at, ended_at = excluded.ended_at,"
      " duration = excluded.duration, notes = excluded.notes, room_name = excluded.room_name,"
      " version = excluded.version, created_at = excluded.created_at,"
      " updated_at = excluded.updated_at";

/* The last columns: the participants in their order, as rounds_table_split() takes them, and the
 * worst state of the edits on it. */
#define SELECT_COLUMNS                                                                             \
  "SELECT " COLUMNS ", (SELECT group_concat (person, char (31) ORDER BY position)"                 \
  " FROM participant WHERE participant.meeting = meeting.number),"                                 \
  " (SELECT max (state) FROM outbox WHERE outbox.kind = 'meeting' AND outbox.record = meeting.id)" \
  " FROM meeting"

static const char GET[] = SELECT_COLUMNS " WHERE id = $1";

#define SELECT                                                                                     \
  SELECT_COLUMNS " WHERE scheduled_at >= $1 AND scheduled_at < $2"                                 \
                 " AND ($3 = 0 OR status NOT IN ('completed', 'cancelled'))"
#define ORDER " ORDER BY scheduled_at, id"
#define MATCHES " AND number IN (SELECT rowid FROM meeting_search WHERE meeting_search MATCH $4)"

#define INDEX_FORGET "DELETE FROM meeting_search WHERE rowid = $1"
#define INDEX_INSERT "INSERT INTO meeting_search (rowid, words) VALUES ($1, $2)"

static const RoundsTableIndex INDEX_ONE = {
  .select = "SELECT number, words FROM meeting_words WHERE number ="
            " (SELECT number FROM meeting WHERE id = $1)",
  .forget = INDEX_FORGET,
  .insert = INDEX_INSERT,
};
static const RoundsTableIndex INDEX_PERSON = {
  .select = "SELECT number, words FROM meeting_words WHERE number IN"
            " (SELECT number FROM meeting WHERE created_by = $1"
            "  UNION SELECT meeting FROM participant WHERE person = $1)",
  .forget = INDEX_FORGET,
  .insert = INDEX_INSERT,
};

static char *
dup_text (RoundsDbStatement *statement, int column)
{
  return g_strdup (rounds_db_get_text (statement, column));
}

static gboolean
refuse_word (const char *column, GError **error)
{
  g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
               "The cache holds an unknown word in meeting.%s", column);
  return FALSE;
}

/* The words of enumerations, which an older program may not know. */
static gboolean
read_words (RoundsDbStatement *row, RoundsMeeting *meeting, GError **error)
{
  if (!rounds_role_context_from_string (rounds_db_get_text (row, 2), &meeting->role_context))
    return refuse_word ("role_context", error);
  if (!rounds_meeting_type_from_string (rounds_db_get_text (row, 5), &meeting->type))
    return refuse_word ("type", error);
  if (!rounds_meeting_status_from_string (rounds_db_get_text (row, 6), &meeting->status))
    return refuse_word ("status", error);
  return TRUE;
}

static RoundsMeeting *
read_row (RoundsDbStatement *row, GError **error)
{
  g_autoptr (RoundsMeeting) meeting = rounds_meeting_new ();

  if (!read_words (row, meeting, error))
    return NULL;
  meeting->id = dup_text (row, 0);
  meeting->created_by = dup_text (row, 1);
  meeting->title = dup_text (row, 3);
  meeting->description = dup_text (row, 4);
  /* As a number even when it is not known, as for appointments. */
  meeting->scheduled_at = rounds_db_get_int (row, 7);
  meeting->expected_minutes = (int)rounds_db_get_int (row, 8);
  meeting->started_at = rounds_db_get_time (row, 9);
  meeting->ended_at = rounds_db_get_time (row, 10);
  meeting->duration = (int)rounds_db_get_int (row, 11);
  meeting->notes = dup_text (row, 12);
  meeting->room_name = dup_text (row, 13);
  meeting->version = rounds_db_get_int (row, 14);
  meeting->created_at = rounds_db_get_time (row, 15);
  meeting->updated_at = rounds_db_get_time (row, 16);
  g_strfreev (meeting->participants);
  meeting->participants = rounds_table_split (rounds_db_get_text (row, 17));
  return g_steal_pointer (&meeting);
}

static void
bind_row (RoundsDbStatement *row, const RoundsMeeting *meeting)
{
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

RoundsMeeting *
rounds_meetings_get (RoundsDb *db, const char *id, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, GET, error);

  if (statement == NULL)
    return NULL;
  rounds_db_bind_text (statement, 1, id);
  if (rounds_db_step (statement, error) != ROUNDS_DB_ROW)
    return NULL;
  return read_row (statement, error);
}

gboolean
rounds_meetings_select (RoundsDb *db, const RoundsSelection *selection, GPtrArray *into,
                        GError **error)
{
  const char *sql = selection->match != NULL ? SELECT MATCHES ORDER : SELECT ORDER;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  RoundsDbStep step;

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, selection->from);
  rounds_db_bind_int (statement, 2, selection->until);
  rounds_db_bind_int (statement, 3, selection->hide_over);
  if (selection->match != NULL)
    rounds_db_bind_text (statement, 4, selection->match);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      g_autoptr (RoundsMeeting) meeting = read_row (statement, error);
      RoundsEntry *entry;

      if (meeting == NULL)
        return FALSE;
      entry = rounds_entry_new_for_meeting (meeting);
      rounds_entry_set_outbox_state (entry, (int)rounds_db_get_int (statement, 18));
      g_ptr_array_add (into, entry);
    }
  return step == ROUNDS_DB_DONE;
}

gboolean
rounds_meetings_index_person (RoundsDb *db, const char *person_id, GError **error)
{
  return rounds_table_index (&INDEX_PERSON, db, person_id, error);
}

static gboolean
forget_participants (RoundsDb *db, const char *id, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db, "DELETE FROM participant WHERE meeting = (SELECT number FROM meeting WHERE id = $1)",
      error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, id);
  return rounds_db_run (statement, error);
}

static gboolean
put_participants (RoundsDb *db, const RoundsMeeting *meeting, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db,
                           "INSERT INTO participant (meeting, position, person)"
                           " VALUES ((SELECT number FROM meeting WHERE id = $1), $2, $3)",
                           error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; meeting->participants != NULL && meeting->participants[i] != NULL; i++)
    {
      rounds_db_bind_text (statement, 1, meeting->id);
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

static gboolean
put (RoundsDb *db, gpointer record, gboolean *changed, GError **error)
{
  const RoundsMeeting *meeting = record;
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (RoundsMeeting) kept = NULL;
  g_autoptr (GError) local_error = NULL;

  kept = rounds_meetings_get (db, meeting->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (kept != NULL && rounds_meeting_equal (kept, meeting))
    return TRUE;
  statement = rounds_db_prepare (db, INSERT, error);
  if (statement == NULL)
    return FALSE;
  bind_row (statement, meeting);
  if (!rounds_db_run (statement, error) || !forget_participants (db, meeting->id, error)
      || !put_participants (db, meeting, error))
    return FALSE;
  *changed = TRUE;
  return rounds_table_index (&INDEX_ONE, db, meeting->id, error);
}

const RoundsTable rounds_meeting_table = {
  .list_ids = "SELECT id FROM meeting",
  .remove = "DELETE FROM meeting WHERE id = $1",
  .get_id = get_id,
  .put = put,
};
