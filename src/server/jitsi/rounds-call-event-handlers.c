/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * POST /jitsi/events/…: what Prosody's event_sync tells of rooms and of who is in them.
 * An event is stored as it is and the rules look at all that is known: events may come late, twice,
 * and in any order.
 */

#include "config.h"

#include "rounds-call-event-handlers.h"

#include "rounds-call-event.h"
#include "rounds-call-hook.h"
#include "rounds-call-stays.h"
#include "rounds-call-steps.h"
#include "rounds-call-waiting.h"
#include "rounds-id.h"
#include "rounds-user-repository.h"
#include "rounds-write.h"

typedef struct
{
  const RoundsCallEvent *event;
  gboolean known; /* the room is one of ours */
} Work;

static gboolean
find_user (RoundsDb *db, const char *id, RoundsUser **user, GError **error)
{
  if (id == NULL || !rounds_id_is_valid (id))
    return TRUE;
  return rounds_user_repository_find (db, id, user, error);
}

static gboolean
store_occupant (RoundsRequest *request, const RoundsCall *call, const RoundsCallOccupant *occupant,
                GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (RoundsUser) user = NULL;

  if (!find_user (db, occupant->id, &user, error))
    return FALSE;
  RoundsCallStayRow stay = {
    .occupant = occupant->jid,
    .user_id = user != NULL ? user->id : NULL,
    .side = rounds_call_get_side (call, user),
    .joined_at = occupant->joined_at,
    .left_at = occupant->left_at,
  };
  return rounds_call_stay_store (db, rounds_call_get_room (call), &stay, error);
}

/* Whether anybody of the other side than @side is in the room. */
static gboolean
find_other_side (RoundsDb *db, const RoundsCall *call, RoundsCallSide side, gboolean *there,
                 GError **error)
{
  g_autoptr (GArray) stays = rounds_call_stay_list (db, rounds_call_get_room (call), error);
  if (stays == NULL)
    return FALSE;
  for (guint i = 0; i < stays->len; i++)
    {
      const RoundsCallStay *stay = &g_array_index (stays, RoundsCallStay, i);
      if (stay->left_at == ROUNDS_TIME_NONE && stay->side != ROUNDS_CALL_OTHER
          && stay->side != side)
        *there = TRUE;
    }
  return TRUE;
}

/* Who came first waits for the other side. */
static gboolean
note_waiting (RoundsRequest *request, const RoundsCall *call, const RoundsCallOccupant *occupant,
              GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  gint64 now = rounds_request_get_now (request);
  gboolean there = FALSE;
  g_autoptr (RoundsUser) user = NULL;

  if (!find_user (db, occupant->id, &user, error))
    return FALSE;
  if (user == NULL || !rounds_call_is_current (call, now))
    return TRUE;
  RoundsCallSide side = rounds_call_get_side (call, user);
  if (!find_other_side (db, call, side, &there, error))
    return FALSE;
  return there || side == ROUNDS_CALL_OTHER
         || rounds_call_note_waiting (db, call, user->id, side, occupant->joined_at, error);
}

static gboolean
store_event (RoundsRequest *request, const RoundsCall *call, const RoundsCallEvent *event,
             GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);

  for (guint i = 0; i < event->occupants->len; i++)
    {
      if (!store_occupant (request, call, &g_array_index (event->occupants, RoundsCallOccupant, i),
                           error))
        return FALSE;
    }
  if (event->type == ROUNDS_CALL_EVENT_OCCUPANT_JOINED)
    return note_waiting (request, call, &g_array_index (event->occupants, RoundsCallOccupant, 0),
                         error);
  /* A side room comes and goes while the call goes on. */
  if (event->type == ROUNDS_CALL_EVENT_OCCUPANT_LEFT || event->breakout)
    return TRUE;
  return rounds_call_room_store (db, rounds_call_get_room (call), event->created_at,
                                 event->destroyed_at, error);
}

static RoundsWrite
write_event (RoundsRequest *request, gpointer data, GError **error)
{
  Work *work = data;
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (RoundsCall) call = NULL;

  if (!rounds_call_find_by_room (db, work->event->room, &call, error))
    return ROUNDS_WRITE_FAILED;
  work->known = call != NULL;
  if (call == NULL)
    return ROUNDS_WRITE_UNDO;
  if (!store_event (request, call, work->event, error)
      || !rounds_call_steps_take (db, call, rounds_request_get_now (request), error))
    return ROUNDS_WRITE_FAILED;
  return ROUNDS_WRITE_KEEP;
}

static RoundsResponse *
take_event (RoundsRequest *request, RoundsCallEventType type)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (GError) error = NULL;

  RoundsResponse *refusal = rounds_call_hook_check (request);
  if (refusal != NULL)
    return refusal;
  g_autoptr (RoundsCallEvent) event = rounds_call_event_read (
      rounds_request_get_body (request), type, rounds_request_get_now (request), problems);
  if (event == NULL)
    return rounds_response_problems (400, problems);
  Work work = { .event = event };
  if (rounds_request_write (request, write_event, &work, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  /* A room of others is no failure: event_sync would try again what will never succeed. */
  JsonObject *data = json_object_new ();
  json_object_set_boolean_member (data, "known", work.known);
  return rounds_response_success (200, data);
}

RoundsResponse *
rounds_call_event_handlers_room_created (RoundsRequest *request)
{
  return take_event (request, ROUNDS_CALL_EVENT_ROOM_CREATED);
}

RoundsResponse *
rounds_call_event_handlers_room_destroyed (RoundsRequest *request)
{
  return take_event (request, ROUNDS_CALL_EVENT_ROOM_DESTROYED);
}

RoundsResponse *
rounds_call_event_handlers_occupant_joined (RoundsRequest *request)
{
  return take_event (request, ROUNDS_CALL_EVENT_OCCUPANT_JOINED);
}

RoundsResponse *
rounds_call_event_handlers_occupant_left (RoundsRequest *request)
{
  return take_event (request, ROUNDS_CALL_EVENT_OCCUPANT_LEFT);
}
