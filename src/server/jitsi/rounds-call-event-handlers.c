/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * POST /jitsi/events/…: what Prosody's event_sync tells of rooms and of who is in them.
 * What an event leaves behind is rounds-call-event-store.c's.
 */

#include "config.h"

#include "rounds-call-event-handlers.h"

#include "rounds-call-event-store.h"
#include "rounds-call-hook.h"
#include "rounds-write.h"

typedef struct
{
  const RoundsCallEvent *event;
  gboolean known; /* the room is one of ours */
} Work;

static RoundsWrite
write_event (RoundsRequest *request, gpointer data, GError **error)
{
  Work *work = data;

  if (!rounds_call_event_store (rounds_request_get_db (request), work->event,
                                rounds_request_get_now (request), &work->known, error))
    return ROUNDS_WRITE_FAILED;
  return work->known ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
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
