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

static gboolean
mint_link (RoundsRequest *request, const RoundsAppointment *appointment, char **link,
           GError **error)
{
  return rounds_links_for_appointment (rounds_request_get_config (request),
                                       rounds_request_get_caller (request),
                                       rounds_request_get_now (request), appointment, link, error);
}

/* The document as the caller gets it, own link included. NULL with @error. (transfer full) */
static JsonObject *
make_document (RoundsRequest *request, const RoundsAppointment *appointment, GError **error)
{
  g_autofree char *link = NULL;

  return mint_link (request, appointment, &link, error)
             ? rounds_wire_appointment_to_json (appointment, link)
             : NULL;
}

gboolean
rounds_appointment_answer_put (RoundsRequest *request, RoundsJsonWriter *writer, const char *member,
                               const RoundsAppointment *appointment, GError **error)
{
  g_autofree char *link = NULL;

  g_return_val_if_fail (request != NULL && appointment != NULL, FALSE);

  if (!mint_link (request, appointment, &link, error))
    return FALSE;
  rounds_wire_write_appointment (writer, member, appointment, link);
  return TRUE;
}

RoundsResponse *
rounds_appointment_answer (RoundsRequest *request, guint http_status,
                           const RoundsAppointment *appointment)
{
  RoundsJsonWriter writer = { NULL };
  g_autoptr (GError) error = NULL;
  RoundsResponse *response = NULL;

  rounds_response_begin (&writer);
  if (!rounds_appointment_answer_put (request, &writer, "appointment", appointment, &error))
    {
      g_string_free (writer.text, TRUE);
      return rounds_response_from_error (error);
    }
  response = rounds_response_finish (http_status, &writer);
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

  appointment = rounds_request_recall_appointment (request);
  if (appointment == NULL && rounds_id_is_valid (id)
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
  JsonObject *document = make_document (request, appointment, &error);

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
