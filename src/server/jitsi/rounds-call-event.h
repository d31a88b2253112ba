/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One event as Prosody's event_sync sends it, read and checked.
 * Names and addresses in it are passed over: who somebody is, the token's id says.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-clock.h"
#include "rounds-problems.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CALL_EVENT_ROOM_CREATED,
  ROUNDS_CALL_EVENT_ROOM_DESTROYED,
  ROUNDS_CALL_EVENT_OCCUPANT_JOINED,
  ROUNDS_CALL_EVENT_OCCUPANT_LEFT,
} RoundsCallEventType;

/* Somebody who was in the room. Borrowed from the event's JSON. */
typedef struct
{
  const char *jid;
  const char *id; /* of the token; or NULL */
  gint64 joined_at; /* µs UTC */
  gint64 left_at; /* or ROUNDS_TIME_NONE */
} RoundsCallOccupant;

/* One owner. Strings are borrowed from the JSON. */
typedef struct
{
  RoundsCallEventType type;
  const char *room;
  gboolean breakout; /* of a side room; @room is the main one */
  gint64 created_at; /* µs UTC; room events only */
  gint64 destroyed_at; /* or ROUNDS_TIME_NONE */
  GArray *occupants; /* RoundsCallOccupant */
} RoundsCallEvent;

/* NULL when @problems got something. Nothing later than @now and a day is taken (µs UTC). */
RoundsCallEvent *rounds_call_event_read (JsonObject *body, RoundsCallEventType type, gint64 now,
                                         RoundsProblems *problems);
void rounds_call_event_free (RoundsCallEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsCallEvent, rounds_call_event_free)

G_END_DECLS
