/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An appointment or a meeting as a call: its room, its time, who belongs to which side.
 * What happened in it is rounds-call-stays.h's, what follows from that rounds-call-rules.h's.
 */

#pragma once

#include "rounds-change-repository.h"
#include "rounds-meeting.h"
#include "rounds-appointment.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CALL_HOST, /* who holds it: doctor and staff; who made the meeting */
  ROUNDS_CALL_GUEST, /* the patient; the others of a meeting */
  ROUNDS_CALL_OTHER, /* a recorder, an interpreter: nobody waits for them */
} RoundsCallSide;

const char *rounds_call_side_to_string (RoundsCallSide side);
RoundsCallSide rounds_call_side_from_string (const char *text);

/* One owner. One of the records is there. */
typedef struct
{
  RoundsChangeKind kind;
  RoundsAppointment *appointment; /* or NULL */
  RoundsMeeting *meeting; /* or NULL */
} RoundsCall;

void rounds_call_free (RoundsCall *self);

/* TRUE with @call set to NULL for a room that is none of ours. @room as Jitsi names it, a tenant's
 * prefix included. Block, both of them. */
gboolean
rounds_call_find_by_room (RoundsDb *db, const char *room, RoundsCall **call, GError **error);
gboolean rounds_call_find (RoundsDb *db, RoundsChangeKind kind, const char *id, RoundsCall **call,
                           GError **error);

const char *rounds_call_get_id (const RoundsCall *self);
/* "appointment", "meeting". */
const char *rounds_call_get_kind (const RoundsCall *self);
const char *rounds_call_get_room (const RoundsCall *self);
const char *rounds_call_get_status (const RoundsCall *self);
RoundsTimeRange rounds_call_get_range (const RoundsCall *self);
/* Whether a room may open for it: confirmed or on its way, not over. */
gboolean rounds_call_is_on (const RoundsCall *self);
/* How many may be in the room at once. */
guint rounds_call_get_capacity (const RoundsCall *self);
/* On which side @user is; NULL for somebody without an account. */
RoundsCallSide rounds_call_get_side (const RoundsCall *self, const RoundsUser *user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsCall, rounds_call_free)

G_END_DECLS
