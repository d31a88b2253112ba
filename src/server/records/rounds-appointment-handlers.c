/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/appointments: booking, showing, listing.
 * Rules are in model, SQL in the repository; changes are in rounds-appointment-changes.c.
 */

#include "config.h"

#include "rounds-appointment-handlers.h"

#include "rounds-access.h"
#include "rounds-appointment-answer.h"
#include "rounds-appointment-booking.h"
#include "rounds-appointment-repository.h"
#include "rounds-appointment-storing.h"
#include "rounds-idempotency.h"
#include "rounds-links.h"
#include "rounds-list-answer.h"
#include "rounds-recall-answer.h"
#include "rounds-slot-taken.h"

/* What this key made, as the first answer showed it but with a link of now. */
static RoundsResponse *
answer_again (RoundsRequest *request, const char *id)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  appointment = rounds_appointment_answer_find (request, id, &refusal);
  return appointment != NULL ? rounds_appointment_answer (request, 201, appointment)
                             : g_steal_pointer (&refusal);
}

static RoundsResponse *
answer_repeated (RoundsRequest *request)
{
  g_autofree char *made = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  if (!rounds_idempotency_find (request, &made, &refusal))
    return g_steal_pointer (&refusal);
  return made != NULL ? answer_again (request, made) : NULL;
}

static RoundsResponse *
store_new (RoundsRequest *request, const RoundsAppointment *appointment, const char *reason)
{
  RoundsTimeRange clash = { 0, 0 };
  g_autoptr (GError) error = NULL;

  switch (rounds_appointment_storing_insert (request, appointment, reason, &clash, &error))
    {
    case ROUNDS_STORING_DONE:
      return rounds_appointment_answer (request, 201, appointment);
    case ROUNDS_STORING_REPEATED:
      return answer_repeated (request);
    case ROUNDS_STORING_SLOT_TAKEN:
      return rounds_slot_taken_refuse (request, appointment, clash);
    case ROUNDS_STORING_MOVED_ON:
    case ROUNDS_STORING_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

RoundsResponse *
rounds_appointment_handlers_create (RoundsRequest *request)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  const char *reason = NULL;

  refusal = answer_repeated (request);
  if (refusal == NULL)
    appointment = rounds_appointment_booking_make (request, &refusal);
  if (refusal == NULL)
    reason = rounds_slot_taken_read_override (request, appointment->hospital_id, &refusal);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  return store_new (request, appointment, reason);
}

RoundsResponse *
rounds_appointment_handlers_show (RoundsRequest *request)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  RoundsResponse *response = NULL;

  appointment = rounds_appointment_answer_find (request, rounds_request_get_param (request, "id"),
                                                &refusal);
  if (appointment == NULL)
    return g_steal_pointer (&refusal);

  rounds_request_keep_appointment (request, appointment);
  response = rounds_recall_answer_find (request);
  if (response != NULL)
    {
      rounds_response_set_version (response, appointment->version);
      return response;
    }
  response = rounds_appointment_answer (request, 200, appointment);
  rounds_recall_answer_keep (request, response,
                             rounds_links_get_change (rounds_request_get_config (request),
                                                      rounds_request_get_now (request),
                                                      rounds_appointment_get_range (appointment)));
  return response;
}

static gboolean
put_visible (RoundsRequest *request, RoundsJsonWriter *writer, gconstpointer record, GError **error)
{
  const RoundsAppointment *appointment = record;

  return !rounds_access_appointment_is_visible (rounds_request_get_caller (request), appointment)
         || rounds_appointment_answer_put (request, writer, NULL, appointment, error);
}

static char *
write_cursor (gconstpointer record)
{
  const RoundsAppointment *appointment = record;

  return rounds_page_write_cursor (appointment->starts_at, appointment->id);
}

RoundsResponse *
rounds_appointment_handlers_list (RoundsRequest *request)
{
  static const RoundsListKind kind = {
    .member = "appointments",
    .list = rounds_appointment_repository_list_page,
    .put = put_visible,
    .write_cursor = write_cursor,
  };
  return rounds_list_answer (request, &kind);
}
