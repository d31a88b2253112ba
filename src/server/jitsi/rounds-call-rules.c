/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What follows from who was in a call: arrived, active, completed, no-show and why.
 * Nothing leaves completed, cancelled and no-show, so a person's last word stands by itself; of
 * what a person said before that, by_rule tells.
 */

#include "config.h"

#include "rounds-call-rules.h"

/* Who is there for longer was forgotten: of his end nobody told. */
#define LONGEST_STAY (24 * ROUNDS_HOUR)
/* Who comes that much after the beginning is late. */
#define LATE_AFTER (5 * ROUNDS_MINUTE)

/* The facts, summed up. Moments are ROUNDS_TIME_NONE where there is none. */
typedef struct
{
  gint64 first[2]; /* by side: when he first came */
  gint64 met_at; /* both sides were there */
  gint64 together; /* µs, of the longest time together */
  gint64 last_left;
  gboolean inside; /* somebody of both sides still is */
} Summary;

/* Of those of one side who came before somebody else: */
typedef struct
{
  gint64 last_end; /* ROUNDS_TIME_NONE: nobody came */
  gboolean inside; /* one of them still is */
} Before;

static gint64
get_end (const RoundsCallStay *stay, gint64 now)
{
  return MAX (stay->left_at != ROUNDS_TIME_NONE ? stay->left_at : now, stay->joined_at);
}

static gint64
earlier (gint64 a, gint64 b)
{
  if (a == ROUNDS_TIME_NONE || b == ROUNDS_TIME_NONE)
    return a == ROUNDS_TIME_NONE ? b : a;
  return MIN (a, b);
}

/* @stay with the one of the other side who came before him and stayed longest: with nobody else was
 * he together longer. */
static void
meet (Summary *summary, const RoundsCallStay *stay, const Before *others, gint64 now)
{
  gint64 from = stay->joined_at;
  gint64 to = MIN (get_end (stay, now), others->last_end);
  gboolean both_there = stay->left_at == ROUNDS_TIME_NONE && others->inside;

  /* Two who pass each other in the same second have not met. */
  if (others->last_end == ROUNDS_TIME_NONE || to < from || (to == from && !both_there))
    return;
  summary->met_at = earlier (summary->met_at, from);
  summary->together = MAX (summary->together, to - from);
}

/* Stays have to be added in the order in which they began. */
static void
add_stay (Summary *summary, const RoundsCallStay *stay, Before sides[2], gint64 now)
{
  gint64 end = get_end (stay, now);
  Before *side = &sides[stay->side];

  summary->first[stay->side] = earlier (summary->first[stay->side], stay->joined_at);
  if (summary->last_left == ROUNDS_TIME_NONE || end > summary->last_left)
    summary->last_left = end;
  meet (summary, stay,
        &sides[stay->side == ROUNDS_CALL_HOST ? ROUNDS_CALL_GUEST : ROUNDS_CALL_HOST], now);
  if (side->last_end == ROUNDS_TIME_NONE || end > side->last_end)
    side->last_end = end;
  if (stay->left_at != ROUNDS_TIME_NONE)
    return;
  side->inside = TRUE;
  summary->inside = TRUE;
}

/* Prosody died, say, and with it what it knew. The booked end is as good a guess as any, unless
 * somebody was heard of later; should the end be told after all, it counts. */
static gint64
guess_end (const RoundsCallStay *stay, const RoundsCallFacts *facts)
{
  gint64 last = stay->joined_at + LONGEST_STAY;

  if (facts->closes_at != ROUNDS_TIME_NONE)
    last = MIN (last, facts->closes_at);
  gint64 likely = MAX (facts->ends_at, facts->heard_at);
  return facts->now >= last ? MAX (stay->joined_at, MIN (likely, last)) : ROUNDS_TIME_NONE;
}

static int
compare_beginnings (gconstpointer a, gconstpointer b)
{
  gint64 first = ((const RoundsCallStay *)a)->joined_at;
  gint64 second = ((const RoundsCallStay *)b)->joined_at;
  return (first > second) - (first < second);
}

/* In order. The stays of both sides, as far as they are the call: nobody has come or gone later
 * than now, whatever Jitsi's clock says, and who looks at the room the day before has not arrived.
 */
static GArray *
choose_stays (const RoundsCallFacts *facts)
{
  GArray *stays = g_array_new (FALSE, FALSE, sizeof (RoundsCallStay));

  for (gsize i = 0; i < facts->n_stays; i++)
    {
      RoundsCallStay stay = facts->stays[i];

      stay.joined_at = MIN (stay.joined_at, facts->now);
      if (stay.left_at == ROUNDS_TIME_NONE)
        stay.left_at = guess_end (&stay, facts);
      if (stay.left_at != ROUNDS_TIME_NONE)
        stay.left_at = MIN (stay.left_at, facts->now);
      if (stay.side == ROUNDS_CALL_OTHER || get_end (&stay, facts->now) < facts->opens_at)
        continue;
      stay.joined_at = MAX (stay.joined_at, facts->opens_at);
      g_array_append_val (stays, stay);
    }
  g_array_sort (stays, compare_beginnings);
  return stays;
}

static Summary
sum_up (const RoundsCallFacts *facts)
{
  g_autoptr (GArray) stays = choose_stays (facts);
  Summary summary = {
    .first = { ROUNDS_TIME_NONE, ROUNDS_TIME_NONE },
    .met_at = ROUNDS_TIME_NONE,
    .last_left = ROUNDS_TIME_NONE,
  };
  Before sides[2] = { { .last_end = ROUNDS_TIME_NONE }, { .last_end = ROUNDS_TIME_NONE } };

  for (guint i = 0; i < stays->len; i++)
    add_stay (&summary, &g_array_index (stays, RoundsCallStay, i), sides, facts->now);
  return summary;
}

/* Nobody is there any more, and it does not look like a connection that broke for a moment. */
static gboolean
is_over (const Summary *summary, const RoundsCallFacts *facts, RoundsTimeRange range)
{
  if (summary->inside || summary->last_left == ROUNDS_TIME_NONE)
    return FALSE;
  if (summary->together >= ROUNDS_CALL_LEAST_TOGETHER)
    return facts->room_closed || facts->now >= summary->last_left + ROUNDS_CALL_OVER_AFTER;
  return facts->now >= MAX (range.end, summary->last_left) + ROUNDS_CALL_OVER_AFTER;
}

/* Both tried, and never met. */
static RoundsNoShowCause
blame_for_missing_each_other (const Summary *summary, RoundsTimeRange range)
{
  gint64 host = summary->first[ROUNDS_CALL_HOST];
  gint64 guest = summary->first[ROUNDS_CALL_GUEST];

  if (host == ROUNDS_TIME_NONE || guest == ROUNDS_TIME_NONE)
    return ROUNDS_CAUSE_TECHNICAL;
  if (MAX (host, guest) < range.start + LATE_AFTER)
    return ROUNDS_CAUSE_TECHNICAL;
  return host > guest ? ROUNDS_CAUSE_STAFF : ROUNDS_CAUSE_PATIENT;
}

static RoundsNoShowCause
find_cause (const Summary *summary, const RoundsCallFacts *facts, RoundsTimeRange range)
{
  gboolean host
      = facts->tried[ROUNDS_CALL_HOST] || summary->first[ROUNDS_CALL_HOST] != ROUNDS_TIME_NONE;
  gboolean guest
      = facts->tried[ROUNDS_CALL_GUEST] || summary->first[ROUNDS_CALL_GUEST] != ROUNDS_TIME_NONE;

  if (host && guest)
    return blame_for_missing_each_other (summary, range);
  if (host)
    return ROUNDS_CAUSE_PATIENT;
  /* Nobody at all: they may have telephoned. A person will know. */
  return guest ? ROUNDS_CAUSE_STAFF : ROUNDS_CAUSE_NONE;
}

static RoundsAppointmentStatus
judge_waiting (const RoundsAppointment *appointment, const RoundsCallFacts *facts,
               const Summary *summary, gint64 *at, RoundsNoShowCause *cause)
{
  RoundsTimeRange range = rounds_appointment_get_range (appointment);
  gboolean arrived = appointment->status == ROUNDS_APPOINTMENT_ARRIVED;

  if (!arrived && summary->first[ROUNDS_CALL_GUEST] != ROUNDS_TIME_NONE)
    {
      *at = summary->first[ROUNDS_CALL_GUEST];
      return ROUNDS_APPOINTMENT_ARRIVED;
    }
  if (arrived && summary->met_at != ROUNDS_TIME_NONE)
    {
      *at = summary->met_at;
      return ROUNDS_APPOINTMENT_ACTIVE;
    }
  /* That he has arrived, a person said: then a person says as well that he has not. */
  if ((arrived && !facts->by_rule) || summary->inside
      || facts->now < MAX (range.end, facts->tried_at) + ROUNDS_CALL_NO_SHOW_AFTER)
    return appointment->status;
  *cause = find_cause (summary, facts, range);
  *at = facts->now;
  return *cause != ROUNDS_CAUSE_NONE ? ROUNDS_APPOINTMENT_NO_SHOW : appointment->status;
}

RoundsAppointmentStatus
rounds_call_rules_appointment (const RoundsAppointment *appointment, const RoundsCallFacts *facts,
                               gint64 *at, RoundsNoShowCause *cause)
{
  g_return_val_if_fail (appointment != NULL && facts != NULL && at != NULL && cause != NULL,
                        ROUNDS_APPOINTMENT_REQUESTED);

  Summary summary = sum_up (facts);
  *at = facts->now;
  *cause = ROUNDS_CAUSE_NONE;
  switch (appointment->status)
    {
    case ROUNDS_APPOINTMENT_CONFIRMED:
    case ROUNDS_APPOINTMENT_ARRIVED:
      return judge_waiting (appointment, facts, &summary, at, cause);
    case ROUNDS_APPOINTMENT_ACTIVE:
      /* What a person began without Jitsi (by telephone, say), a person ends. */
      if (summary.met_at == ROUNDS_TIME_NONE
          || !is_over (&summary, facts, rounds_appointment_get_range (appointment)))
        return appointment->status;
      *at = summary.last_left;
      return ROUNDS_APPOINTMENT_COMPLETED;
    case ROUNDS_APPOINTMENT_REQUESTED:
    case ROUNDS_APPOINTMENT_COMPLETED:
    case ROUNDS_APPOINTMENT_CANCELLED:
    case ROUNDS_APPOINTMENT_NO_SHOW:
    default:
      return appointment->status;
    }
}

RoundsMeetingStatus
rounds_call_rules_meeting (const RoundsMeeting *meeting, const RoundsCallFacts *facts, gint64 *at)
{
  g_return_val_if_fail (meeting != NULL && facts != NULL && at != NULL, ROUNDS_MEETING_SCHEDULED);

  Summary summary = sum_up (facts);
  gint64 began = earlier (summary.first[ROUNDS_CALL_HOST], summary.met_at);

  *at = facts->now;
  if (meeting->status == ROUNDS_MEETING_SCHEDULED && began != ROUNDS_TIME_NONE)
    {
      *at = began;
      return ROUNDS_MEETING_ACTIVE;
    }
  if (meeting->status == ROUNDS_MEETING_ACTIVE && began != ROUNDS_TIME_NONE
      && is_over (&summary, facts, rounds_meeting_get_range (meeting)))
    {
      *at = MAX (summary.last_left, meeting->started_at);
      return ROUNDS_MEETING_COMPLETED;
    }
  return meeting->status;
}

RoundsCallMoments
rounds_call_rules_moments (const RoundsCallFacts *facts)
{
  Summary summary = sum_up (facts);
  return (RoundsCallMoments){
    .guest_came = summary.first[ROUNDS_CALL_GUEST],
    .met = summary.met_at,
    .began = earlier (summary.first[ROUNDS_CALL_HOST], summary.met_at),
    .ended = summary.inside ? ROUNDS_TIME_NONE : summary.last_left,
  };
}
