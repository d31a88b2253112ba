/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the states that a rule set began, put right by what Jitsi tells later.
 * An event that was late must leave the same behind as one that was in time.
 */

#include "config.h"

#include "rounds-call-moments.h"

#include "rounds-call-stays.h"
#include "rounds-meeting-repository.h"

static const char time_sql[] = "UPDATE appointment_times SET at = $3"
                               " WHERE appointment_id = $1 AND status = $2 AND at <> $3";

static gboolean
correct_time (RoundsDb *db, const RoundsAppointment *appointment, RoundsAppointmentStatus status,
              gint64 at, GError **error)
{
  if (at == ROUNDS_TIME_NONE)
    return TRUE;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, time_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, appointment->id);
  rounds_db_bind_text (statement, 2, rounds_appointment_status_to_string (status));
  rounds_db_bind_time (statement, 3, at);
  return rounds_db_run (statement, error);
}

static gboolean
correct_appointment (RoundsDb *db, const RoundsCall *call, const RoundsCallMoments *moments,
                     GError **error)
{
  const struct
  {
    RoundsAppointmentStatus status;
    gint64 at;
  } states[] = {
    { ROUNDS_APPOINTMENT_ARRIVED, moments->guest_came },
    { ROUNDS_APPOINTMENT_ACTIVE, moments->met },
    { ROUNDS_APPOINTMENT_COMPLETED, moments->ended },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gboolean by_rule = FALSE;
      const char *status = rounds_appointment_status_to_string (states[i].status);
      if (!rounds_call_step_is_rule (db, call, status, &by_rule, error)
          || (by_rule
              && !correct_time (db, call->appointment, states[i].status, states[i].at, error)))
        return FALSE;
    }
  return TRUE;
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
                               : correct_appointment (db, call, &moments, error);
}
