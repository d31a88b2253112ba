/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The appointment that a request is about, and the answers that hold one.
 * What a call does with it is its handler's.
 */

#include "config.h"

#include "rounds-appointment-answer.h"

#include "rounds-access.h"
#include "rounds-appointment-repository.h"
#include "rounds-id.h"
#include "rounds-links.h"
#include "rounds-precondition.h"
#include "rounds-wire.h"

JsonObject *
rounds_appointment_answer_write (RoundsRequest *request, const RoundsAppointment *appointment,
                                 GError **error)
{
  g_autofree char *link = NULL;

  g_return_val_if_fail (request != NULL && appointment != NULL, NULL);

  if (!rounds_links_for_appointment (rounds_request_get_config (request),
                                     rounds_request_get_caller (request),
                                     rounds_request_get_now (request), appointment, &link, error))
    return NULL;

  return rounds_wire_appointment_to_json (appointment, link);
}

RoundsResponse *
rounds_appointment_answer (RoundsRequest *request, guint http_status,
                           const RoundsAppointment *appointment)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *document = rounds_appointment_answer_write (request, appointment, &error);
  RoundsResponse *response = NULL;

  if (document == NULL)
    return rounds_response_from_error (error);

  json_object_set_object_member (data, "appointment", document);
  response = rounds_response_success (http_status, g_steal_pointer (&data));
  rounds_response_set_version (response, appointment->version);
  return response;
}

RoundsAppointment *
rounds_appointment_answer_find (RoundsRequest *request, const char *id, RoundsResponse **refusal)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (request != NULL && id != NULL, NULL);
  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  if (rounds_id_is_valid (id)
      && !rounds_appointment_repository_find (rounds_request_get_db (request), id, &appointment,
                                              &error))
    {
      *refusal = rounds_response_from_error (error);
      return NULL;
    }

  /* Security: the same words for what is not there and what is not shown. */
  if (appointment == NULL
      || !rounds_access_appointment_is_visible (rounds_request_get_caller (request), appointment))
    {
      *refusal = rounds_response_not_found ("appointment");
      return NULL;
    }
  return g_steal_pointer (&appointment);
}

static RoundsResponse *
refuse_precondition (RoundsRequest *request, const RoundsAppointment *appointment)
{
  g_autoptr (GError) error = NULL;
  JsonObject *document = rounds_appointment_answer_write (request, appointment, &error);

  if (document == NULL)
    return rounds_response_from_error (error);
  return rounds_precondition_refuse ("appointment", document, appointment->version);
}

RoundsAppointment *
rounds_appointment_answer_find_to_change (RoundsRequest *request, RoundsResponse **refusal)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  gboolean failed = FALSE;

  appointment
      = rounds_appointment_answer_find (request, rounds_request_get_param (request, "id"), refusal);
  if (appointment == NULL)
    return NULL;

  /* Before the rules: a client whose change was stored, but that never got the answer, learns here
   * that it was, instead of being told that there is no way from cancelled to cancelled. */
  *refusal = rounds_precondition_check (request, appointment->version, &failed);
  if (failed)
    *refusal = refuse_precondition (request, appointment);
  return *refusal == NULL ? g_steal_pointer (&appointment) : NULL;
}
