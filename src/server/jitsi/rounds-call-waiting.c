/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * "NAME is waiting": noted when somebody asks for the link or sits in the room alone.
 * Who is told is rounds-event-records.c's.
 */

#include "config.h"

#include "rounds-call-waiting.h"

#include "rounds-call-stays.h"

static const char list_sql[]
    = "SELECT w.user_id, u.name, w.since FROM call_waits w JOIN users u ON u.id = w.user_id"
      " WHERE w.kind = $1 AND w.record_id = $2 AND w.since >= $3 AND w.side <> 'other'";

gboolean
rounds_call_is_current (const RoundsCall *call, gint64 now)
{
  g_return_val_if_fail (call != NULL, FALSE);

  RoundsTimeRange range = rounds_call_get_range (call);
  return rounds_call_is_on (call) && now >= range.start - ROUNDS_CALL_OPENS_BEFORE
         && now <= range.end + ROUNDS_CALL_OPEN_AFTER;
}

/* The triggers of the feed mark what is written, also where it is the same as before. */
static gboolean
touch (RoundsDb *db, const RoundsCall *call, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      call->meeting != NULL ? "UPDATE meetings SET updated_at = updated_at WHERE id = $1"
                            : "UPDATE appointments SET updated_at = updated_at WHERE id = $1",
      error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, rounds_call_get_id (call));
  return rounds_db_run (statement, error);
}

gboolean
rounds_call_note_waiting (RoundsDb *db, const RoundsCall *call, const char *user_id,
                          RoundsCallSide side, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && user_id != NULL, FALSE);

  gboolean noted = FALSE;
  return rounds_call_wait_store (db, call, user_id, side, now, &noted, error)
         && (!noted || touch (db, call, error));
}

void
rounds_call_waiter_free (RoundsCallWaiter *self)
{
  if (self == NULL)
    return;
  g_free (self->user_id);
  g_free (self->name);
  g_free (self);
}

GPtrArray *
rounds_call_list_waiting (RoundsDb *db, const char *kind, const char *id, gint64 after,
                          GError **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL, NULL);

  RoundsDbStep step;
  g_autoptr (GPtrArray) waiters
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_call_waiter_free);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, list_sql, error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_text (statement, 1, kind);
  rounds_db_bind_text (statement, 2, id);
  rounds_db_bind_int (statement, 3, after);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsCallWaiter *waiter = g_new0 (RoundsCallWaiter, 1);
      waiter->user_id = g_strdup (rounds_db_get_text (statement, 0));
      waiter->name = g_strdup (rounds_db_get_text (statement, 1));
      waiter->since = rounds_db_get_int (statement, 2);
      g_ptr_array_add (waiters, waiter);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&waiters) : NULL;
}
