/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answer to a slot that is taken, and the permission to take it all the same.
 * Whether it is taken only the database says.
 */

#include "config.h"

#include "rounds-slot-taken.h"

#include "rounds-access.h"
#include "rounds-appointment-draft.h"
#include "rounds-free-slots.h"
#include "rounds-hospital-repository.h"
#include "rounds-json.h"
#include "rounds-slot-repository.h"
#include "rounds-text.h"

#define N_NEXT_SLOTS 3
#define HORIZON (30 * ROUNDS_DAY)

const char *
rounds_slot_taken_read_override (RoundsRequest *request, const char *hospital_id,
                                 RoundsResponse **refusal)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };
  RoundsJsonReader inside = { NULL, "override.", problems };
  const char *reason = NULL;

  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  if (rounds_json_read_object (&reader, "override", FALSE, &inside.object)
      && rounds_json_read_text (&inside, "reason", TRUE, ROUNDS_MAX_REASON, &reason)
      && rounds_text_is_blank (reason))
    rounds_problems_add (problems, "override.reason", "Required");
  if (rounds_problems_get_length (problems) > 0)
    {
      *refusal = rounds_response_problems (400, problems);
      return NULL;
    }

  if (reason != NULL
      && !rounds_access_may_override_slot (rounds_request_get_caller (request), hospital_id))
    {
      *refusal = rounds_response_forbidden ("Only staff and admins may book a slot twice");
      return NULL;
    }
  return reason;
}

JsonObject *
rounds_slot_to_json (RoundsTimeRange slot)
{
  JsonObject *object = json_object_new ();
  g_autofree char *start = rounds_time_to_rfc3339 (slot.start);
  g_autofree char *end = rounds_time_to_rfc3339 (slot.end);

  json_object_set_string_member (object, "startsAt", start);
  json_object_set_string_member (object, "endsAt", end);
  return object;
}

/* The next that are free for doctor and patient both, after the time that was asked for. */
static JsonArray *
find_next_slots (RoundsRequest *request, const RoundsAppointment *wanted, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  gint64 first = MAX (wanted->starts_at, rounds_request_get_now (request));
  RoundsTimeRange within = { first, first + HORIZON };
  g_autoptr (GArray) busy
      = rounds_slot_repository_list_busy (rounds_request_get_db (request), wanted->doctor_id,
                                          wanted->patient_id, wanted->id, within, error);
  g_autoptr (RoundsHospital) hospital = NULL;
  g_autoptr (GArray) slots = NULL;

  if (busy == NULL
      || !rounds_hospital_repository_find (rounds_request_get_db (request), wanted->hospital_id,
                                           &hospital, error))
    return NULL;
  /* The appointment's foreign key points at it, and hospitals are never deleted. */
  g_assert (hospital != NULL);

  slots = rounds_free_slots_find (&(RoundsSlotSearch){
      .zone = wanted->timezone,
      .openings = hospital->openings,
      .within = within,
      .minutes = wanted->duration_minutes,
      .busy = (const RoundsTimeRange *)(gpointer)busy->data,
      .n_busy = busy->len,
      .most = N_NEXT_SLOTS,
  });
  for (guint i = 0; i < slots->len; i++)
    json_array_add_object_element (array,
                                   rounds_slot_to_json (g_array_index (slots, RoundsTimeRange, i)));
  return g_steal_pointer (&array);
}

RoundsResponse *
rounds_slot_taken_refuse (RoundsRequest *request, const RoundsAppointment *wanted,
                          RoundsTimeRange clash)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *next = NULL;

  g_return_val_if_fail (request != NULL && wanted != NULL, NULL);

  next = find_next_slots (request, wanted, &error);
  if (next == NULL)
    return rounds_response_from_error (error);

  /* Security: when the other one is, and nothing else: whose it is may be none of their business.
   */
  json_object_set_object_member (data, "conflict", rounds_slot_to_json (clash));
  json_object_set_array_member (data, "nextSlots", next);
  return rounds_response_fail_with_data (
      409, "slot_taken", "The doctor or the patient has another appointment at that time",
      g_steal_pointer (&data));
}
