/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What an event of Jitsi's leaves behind.
 * It is stored as it is, and the rules look at all that is known: events may come late, twice, and
 * in any order.
 */

#include "config.h"

#include "rounds-call-event-store.h"

#include "rounds-call-occupants.h"
#include "rounds-call-stays.h"
#include "rounds-call-steps.h"

static gboolean
store_occupant (RoundsDb *db, const RoundsCall *call, const RoundsCallOccupant *occupant,
                GError **error)
{
  g_autoptr (RoundsUser) user = NULL;
  RoundsCallSide side = ROUNDS_CALL_OTHER;

  if (!rounds_call_occupant_find (db, call, occupant, &user, &side, error))
    return FALSE;
  RoundsCallStayRow stay = {
    .occupant = occupant->jid,
    .user_id = user != NULL ? user->id : NULL,
    .side = side,
    .joined_at = occupant->joined_at,
    .left_at = occupant->left_at,
  };
  return rounds_call_stay_store (db, rounds_call_get_room (call), &stay, error);
}

static gboolean
store_occupants (RoundsDb *db, const RoundsCall *call, const RoundsCallEvent *event, GError **error)
{
  for (guint i = 0; i < event->occupants->len; i++)
    {
      if (!store_occupant (db, call, &g_array_index (event->occupants, RoundsCallOccupant, i),
                           error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_room (RoundsDb *db, const RoundsCall *call, const RoundsCallEvent *event, GError **error)
{
  gboolean about_room = event->type == ROUNDS_CALL_EVENT_ROOM_CREATED
                        || event->type == ROUNDS_CALL_EVENT_ROOM_DESTROYED;

  /* A side room comes and goes while the call goes on. */
  return !about_room || event->breakout
         || rounds_call_room_store (db, rounds_call_get_room (call), event->created_at,
                                    event->destroyed_at, error);
}

static gboolean
store_event (RoundsDb *db, const RoundsCall *call, const RoundsCallEvent *event, gint64 now,
             GError **error)
{
  if (!store_occupants (db, call, event, error) || !store_room (db, call, event, error)
      || !rounds_call_stay_end_all (db, rounds_call_get_room (call), error))
    return FALSE;
  return event->type != ROUNDS_CALL_EVENT_OCCUPANT_JOINED
         || rounds_call_occupant_note_waiting (
             db, call, &g_array_index (event->occupants, RoundsCallOccupant, 0), now, error);
}

gboolean
rounds_call_event_store (RoundsDb *db, const RoundsCallEvent *event, gint64 now, gboolean *known,
                         GError **error)
{
  g_return_val_if_fail (db != NULL && event != NULL && known != NULL, FALSE);

  g_autoptr (RoundsCall) call = NULL;
  if (!rounds_call_find_by_room (db, event->room, &call, error))
    return FALSE;
  *known = call != NULL;
  return call == NULL
         || (store_event (db, call, event, now, error)
             && rounds_call_steps_take (db, call, now, error));
}
