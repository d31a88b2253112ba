/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the states that a rule set began, put right by what Jitsi tells later.
 * An event that was late must leave the same behind as one that was in time.
 */

#include "config.h"

#include "rounds-call-moments.h"

#include "rounds-appointment-repository.h"
#include "rounds-call-stays.h"
#include "rounds-meeting-repository.h"

/* Puts *@moment right where the state was reached by a rule: what a person said stands. */
static gboolean
correct_moment (RoundsDb *db, const RoundsCall *call, RoundsAppointmentStatus status, gint64 at,
                gint64 *moment, GError **error)
{
  gboolean by_rule = FALSE;

  if (!rounds_call_step_is_rule (db, call, rounds_appointment_status_to_string (status), &by_rule,
                                 error))
    return FALSE;
  if (by_rule && at != ROUNDS_TIME_NONE)
    *moment = at;
  return TRUE;
}

static gboolean
correct_appointment (RoundsDb *db, const RoundsCall *call, const RoundsCallMoments *moments,
                     gint64 now, GError **error)
{
  gboolean stored = FALSE;
  g_autoptr (RoundsAppointment) changed = rounds_appointment_copy (call->appointment);

  if (!correct_moment (db, call, ROUNDS_APPOINTMENT_ARRIVED, moments->guest_came,
                       &changed->arrived_at, error)
      || !correct_moment (db, call, ROUNDS_APPOINTMENT_ACTIVE, moments->met, &changed->started_at,
                          error)
      || !correct_moment (db, call, ROUNDS_APPOINTMENT_COMPLETED, moments->ended,
                          &changed->ended_at, error))
    return FALSE;
  if (changed->ended_at != ROUNDS_TIME_NONE)
    changed->ended_at = MAX (changed->ended_at, changed->started_at);
  if (rounds_appointment_equal (changed, call->appointment))
    return TRUE;
  changed->version++;
  changed->updated_at = now;
  return rounds_appointment_repository_update_status (db, changed, &stored, error);
}

static gboolean
correct_meeting (RoundsDb *db, const RoundsCall *call, const RoundsCallMoments *moments, gint64 now,
                 GError **error)
{
  const RoundsMeeting *meeting = call->meeting;
  gint64 started = meeting->started_at;
  gint64 ended = meeting->ended_at;
  gboolean began = FALSE;
  gboolean over = FALSE;
  gboolean stored = FALSE;

  if (!rounds_call_step_is_rule (db, call, "active", &began, error)
      || !rounds_call_step_is_rule (db, call, "completed", &over, error))
    return FALSE;
  if (began && moments->began != ROUNDS_TIME_NONE)
    started = moments->began;
  if (over && moments->ended != ROUNDS_TIME_NONE)
    ended = MAX (moments->ended, started);
  if (started == meeting->started_at && ended == meeting->ended_at)
    return TRUE;
  g_autoptr (RoundsMeeting) changed = rounds_meeting_copy (meeting);
  changed->started_at = started;
  changed->ended_at = ended;
  if (ended != ROUNDS_TIME_NONE)
    changed->duration = (int)(MAX (ended - started, 0) / ROUNDS_MINUTE);
  changed->version++;
  changed->updated_at = now;
  return rounds_meeting_repository_update_status (db, changed, &stored, error);
}

gboolean
rounds_call_moments_correct (RoundsDb *db, const RoundsCall *call, const RoundsCallFacts *facts,
                             gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && facts != NULL, FALSE);

  RoundsCallMoments moments = rounds_call_rules_moments (facts);
  return call->meeting != NULL ? correct_meeting (db, call, &moments, now, error)
                               : correct_appointment (db, call, &moments, now, error);
}
