/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What Jitsi told of calls, in the database: rooms, stays, who waits, which steps a rule took.
 * The primary keys are what Jitsi names, so that an event told twice is one row.
 */

#include "config.h"

#include "rounds-call-stays.h"

/* Who asks for his link again within this time is still the same who waits. */
#define SAME_WAIT ROUNDS_HOUR

static const char room_sql[]
    = "INSERT INTO call_rooms (room_name, created_at, destroyed_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (room_name, created_at) DO UPDATE SET"
      " destroyed_at = COALESCE (call_rooms.destroyed_at, excluded.destroyed_at)";

static const char stay_sql[]
    = "INSERT INTO call_stays (room_name, occupant, joined_at, left_at, user_id, side)"
      " VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (room_name, occupant, joined_at) DO UPDATE SET"
      " left_at = COALESCE (excluded.left_at, call_stays.left_at)";

/* What ends a stay: its room closed, or made anew. */
#define ENDINGS                                                                                    \
  " FROM call_rooms r WHERE r.room_name = call_stays.room_name"                                    \
  " AND (r.created_at > call_stays.joined_at OR r.destroyed_at >= call_stays.joined_at)"

/* Who is in a room is in it no longer once it was closed, whichever of the two is told first. Nor
 * once it was made anew: then Prosody died in between, and could not tell who went. */
static const char end_sql[]
    = "UPDATE call_stays SET left_at ="
      " (SELECT min (CASE WHEN r.created_at > call_stays.joined_at THEN r.created_at"
      " ELSE r.destroyed_at END)" ENDINGS ")"
      " WHERE room_name = $1 AND left_at IS NULL AND EXISTS (SELECT 1" ENDINGS ")";

static const char closed_sql[]
    = "SELECT count (*) FROM call_rooms r WHERE r.room_name = $1 AND r.destroyed_at IS NOT NULL"
      " AND NOT EXISTS (SELECT 1 FROM call_stays s WHERE s.room_name = r.room_name"
      " AND s.joined_at > r.destroyed_at)";

static const char wait_sql[]
    = "INSERT INTO call_waits (kind, record_id, user_id, side, since) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (kind, record_id, user_id) DO UPDATE SET since = excluded.since"
      " WHERE call_waits.since < $6";

static const char sides_sql[] = "SELECT side, max (since) FROM call_waits"
                                " WHERE kind = $1 AND record_id = $2 AND since >= $3 GROUP BY side";

static const char step_sql[]
    = "INSERT INTO call_steps (kind, record_id, status, cause, decided_at)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, record_id, status) DO NOTHING";

gboolean
rounds_call_room_store (RoundsDb *db, const char *room, gint64 created_at, gint64 destroyed_at,
                        GError **error)
{
  g_return_val_if_fail (db != NULL && room != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, room_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, room);
  rounds_db_bind_int (statement, 2, created_at);
  rounds_db_bind_time (statement, 3, destroyed_at);
  return rounds_db_run (statement, error);
}

gboolean
rounds_call_stay_store (RoundsDb *db, const char *room, const RoundsCallStayRow *stay,
                        GError **error)
{
  g_return_val_if_fail (db != NULL && room != NULL && stay != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, stay_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, room);
  rounds_db_bind_text (statement, 2, stay->occupant);
  rounds_db_bind_int (statement, 3, stay->joined_at);
  rounds_db_bind_time (statement, 4, stay->left_at);
  rounds_db_bind_text (statement, 5, stay->user_id);
  rounds_db_bind_text (statement, 6, rounds_call_side_to_string (stay->side));
  return rounds_db_run (statement, error);
}

gboolean
rounds_call_stay_end_all (RoundsDb *db, const char *room, GError **error)
{
  g_return_val_if_fail (db != NULL && room != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, end_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, room);
  return rounds_db_run (statement, error);
}

GArray *
rounds_call_stay_list (RoundsDb *db, const char *room, GError **error)
{
  g_return_val_if_fail (db != NULL && room != NULL, NULL);

  RoundsDbStep step;
  g_autoptr (GArray) stays = g_array_new (FALSE, FALSE, sizeof (RoundsCallStay));
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db, "SELECT side, joined_at, left_at FROM call_stays WHERE room_name = $1", error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_text (statement, 1, room);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsCallStay stay = {
        .side = rounds_call_side_from_string (rounds_db_get_text (statement, 0)),
        .joined_at = rounds_db_get_int (statement, 1),
        .left_at = rounds_db_get_time (statement, 2),
      };
      g_array_append_val (stays, stay);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&stays) : NULL;
}

gboolean
rounds_call_room_is_closed (RoundsDb *db, const char *room, gboolean *closed, GError **error)
{
  g_return_val_if_fail (db != NULL && room != NULL && closed != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, closed_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, room);
  if (rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *closed = rounds_db_get_int (statement, 0) > 0;
  return TRUE;
}

static RoundsDbStatement *
prepare_for_call (RoundsDb *db, const char *sql, const RoundsCall *call, GError **error)
{
  RoundsDbStatement *statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_text (statement, 1, rounds_call_get_kind (call));
  rounds_db_bind_text (statement, 2, rounds_call_get_id (call));
  return statement;
}

gboolean
rounds_call_wait_store (RoundsDb *db, const RoundsCall *call, const char *user_id,
                        RoundsCallSide side, gint64 now, gboolean *noted, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && user_id != NULL && noted != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = prepare_for_call (db, wait_sql, call, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 3, user_id);
  rounds_db_bind_text (statement, 4, rounds_call_side_to_string (side));
  rounds_db_bind_int (statement, 5, now);
  rounds_db_bind_int (statement, 6, now - SAME_WAIT);
  if (!rounds_db_run (statement, error))
    return FALSE;
  *noted = rounds_db_get_changes (db) > 0;
  return TRUE;
}

gboolean
rounds_call_wait_read_sides (RoundsDb *db, const RoundsCall *call, gint64 since, gboolean tried[2],
                             gint64 *last, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && tried != NULL && last != NULL, FALSE);

  RoundsDbStep step;
  g_autoptr (RoundsDbStatement) statement = prepare_for_call (db, sides_sql, call, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 3, since);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsCallSide side = rounds_call_side_from_string (rounds_db_get_text (statement, 0));
      if (side == ROUNDS_CALL_OTHER)
        continue;
      tried[side] = TRUE;
      *last = MAX (*last, rounds_db_get_int (statement, 1));
    }
  return step == ROUNDS_DB_DONE;
}

gboolean
rounds_call_step_store (RoundsDb *db, const RoundsCall *call, const char *status,
                        RoundsNoShowCause cause, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && status != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = prepare_for_call (db, step_sql, call, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 3, status);
  rounds_db_bind_text (statement, 4, rounds_no_show_cause_to_string (cause));
  rounds_db_bind_int (statement, 5, now);
  return rounds_db_run (statement, error);
}

gboolean
rounds_call_step_is_rule (RoundsDb *db, const RoundsCall *call, const char *status,
                          gboolean *by_rule, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && status != NULL && by_rule != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = prepare_for_call (
      db, "SELECT count (*) FROM call_steps WHERE kind = $1 AND record_id = $2 AND status = $3",
      call, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 3, status);
  if (rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *by_rule = rounds_db_get_int (statement, 0) > 0;
  return TRUE;
}
