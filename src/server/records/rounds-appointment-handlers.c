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
#include "rounds-list-owner.h"
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

  appointment = rounds_appointment_answer_find (request, rounds_request_get_param (request, "id"),
                                                &refusal);
  if (appointment == NULL)
    return g_steal_pointer (&refusal);

  rounds_request_keep_appointment (request, appointment);
  return rounds_appointment_answer (request, 200, appointment);
}

/* Writes what the caller may see of @appointments. */
static gboolean
put_visible (RoundsRequest *request, GPtrArray *appointments, RoundsJsonWriter *writer,
             GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);

  for (guint i = 0; i < appointments->len; i++)
    {
      const RoundsAppointment *appointment = g_ptr_array_index (appointments, i);

      if (rounds_access_appointment_is_visible (caller, appointment)
          && !rounds_appointment_answer_put (request, writer, NULL, appointment, error))
        return FALSE;
    }
  return TRUE;
}

static RoundsResponse *
answer_list (RoundsRequest *request, GPtrArray *appointments, const char *next)
{
  RoundsJsonWriter writer = { NULL };
  g_autoptr (GError) error = NULL;

  rounds_response_begin (&writer);
  rounds_json_begin_array (&writer, "appointments");
  if (!put_visible (request, appointments, &writer, &error))
    {
      g_string_free (writer.text, TRUE);
      return rounds_response_from_error (error);
    }
  rounds_json_end_array (&writer);
  rounds_json_write_text (&writer, "nextCursor", next);
  return rounds_response_finish (200, &writer);
}

/* Takes away what is the next page's. Its cursor, or NULL when this is the last page. */
static char *
cut_page (const RoundsPage *page, GPtrArray *appointments)
{
  const RoundsAppointment *last = NULL;

  if (page->limit == 0 || appointments->len <= page->limit)
    return NULL;

  g_ptr_array_set_size (appointments, (int)page->limit);
  last = g_ptr_array_index (appointments, page->limit - 1);
  return rounds_page_write_cursor (last->starts_at, last->id);
}

RoundsResponse *
rounds_appointment_handlers_list (RoundsRequest *request)
{
  RoundsPage page = ROUNDS_PAGE_ALL;
  g_autofree char *next = NULL;
  g_autoptr (RoundsUser) owner = NULL;
  g_autoptr (GPtrArray) appointments = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  refusal = rounds_page_read (request, &page);
  if (refusal == NULL)
    refusal = rounds_page_read_range (request, &page);
  if (refusal == NULL)
    owner = rounds_list_owner_find (request, &refusal);
  if (owner == NULL)
    return g_steal_pointer (&refusal);

  appointments = rounds_appointment_repository_list_page (rounds_request_get_db (request), owner,
                                                          &page, &error);
  if (appointments == NULL)
    return rounds_response_from_error (error);

  next = cut_page (&page, appointments);
  return answer_list (request, appointments, next);
}
