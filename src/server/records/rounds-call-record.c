/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call that a request is about, whether an appointment's or a meeting's.
 * It changes neither.
 */

#include "config.h"

#include "rounds-call-record.h"

#include "rounds-access.h"
#include "rounds-appointment-answer.h"
#include "rounds-meeting-answer.h"
#include "rounds-request-private.h"

void
rounds_call_record_clear (RoundsCallRecord *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->room_name, g_free);
}

static RoundsResponse *
find_appointment (RoundsRequest *request, const char *id, RoundsCallRecord *record)
{
  RoundsResponse *refusal = NULL;
  g_autoptr (RoundsAppointment) appointment
      = rounds_appointment_answer_find (request, id, &refusal);

  if (appointment == NULL)
    return refusal;
  record->kind = "appointment";
  record->id = g_strdup (appointment->id);
  record->room_name = g_strdup (appointment->room_name);
  record->range = rounds_appointment_get_range (appointment);
  record->open = appointment->type == ROUNDS_APPOINTMENT_VIRTUAL
                 && !rounds_appointment_status_is_final (appointment->status);
  record->moderator
      = rounds_access_is_appointment_moderator (rounds_request_get_caller (request), appointment);
  return NULL;
}

static RoundsResponse *
find_meeting (RoundsRequest *request, const char *id, RoundsCallRecord *record)
{
  RoundsResponse *refusal = NULL;
  g_autoptr (RoundsMeeting) meeting = rounds_meeting_answer_find (request, id, &refusal);

  if (meeting == NULL)
    return refusal;
  record->kind = "meeting";
  record->id = g_strdup (meeting->id);
  record->room_name = g_strdup (meeting->room_name);
  record->range = rounds_meeting_get_range (meeting);
  record->open = !rounds_meeting_status_is_final (meeting->status);
  record->moderator
      = rounds_access_is_meeting_moderator (rounds_request_get_caller (request), meeting);
  return NULL;
}

RoundsResponse *
rounds_call_record_find (RoundsRequest *request, RoundsCallRecord *record)
{
  const char *id = rounds_request_get_param (request, "id");

  g_return_val_if_fail (record != NULL && record->id == NULL, NULL);

  return request->route->record == ROUNDS_RECORD_MEETING ? find_meeting (request, id, record)
                                                         : find_appointment (request, id, record);
}
