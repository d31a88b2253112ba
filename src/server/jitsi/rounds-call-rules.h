/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What follows from who was in a call: arrived, active, completed, no-show and why.
 * Arithmetic only: no database, no clock of its own, the same answer whatever the order in which
 * the facts came.
 */

#pragma once

#include "rounds-call.h"

G_BEGIN_DECLS

/* Longer than that after the booked end, and after anybody last tried, who has not come will not
 * come. µs, all of these. */
#define ROUNDS_CALL_NO_SHOW_AFTER (10 * ROUNDS_MINUTE)
/* A call that was left is over when nobody has come back for so long, or when Jitsi closed the room
 * after this much time together. */
#define ROUNDS_CALL_OVER_AFTER (5 * ROUNDS_MINUTE)
#define ROUNDS_CALL_LEAST_TOGETHER ROUNDS_MINUTE
/* Of whom nobody has heard for so long, when the call should have been over, has gone without
 * anybody telling. */
#define ROUNDS_CALL_SILENCE (2 * ROUNDS_HOUR)

typedef struct
{
  RoundsCallSide side;
  gint64 joined_at; /* µs UTC */
  gint64 left_at; /* or ROUNDS_TIME_NONE: still there */
} RoundsCallStay;

/* What is known of a call. */
typedef struct
{
  const RoundsCallStay *stays;
  gsize n_stays;
  gboolean tried[2]; /* by side, host and guest: asked for the link */
  gint64 tried_at; /* µs UTC: the last of them did; 0 where nobody did */
  gboolean room_closed; /* Jitsi closed the room after the last stay */
  gboolean by_rule; /* the record's present state was set by these rules, not by a person */
  gint64 opens_at; /* µs UTC: what was before is somebody's test, and counts for nothing */
  gint64 ends_at; /* µs UTC: the booked end */
  gint64 heard_at; /* µs UTC: the last sign that somebody was there, or 0 */
  gint64 closes_at; /* µs UTC: nobody can be there any more, or ROUNDS_TIME_NONE: not known */
  gint64 now; /* µs UTC */
} RoundsCallFacts;

/* When what happened did. ROUNDS_TIME_NONE for what did not, or did not yet. */
typedef struct
{
  gint64 guest_came;
  gint64 met; /* both sides were there */
  gint64 began; /* the host came, or both had met */
  gint64 ended; /* the last of both sides went */
} RoundsCallMoments;

RoundsCallMoments rounds_call_rules_moments (const RoundsCallFacts *facts);

/* The next state of @appointment, or its own when nothing follows. @at: when it became that (µs
 * UTC). @cause is set for a no-show. Steps are single ones that exist. */
RoundsAppointmentStatus
rounds_call_rules_appointment (const RoundsAppointment *appointment, const RoundsCallFacts *facts,
                               gint64 *at, RoundsNoShowCause *cause);
RoundsMeetingStatus
rounds_call_rules_meeting (const RoundsMeeting *meeting, const RoundsCallFacts *facts, gint64 *at);

G_END_DECLS
