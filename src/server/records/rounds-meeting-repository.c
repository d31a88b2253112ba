/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Meetings and their participants in the server's database.
 * It decides nothing about who sees them and never holds a link: a link is minted per answer.
 */

#include "config.h"

#include "rounds-meeting-repository.h"

#include "rounds-rows.h"

#define MEETING_COLUMNS                                                                            \
  "id, created_by, role_context, title, description, type, status, scheduled_at,"                  \
  " expected_minutes, started_at, ended_at, duration, notes, room_name, version, created_at,"      \
  " updated_at"
/* The participants come with their meeting, so that no second query can see another moment. Ids
 * have no spaces in them. */
#define SELECT_MEETINGS                                                                            \
  "SELECT " MEETING_COLUMNS ","                                                                    \
  " (SELECT string_agg (p.user_id, ' ' ORDER BY p.position) FROM meeting_participants p"           \
  " WHERE p.meeting_id = m.id) FROM meetings m"
/* What follows a record in this order, and no more than so many. */
#define BY_START                                                                                   \
  " (scheduled_at, id) > ($1, $2) AND scheduled_at < $4 ORDER BY scheduled_at, id LIMIT $3"

static const char find_sql[] = SELECT_MEETINGS " WHERE id = $1";
static const char list_all_sql[] = SELECT_MEETINGS " WHERE" BY_START;
static const char list_of_sql[] = SELECT_MEETINGS
    " WHERE id IN (SELECT id FROM meetings WHERE created_by = $5"
    " UNION SELECT meeting_id FROM meeting_participants WHERE user_id = $5) AND" BY_START;
static const char insert_sql[]
    = "INSERT INTO meetings (" MEETING_COLUMNS ")"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
/* So many at a time: each statement costs more than each of its rows. By their number - 1. */
#define INSERT_ONE                                                                                 \
  "INSERT INTO meeting_participants (meeting_id, position, user_id) VALUES ($1, $2, $3)"
#define INSERT_TWO INSERT_ONE ", ($1, $4, $5)"
#define INSERT_THREE INSERT_TWO ", ($1, $6, $7)"
#define INSERT_FOUR INSERT_THREE ", ($1, $8, $9)"
static const char *const insert_participants_sql[]
    = { INSERT_ONE, INSERT_TWO, INSERT_THREE, INSERT_FOUR };
static const char update_status_sql[]
    = "UPDATE meetings SET status = $3, started_at = $4, ended_at = $5, duration = $6, notes = $7,"
      " updated_at = $8, version = $2 WHERE id = $1 AND version = $2 - 1";

static const char update_sql[]
    = "UPDATE meetings SET role_context = $3, title = $4, description = $5, type = $6,"
      " scheduled_at = $7, expected_minutes = $8, notes = $9, updated_at = $10, version = $2"
      " WHERE id = $1 AND version = $2 - 1";
static const char delete_participants_sql[]
    = "DELETE FROM meeting_participants WHERE meeting_id = $1";

static void
set_participants (RoundsMeeting *self, const char *ids)
{
  g_strfreev (self->participants);
  self->participants = g_strsplit (ids != NULL ? ids : "", " ", -1);
}

static gpointer
read_meeting (RoundsDbStatement *statement)
{
  RoundsMeeting *self = rounds_meeting_new ();

  self->id = g_strdup (rounds_db_get_text (statement, 0));
  self->created_by = g_strdup (rounds_db_get_text (statement, 1));
  /* The table's own checks let no other words in. */
  if (!rounds_role_context_from_string (rounds_db_get_text (statement, 2), &self->role_context))
    g_assert_not_reached ();
  self->title = g_strdup (rounds_db_get_text (statement, 3));
  self->description = g_strdup (rounds_db_get_text (statement, 4));
  if (!rounds_meeting_type_from_string (rounds_db_get_text (statement, 5), &self->type))
    g_assert_not_reached ();
  if (!rounds_meeting_status_from_string (rounds_db_get_text (statement, 6), &self->status))
    g_assert_not_reached ();
  self->scheduled_at = rounds_db_get_time (statement, 7);
  self->expected_minutes = (int)rounds_db_get_int (statement, 8);
  self->started_at = rounds_db_get_time (statement, 9);
  self->ended_at = rounds_db_get_time (statement, 10);
  self->duration = rounds_rows_get_count (statement, 11);
  self->notes = g_strdup (rounds_db_get_text (statement, 12));
  self->room_name = g_strdup (rounds_db_get_text (statement, 13));
  self->version = rounds_db_get_int (statement, 14);
  self->created_at = rounds_db_get_time (statement, 15);
  self->updated_at = rounds_db_get_time (statement, 16);
  set_participants (self, rounds_db_get_text (statement, 17));
  return self;
}

gboolean
rounds_meeting_repository_find (RoundsDb *db, const char *id, RoundsMeeting **meeting,
                                GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  RoundsDbStep step;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (meeting != NULL && *meeting == NULL, FALSE);

  statement = rounds_db_prepare (db, find_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, id);
  step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    *meeting = read_meeting (statement);

  return step != ROUNDS_DB_FAILED;
}

GPtrArray *
rounds_meeting_repository_list_page (RoundsDb *db, const RoundsUser *owner, const RoundsPage *page,
                                     GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  gboolean everything;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (owner != NULL, NULL);

  everything = owner->role == ROUNDS_ROLE_ADMIN;
  statement = rounds_db_prepare (db, everything ? list_all_sql : list_of_sql, error);
  if (statement == NULL)
    return NULL;

  rounds_page_bind (page, statement);
  if (!everything)
    rounds_db_bind_text (statement, 5, owner->id);
  return rounds_rows_list (statement, read_meeting, (GDestroyNotify)rounds_meeting_unref, error);
}

/* Those of @ids from @position on, @n_rows of them. */
static gboolean
insert_some (RoundsDb *db, const char *meeting_id, char *const *ids, gsize position, gsize n_rows,
             GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, insert_participants_sql[n_rows - 1], error);

  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, meeting_id);
  for (gsize i = 0; i < n_rows; i++)
    {
      rounds_db_bind_int (statement, (int)(2 * i) + 2, (gint64)(position + i));
      rounds_db_bind_text (statement, (int)(2 * i) + 3, ids[position + i]);
    }
  return rounds_db_run (statement, error);
}

static gboolean
insert_participants (RoundsDb *db, const RoundsMeeting *meeting, GError **error)
{
  const gsize n_people = g_strv_length (meeting->participants);

  for (gsize i = 0; i < n_people; i += G_N_ELEMENTS (insert_participants_sql))
    {
      gsize n_rows = MIN (n_people - i, G_N_ELEMENTS (insert_participants_sql));

      if (!insert_some (db, meeting->id, meeting->participants, i, n_rows, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
replace_participants (RoundsDb *db, const RoundsMeeting *meeting, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, delete_participants_sql, error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, meeting->id);
  return rounds_db_run (statement, error) && insert_participants (db, meeting, error);
}

gboolean
rounds_meeting_repository_insert (RoundsDb *db, const RoundsMeeting *meeting, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (meeting != NULL && meeting->id != NULL, FALSE);

  statement = rounds_db_prepare (db, insert_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, meeting->id);
  rounds_db_bind_text (statement, 2, meeting->created_by);
  rounds_db_bind_text (statement, 3, rounds_role_context_to_string (meeting->role_context));
  rounds_db_bind_text (statement, 4, meeting->title);
  rounds_db_bind_text (statement, 5, meeting->description);
  rounds_db_bind_text (statement, 6, rounds_meeting_type_to_string (meeting->type));
  rounds_db_bind_text (statement, 7, rounds_meeting_status_to_string (meeting->status));
  rounds_db_bind_time (statement, 8, meeting->scheduled_at);
  rounds_db_bind_int (statement, 9, meeting->expected_minutes);
  rounds_db_bind_time (statement, 10, meeting->started_at);
  rounds_db_bind_time (statement, 11, meeting->ended_at);
  rounds_rows_bind_count (statement, 12, meeting->duration);
  rounds_db_bind_text (statement, 13, meeting->notes);
  rounds_db_bind_text (statement, 14, meeting->room_name);
  rounds_db_bind_int (statement, 15, meeting->version);
  rounds_db_bind_time (statement, 16, meeting->created_at);
  rounds_db_bind_time (statement, 17, meeting->updated_at);
  return rounds_db_run (statement, error) && insert_participants (db, meeting, error);
}

gboolean
rounds_meeting_repository_update_status (RoundsDb *db, const RoundsMeeting *meeting,
                                         gboolean *stored, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (meeting != NULL, FALSE);
  g_return_val_if_fail (stored != NULL, FALSE);

  statement = rounds_db_prepare (db, update_status_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, meeting->id);
  rounds_db_bind_int (statement, 2, meeting->version);
  rounds_db_bind_text (statement, 3, rounds_meeting_status_to_string (meeting->status));
  rounds_db_bind_time (statement, 4, meeting->started_at);
  rounds_db_bind_time (statement, 5, meeting->ended_at);
  rounds_rows_bind_count (statement, 6, meeting->duration);
  rounds_db_bind_text (statement, 7, meeting->notes);
  rounds_db_bind_time (statement, 8, meeting->updated_at);
  return rounds_rows_change_one (db, statement, stored, error);
}

gboolean
rounds_meeting_repository_update (RoundsDb *db, const RoundsMeeting *meeting, gboolean *stored,
                                  GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (meeting != NULL, FALSE);
  g_return_val_if_fail (stored != NULL, FALSE);

  statement = rounds_db_prepare (db, update_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, meeting->id);
  rounds_db_bind_int (statement, 2, meeting->version);
  rounds_db_bind_text (statement, 3, rounds_role_context_to_string (meeting->role_context));
  rounds_db_bind_text (statement, 4, meeting->title);
  rounds_db_bind_text (statement, 5, meeting->description);
  rounds_db_bind_text (statement, 6, rounds_meeting_type_to_string (meeting->type));
  rounds_db_bind_time (statement, 7, meeting->scheduled_at);
  rounds_db_bind_int (statement, 8, meeting->expected_minutes);
  rounds_db_bind_text (statement, 9, meeting->notes);
  rounds_db_bind_time (statement, 10, meeting->updated_at);
  if (!rounds_db_run (statement, error))
    return FALSE;

  *stored = rounds_db_get_changes (db) == 1;
  return !*stored || replace_participants (db, meeting, error);
}
