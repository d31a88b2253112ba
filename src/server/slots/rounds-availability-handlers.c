/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api/availability: when a doctor can be booked.
 * Opening hours are in rounds-free-slots.c; nothing is reserved by asking.
 */

#include "config.h"

#include "rounds-availability-handlers.h"

#include "rounds-access.h"
#include "rounds-appointment.h"
#include "rounds-free-slots.h"
#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-json.h"
#include "rounds-slot-repository.h"
#include "rounds-slot-taken.h"
#include "rounds-user-repository.h"

#define DEFAULT_DAYS 7
#define MAX_DAYS 31
#define LEAST_MINUTES 5
#define MOST_MINUTES 480

typedef struct
{
  const char *doctor; /* borrowed from the query */
  RoundsTimeRange range;
  int minutes;
} Question;

static RoundsResponse *
read_question (RoundsRequest *request, Question *question)
{
  const char *minutes = rounds_request_get_query (request, "durationMinutes");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  guint64 number = ROUNDS_APPOINTMENT_DEFAULT_MINUTES;

  question->doctor = rounds_request_get_query (request, "doctor");
  if (question->doctor == NULL)
    rounds_problems_add (problems, "doctor", "Required");

  question->range.start = rounds_request_get_now (request);
  rounds_request_read_time (request, "from", &question->range.start, problems);
  question->range.end = question->range.start + DEFAULT_DAYS * ROUNDS_DAY;
  rounds_request_read_time (request, "to", &question->range.end, problems);
  if (question->range.end <= question->range.start)
    rounds_problems_add (problems, "to", "Has to be after from");
  else if (question->range.end - question->range.start > MAX_DAYS * ROUNDS_DAY)
    rounds_problems_add (problems, "to", "Has to be within %d days after from", MAX_DAYS);

  if (minutes != NULL
      && !g_ascii_string_to_unsigned (minutes, 10, LEAST_MINUTES, MOST_MINUTES, &number, NULL))
    rounds_problems_add (problems, "durationMinutes", "Has to be from %d to %d minutes",
                         LEAST_MINUTES, MOST_MINUTES);
  question->minutes = (int)number;

  return rounds_response_any_problems (400, problems);
}

/* The doctor asked for and where she works. */
static RoundsResponse *
find_hospital_of (RoundsRequest *request, const char *doctor_id, RoundsHospital **hospital)
{
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (RoundsUser) doctor = NULL;
  g_autoptr (GError) error = NULL;

  if (rounds_id_is_valid (doctor_id)
      && !rounds_user_repository_find (db, doctor_id, &doctor, &error))
    return rounds_response_from_error (error);

  /* Security: whoever cannot be found in the directory is not there; nor is a patient's day
   * anything to be looked up here. */
  if (doctor == NULL || doctor->role != ROUNDS_ROLE_DOCTOR || doctor->hospital_id == NULL
      || !rounds_access_user_is_visible (rounds_request_get_caller (request), doctor))
    return rounds_response_not_found ("doctor");

  if (!rounds_hospital_repository_find (db, doctor->hospital_id, hospital, &error))
    return rounds_response_from_error (error);
  return *hospital != NULL ? NULL : rounds_response_not_found ("doctor");
}

static JsonArray *
write_slots (GArray *slots)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < slots->len; i++)
    json_array_add_object_element (array,
                                   rounds_slot_to_json (g_array_index (slots, RoundsTimeRange, i)));
  return array;
}

RoundsResponse *
rounds_availability_handlers_list (RoundsRequest *request)
{
  Question question = { 0 };
  g_autoptr (RoundsHospital) hospital = NULL;
  g_autoptr (GArray) busy = NULL;
  g_autoptr (GArray) slots = NULL;
  g_autoptr (GError) error = NULL;
  RoundsResponse *refusal = read_question (request, &question);
  JsonObject *data = NULL;

  if (refusal == NULL)
    refusal = find_hospital_of (request, question.doctor, &hospital);
  if (refusal != NULL)
    return refusal;

  /* What has begun cannot be booked any more. */
  question.range.start = MAX (question.range.start, rounds_request_get_now (request));
  question.range.end = MAX (question.range.end, question.range.start);
  busy = rounds_slot_repository_list_busy (rounds_request_get_db (request), question.doctor, NULL,
                                           NULL, question.range, &error);
  if (busy == NULL)
    return rounds_response_from_error (error);

  slots = rounds_free_slots_find (&(RoundsSlotSearch){
      .zone = hospital->timezone,
      .openings = hospital->openings,
      .within = question.range,
      .minutes = question.minutes,
      .busy = (const RoundsTimeRange *)(gpointer)busy->data,
      .n_busy = busy->len,
      .most = G_MAXUINT,
  });
  data = json_object_new ();
  json_object_set_string_member (data, "timezone", hospital->timezone);
  json_object_set_array_member (data, "slots", write_slots (slots));
  return rounds_response_success (200, data);
}
