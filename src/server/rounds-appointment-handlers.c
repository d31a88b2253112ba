/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/appointments.
 * Rules are in model, SQL in the repository; a handler only translates between them and HTTP.
 */

#include "config.h"

#include "rounds-appointment-handlers.h"

#include "rounds-access.h"
#include "rounds-appointment-booking.h"
#include "rounds-appointment-repository.h"
#include "rounds-id.h"
#include "rounds-links.h"
#include "rounds-list-owner.h"
#include "rounds-wire.h"

/* How often a change is tried again when somebody else's came first. */
#define MAX_TRIES 8

/* The document as the caller gets it, own link included. NULL with @error. */
static JsonObject *
write_appointment (RoundsRequest *request, const RoundsAppointment *appointment, GError **error)
{
  g_autofree char *link = NULL;

  if (!rounds_links_for_appointment (rounds_request_get_config (request),
                                     rounds_request_get_caller (request),
                                     rounds_request_get_now (request), appointment, &link, error))
    return NULL;

  return rounds_wire_appointment_to_json (appointment, link);
}

static RoundsResponse *
answer_with (RoundsRequest *request, guint http_status, const RoundsAppointment *appointment)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *document = write_appointment (request, appointment, &error);

  if (document == NULL)
    return rounds_response_from_error (error);

  json_object_set_object_member (data, "appointment", document);
  return rounds_response_success (http_status, g_steal_pointer (&data));
}

/* The appointment of the route's ":id", or NULL with @refusal set. */
static RoundsAppointment *
find_visible (RoundsRequest *request, RoundsResponse **refusal)
{
  const char *id = rounds_request_get_param (request, "id");
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (GError) error = NULL;

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

RoundsResponse *
rounds_appointment_handlers_create (RoundsRequest *request)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  appointment = rounds_appointment_booking_make (request, &refusal);
  if (appointment == NULL)
    return g_steal_pointer (&refusal);

  if (!rounds_appointment_repository_insert (rounds_request_get_db (request), appointment,
                                             rounds_request_get_caller (request), &error))
    return rounds_response_from_error (error);

  return answer_with (request, 201, appointment);
}

RoundsResponse *
rounds_appointment_handlers_show (RoundsRequest *request)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  appointment = find_visible (request, &refusal);
  if (appointment == NULL)
    return g_steal_pointer (&refusal);

  return answer_with (request, 200, appointment);
}

/* Adds what the caller may see of @appointments to @array. */
static gboolean
write_visible (RoundsRequest *request, GPtrArray *appointments, JsonArray *array, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);

  for (guint i = 0; i < appointments->len; i++)
    {
      const RoundsAppointment *appointment = g_ptr_array_index (appointments, i);
      JsonObject *document = NULL;

      if (!rounds_access_appointment_is_visible (caller, appointment))
        continue;

      document = write_appointment (request, appointment, error);
      if (document == NULL)
        return FALSE;
      json_array_add_object_element (array, document);
    }
  return TRUE;
}

RoundsResponse *
rounds_appointment_handlers_list (RoundsRequest *request)
{
  g_autoptr (RoundsUser) owner = NULL;
  g_autoptr (GPtrArray) appointments = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  owner = rounds_list_owner_find (request, &refusal);
  if (owner == NULL)
    return g_steal_pointer (&refusal);

  appointments
      = rounds_appointment_repository_list_of (rounds_request_get_db (request), owner, &error);
  if (appointments == NULL || !write_visible (request, appointments, array, &error))
    return rounds_response_from_error (error);

  json_object_set_array_member (data, "appointments", g_steal_pointer (&array));
  return rounds_response_success (200, g_steal_pointer (&data));
}

static RoundsResponse *
read_change (RoundsRequest *request, RoundsAppointmentStatus *to, const char **notes)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const char *status = NULL;

  if (rounds_wire_status_change_from_json (rounds_request_get_body (request), &status, notes,
                                           problems)
      && !rounds_appointment_status_from_string (status, to))
    rounds_problems_add (problems, "status",
                         "Has to be requested, confirmed, arrived, active, completed, cancelled "
                         "or no-show");

  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);
  return NULL;
}

static RoundsResponse *
refuse_change (RoundsRequest *request, const RoundsAppointment *appointment,
               RoundsAppointmentStatus to)
{
  g_autofree char *message = NULL;

  if (!rounds_appointment_status_leads_to (appointment->status, to))
    {
      message = g_strdup_printf ("An appointment that is %s cannot become %s",
                                 rounds_appointment_status_to_string (appointment->status),
                                 rounds_appointment_status_to_string (to));
      return rounds_response_fail (409, "illegal_transition", message, NULL);
    }

  if (!rounds_access_may_change_appointment (rounds_request_get_caller (request), appointment, to))
    return rounds_response_forbidden ("You may not set this status");
  return NULL;
}

static RoundsAppointment *
apply_change (const RoundsAppointment *appointment, RoundsAppointmentStatus to, const char *notes,
              gint64 now)
{
  RoundsAppointment *changed = rounds_appointment_copy (appointment);

  changed->status = to;
  if (notes != NULL)
    g_set_str (&changed->notes, notes);
  changed->version = appointment->version + 1;
  changed->updated_at = now;
  return changed;
}

/* One try. Returns an answer, or NULL when somebody else's change came in between. */
static RoundsResponse *
try_change (RoundsRequest *request, RoundsAppointmentStatus to, const char *notes)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsAppointment) changed = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;
  gboolean stored = FALSE;

  appointment = find_visible (request, &refusal);
  if (appointment != NULL)
    refusal = refuse_change (request, appointment, to);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  changed = apply_change (appointment, to, notes, rounds_request_get_now (request));
  if (!rounds_appointment_repository_update_status (rounds_request_get_db (request), changed,
                                                    &stored, &error))
    return rounds_response_from_error (error);

  return stored ? answer_with (request, 200, changed) : NULL;
}

RoundsResponse *
rounds_appointment_handlers_change_status (RoundsRequest *request)
{
  RoundsAppointmentStatus to = ROUNDS_APPOINTMENT_REQUESTED;
  const char *notes = NULL;
  RoundsResponse *response = read_change (request, &to, &notes);

  for (int i = 0; i < MAX_TRIES && response == NULL; i++)
    response = try_change (request, to, notes);

  if (response == NULL)
    response = rounds_response_fail (409, "conflict",
                                     "Others are changing this appointment; try again", NULL);
  return response;
}
