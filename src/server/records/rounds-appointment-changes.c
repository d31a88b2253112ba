/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of calls that change an appointment: its state, its time, its doctor, its notes.
 * Rules are in model, SQL in the repository.
 */

#include "config.h"

#include "rounds-appointment-handlers.h"

#include "rounds-access.h"
#include "rounds-appointment-answer.h"
#include "rounds-appointment-edit.h"
#include "rounds-appointment-repository.h"
#include "rounds-appointment-storing.h"
#include "rounds-audit-request.h"
#include "rounds-slot-taken.h"
#include "rounds-wire.h"
#include "rounds-write.h"

/* What a step asks for. Borrowed. */
typedef struct
{
  RoundsAppointmentStatus to;
  const char *notes; /* or NULL: the old ones stay */
} Step;

static RoundsResponse *
read_step (RoundsRequest *request, Step *step)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const char *status = NULL;

  if (rounds_wire_status_change_from_json (rounds_request_get_body (request), &status, &step->notes,
                                           problems)
      && !rounds_appointment_status_from_string (status, &step->to))
    rounds_problems_add (problems, "status",
                         "Has to be requested, confirmed, arrived, active, completed, cancelled "
                         "or no-show");

  return rounds_response_any_problems (400, problems);
}

static RoundsResponse *
refuse_change (RoundsRequest *request, const RoundsAppointment *appointment,
               RoundsAppointmentStatus to)
{
  if (!rounds_appointment_status_leads_to (appointment->status, to))
    return rounds_response_illegal_step ("appointment",
                                         rounds_appointment_status_to_string (appointment->status),
                                         rounds_appointment_status_to_string (to));

  if (!rounds_access_may_change_appointment (rounds_request_get_caller (request), appointment, to))
    return rounds_response_forbidden ("You may not set this status");
  return NULL;
}

static RoundsAppointment *
apply_change (const RoundsAppointment *appointment, RoundsAppointmentStatus to, const char *notes,
              gint64 now)
{
  RoundsAppointment *changed = rounds_appointment_with_status (appointment, to, notes, now);

  changed->version++;
  return changed;
}

/* Undone when somebody else's change came first. */
static RoundsWrite
write_status (RoundsRequest *request, gpointer appointment, GError **error)
{
  gboolean stored = FALSE;

  if (!rounds_appointment_repository_update_status (rounds_request_get_db (request), appointment,
                                                    &stored, error))
    return ROUNDS_WRITE_FAILED;
  return stored ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

static RoundsResponse *
try_step (RoundsRequest *request, gpointer data)
{
  const Step *step = data;
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsAppointment) changed = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  appointment = rounds_appointment_answer_find_to_change (request, &refusal);
  if (appointment != NULL)
    refusal = refuse_change (request, appointment, step->to);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  changed = apply_change (appointment, step->to, step->notes, rounds_request_get_now (request));
  switch (rounds_request_write (request, write_status, changed, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return rounds_appointment_answer (request, 200, changed);
    case ROUNDS_WRITE_UNDO:
      return NULL;
    case ROUNDS_WRITE_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

static RoundsResponse *
take_step (RoundsRequest *request, Step *step)
{
  rounds_audit_set_detail (request, "status", rounds_appointment_status_to_string (step->to));
  return rounds_request_try_often (request, "appointment", try_step, step);
}

RoundsResponse *
rounds_appointment_handlers_change_status (RoundsRequest *request)
{
  Step step = { 0 };
  RoundsResponse *refusal = read_step (request, &step);

  return refusal != NULL ? refusal : take_step (request, &step);
}

RoundsResponse *
rounds_appointment_handlers_cancel (RoundsRequest *request)
{
  return take_step (request, &(Step){ .to = ROUNDS_APPOINTMENT_CANCELLED });
}

static RoundsResponse *
try_edit (RoundsRequest *request, gpointer unused)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsAppointment) edited = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;
  RoundsTimeRange clash = { 0, 0 };
  const char *reason = NULL;

  appointment = rounds_appointment_answer_find_to_change (request, &refusal);
  if (refusal == NULL)
    edited = rounds_appointment_edit_make (request, appointment, &refusal);
  if (refusal == NULL)
    reason = rounds_slot_taken_read_override (request, appointment->hospital_id, &refusal);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  switch (rounds_appointment_storing_update (request, edited, reason, &clash, &error))
    {
    case ROUNDS_STORING_DONE:
      return rounds_appointment_answer (request, 200, edited);
    case ROUNDS_STORING_MOVED_ON:
      return NULL;
    case ROUNDS_STORING_SLOT_TAKEN:
      return rounds_slot_taken_refuse (request, edited, clash);
    case ROUNDS_STORING_REPEATED:
    case ROUNDS_STORING_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

RoundsResponse *
rounds_appointment_handlers_edit (RoundsRequest *request)
{
  return rounds_request_try_often (request, "appointment", try_edit, NULL);
}
