/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Moments that JaaS tells one by one (somebody came, somebody went), and the stays that they make.
 * All marks of one occupant are paired each time: which of them is told late, nobody knows.
 */

#include "config.h"

#include "rounds-call-marks.h"

#include "rounds-call-stays.h"

static const char mark_sql[]
    = "INSERT INTO call_marks (room_name, occupant, happened_at, what, user_id, side)"
      " VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (room_name, occupant, happened_at, what) DO NOTHING";

/* Of one occupant, or of all where $2 is empty. Who went and came back within a millisecond went
 * first. */
#define THESE " WHERE room_name = $1 AND ($2 = '' OR occupant = $2)"
static const char list_sql[]
    = "SELECT occupant, happened_at, what, user_id, side FROM call_marks" THESE
      " ORDER BY occupant, happened_at, what DESC";

static const char forget_sql[] = "DELETE FROM call_stays WHERE room_name = $1 AND occupant IN"
                                 " (SELECT m.occupant FROM call_marks m WHERE m.room_name = $1"
                                 " AND ($2 = '' OR m.occupant = $2))";

static const char forget_rooms_sql[] = "DELETE FROM call_rooms WHERE room_name = $1";

static const char *
get_word (gboolean began)
{
  return began ? "began" : "ended";
}

static gboolean
insert_mark (RoundsDb *db, const char *room, const RoundsCallMark *mark, gboolean *news,
             GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, mark_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, room);
  rounds_db_bind_text (statement, 2, mark->occupant);
  rounds_db_bind_int (statement, 3, mark->at);
  rounds_db_bind_text (statement, 4, get_word (mark->began));
  rounds_db_bind_text (statement, 5, mark->user_id);
  rounds_db_bind_text (statement, 6, rounds_call_side_to_string (mark->side));
  if (!rounds_db_run (statement, error))
    return FALSE;
  *news = rounds_db_get_changes (db) > 0;
  return TRUE;
}

static void
clear_mark (gpointer data)
{
  RoundsCallMark *mark = data;

  g_free ((char *)mark->occupant);
  g_free ((char *)mark->user_id);
}

/* (element-type RoundsCallMark), whose strings it owns. */
static GArray *
list_marks (RoundsDb *db, const char *room, const char *occupant, GError **error)
{
  RoundsDbStep step;
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RoundsCallMark));
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, list_sql, error);
  if (statement == NULL)
    return NULL;
  g_array_set_clear_func (marks, clear_mark);
  rounds_db_bind_text (statement, 1, room);
  rounds_db_bind_text (statement, 2, occupant);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsCallMark mark = {
        .occupant = g_strdup (rounds_db_get_text (statement, 0)),
        .at = rounds_db_get_int (statement, 1),
        .began = g_strcmp0 (rounds_db_get_text (statement, 2), get_word (TRUE)) == 0,
        .user_id = g_strdup (rounds_db_get_text (statement, 3)),
        .side = rounds_call_side_from_string (rounds_db_get_text (statement, 4)),
      };
      g_array_append_val (marks, mark);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&marks) : NULL;
}

static gboolean
forget (RoundsDb *db, const char *room, const char *occupant, GError **error)
{
  g_autoptr (RoundsDbStatement) stays = rounds_db_prepare (db, forget_sql, error);
  if (stays == NULL)
    return FALSE;
  rounds_db_bind_text (stays, 1, room);
  rounds_db_bind_text (stays, 2, occupant);
  if (!rounds_db_run (stays, error))
    return FALSE;
  if (*occupant != '\0')
    return TRUE;
  g_autoptr (RoundsDbStatement) rooms = rounds_db_prepare (db, forget_rooms_sql, error);
  if (rooms == NULL)
    return FALSE;
  rounds_db_bind_text (rooms, 1, room);
  return rounds_db_run (rooms, error);
}

/* @mark's occupant was there, or the room was, from @began to @ended (or ROUNDS_TIME_NONE). */
static gboolean
keep (RoundsDb *db, const char *room, const RoundsCallMark *mark, gint64 began, gint64 ended,
      GError **error)
{
  RoundsCallStayRow stay = {
    .occupant = mark->occupant,
    .user_id = mark->user_id,
    .side = mark->side,
    .joined_at = began,
    .left_at = ended,
  };
  return *mark->occupant == '\0' ? rounds_call_room_store (db, room, began, ended, error)
                                 : rounds_call_stay_store (db, room, &stay, error);
}

/* Whether @next belongs to the same occupant as @mark. */
static gboolean
is_same (const RoundsCallMark *mark, const RoundsCallMark *next)
{
  return next != NULL && g_str_equal (mark->occupant, next->occupant);
}

/* One stay from the mark at *@i on, and *@i behind what belongs to it. An end without a beginning,
 * which is late or was lost, says that he was there at that moment; a beginning without an end,
 * that he is still there, or went before he came again. */
static gboolean
keep_next (RoundsDb *db, const char *room, GArray *marks, guint *i, GError **error)
{
  const RoundsCallMark *mark = &g_array_index (marks, RoundsCallMark, *i);
  const RoundsCallMark *next
      = *i + 1 < marks->len ? &g_array_index (marks, RoundsCallMark, *i + 1) : NULL;
  gint64 ended = ROUNDS_TIME_NONE;
  gboolean same = is_same (mark, next);

  /* Came and went within the same millisecond, and was not there before. */
  gboolean at_once = !mark->began && same && next->began && next->at == mark->at;
  if (!mark->began)
    ended = mark->at;
  else if (same)
    ended = next->at;
  *i += at_once || (mark->began && same && !next->began) ? 2 : 1;
  return keep (db, room, mark, mark->at, ended, error);
}

static gboolean
keep_all (RoundsDb *db, const char *room, const char *occupant, GError **error)
{
  g_autoptr (GArray) marks = list_marks (db, room, occupant, error);

  if (marks == NULL || !forget (db, room, occupant, error))
    return FALSE;
  for (guint i = 0; i < marks->len;)
    {
      if (!keep_next (db, room, marks, &i, error))
        return FALSE;
    }
  return rounds_call_stay_end_all (db, room, error);
}

gboolean
rounds_call_mark_store (RoundsDb *db, const char *room, const RoundsCallMark *mark, gboolean *news,
                        GError **error)
{
  g_return_val_if_fail (db != NULL && room != NULL && mark != NULL && news != NULL, FALSE);

  /* Of two nodes that pair the same marks at once, each would miss the other's. */
  return rounds_db_lock (db, room, error) && insert_mark (db, room, mark, news, error)
         && (!*news || keep_all (db, room, mark->occupant, error));
}
