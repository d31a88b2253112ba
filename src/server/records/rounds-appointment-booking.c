/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From the body of POST /api/appointments to an appointment that may be stored.
 * It writes nothing; the handler stores what comes out.
 */

#include "config.h"

#include "rounds-appointment-booking.h"

#include "rounds-access.h"
#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-jitsi-link.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"

static RoundsResponse *
read_draft (RoundsRequest *request, RoundsAppointmentDraft **draft)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  *draft = rounds_wire_appointment_draft_from_json (rounds_request_get_body (request), problems);
  /* What has the wrong type is not also called missing. */
  if (rounds_problems_get_length (problems) == 0)
    rounds_appointment_draft_check (*draft, NULL, NULL, problems);
  return rounds_response_any_problems (400, problems);
}

static RoundsResponse *
find_hospital (RoundsRequest *request, const char *id, RoundsHospital **hospital)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (GError) error = NULL;

  if (!rounds_hospital_repository_find (rounds_request_get_db (request), id, hospital, &error))
    return rounds_response_from_error (error);

  if (*hospital == NULL)
    rounds_problems_add (problems, "hospital", "There is no hospital with this id");
  return rounds_response_any_problems (422, problems);
}

/* Whom the request means where it names nobody: oneself, and for those who book for others the
 * patient who has an account under the address given. */
static gboolean
fill_in_people (RoundsRequest *request, RoundsAppointmentDraft *draft, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsUser) patient = NULL;

  if (caller->role == ROUNDS_ROLE_PATIENT)
    {
      g_set_str (&draft->patient_id, caller->id);
      return TRUE;
    }

  if (caller->role == ROUNDS_ROLE_DOCTOR && draft->doctor_id == NULL)
    draft->doctor_id = g_strdup (caller->id);
  if (draft->patient_id != NULL || draft->patient.email == NULL)
    return TRUE;

  /* Security: only for staff, doctors and admins, who answer for whom they book; a patient could
   * otherwise find out which addresses have an account. */
  if (!rounds_user_repository_find_by_email (rounds_request_get_db (request), draft->patient.email,
                                             &patient, NULL, error))
    return FALSE;
  if (patient != NULL && patient->role == ROUNDS_ROLE_PATIENT)
    draft->patient_id = g_strdup (patient->id);
  return TRUE;
}

static gboolean
check_person (RoundsDb *db, const char *id, RoundsRole role, const char *hospital_id,
              const char *field, RoundsProblems *problems, GError **error)
{
  g_autoptr (RoundsUser) user = NULL;

  if (id == NULL)
    return TRUE;
  if (!rounds_user_repository_find (db, id, &user, error))
    return FALSE;

  if (user == NULL || user->role != role)
    rounds_problems_add (problems, field, "There is no %s with this id",
                         rounds_role_to_string (role));
  else if (hospital_id != NULL && g_strcmp0 (user->hospital_id, hospital_id) != 0)
    rounds_problems_add (problems, field, "This %s is not at that hospital",
                         rounds_role_to_string (role));
  return TRUE;
}

/* A doctor sees patients where she works; patients go where they are sent. */
static RoundsResponse *
check_people (RoundsRequest *request, const RoundsAppointmentDraft *draft)
{
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (GError) error = NULL;

  if (!rounds_appointment_booking_check_doctor (db, draft->doctor_id, draft->hospital_id, problems,
                                                &error)
      || !check_person (db, draft->patient_id, ROUNDS_ROLE_PATIENT, NULL, "patient", problems,
                        &error))
    return rounds_response_from_error (error);

  return rounds_response_any_problems (422, problems);
}

/* What is not said is absent from the document, however it was not said. */
static char *
dup_filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static RoundsAppointment *
build_appointment (RoundsRequest *request, const RoundsAppointmentDraft *draft,
                   const RoundsHospital *hospital, gint64 starts_at)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  RoundsAppointment *self = rounds_appointment_new ();

  self->id = rounds_id_new ();
  self->hospital_id = g_strdup (hospital->id);
  self->department = g_strdup (draft->department);
  self->type = draft->type;
  self->date = g_strdup (draft->date);
  self->time = g_strdup (draft->time);
  self->timezone = g_strdup (hospital->timezone);
  self->starts_at = starts_at;
  self->duration_minutes
      = draft->duration_minutes > 0 ? draft->duration_minutes : ROUNDS_APPOINTMENT_DEFAULT_MINUTES;
  self->reason = dup_filled (draft->reason);
  self->patient.full_name = g_strdup (draft->patient.full_name);
  self->patient.email = dup_filled (draft->patient.email);
  self->patient.phone = dup_filled (draft->patient.phone);
  self->patient.age = draft->patient.age;
  self->patient.gender = dup_filled (draft->patient.gender);
  self->doctor_id = g_strdup (draft->doctor_id);
  self->patient_id = g_strdup (draft->patient_id);
  /* A patient asks; whoever works there decides. */
  self->status = caller->role == ROUNDS_ROLE_PATIENT ? ROUNDS_APPOINTMENT_REQUESTED
                                                     : ROUNDS_APPOINTMENT_CONFIRMED;
  if (self->type == ROUNDS_APPOINTMENT_VIRTUAL)
    self->room_name = rounds_jitsi_room_name_new ("appointment", self->id);
  self->version = 1;
  self->created_at = rounds_request_get_now (request);
  self->updated_at = self->created_at;
  return self;
}

/* Whether the caller may make it, and for people who are who he says they are. */
static RoundsResponse *
check_rights (RoundsRequest *request, RoundsAppointmentDraft *draft)
{
  g_autoptr (GError) error = NULL;

  if (!rounds_access_may_create_appointment (rounds_request_get_caller (request),
                                             draft->hospital_id, draft->doctor_id,
                                             draft->patient_id))
    return rounds_response_forbidden ("You may not make this appointment");

  if (!fill_in_people (request, draft, &error))
    return rounds_response_from_error (error);

  return check_people (request, draft);
}

static RoundsResponse *
check_time (const RoundsAppointmentDraft *draft, const RoundsHospital *hospital, gint64 *starts_at)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  rounds_appointment_draft_check (draft, hospital->timezone, starts_at, problems);
  return rounds_response_any_problems (422, problems);
}

gboolean
rounds_appointment_booking_check_doctor (RoundsDb *db, const char *doctor_id,
                                         const char *hospital_id, RoundsProblems *problems,
                                         GError **error)
{
  g_return_val_if_fail (db != NULL && problems != NULL, FALSE);

  return check_person (db, doctor_id, ROUNDS_ROLE_DOCTOR, hospital_id, "doctor", problems, error);
}

RoundsAppointment *
rounds_appointment_booking_make (RoundsRequest *request, RoundsResponse **refusal)
{
  g_autoptr (RoundsAppointmentDraft) draft = NULL;
  g_autoptr (RoundsHospital) hospital = NULL;
  gint64 starts_at = ROUNDS_TIME_NONE;

  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  *refusal = read_draft (request, &draft);
  if (*refusal == NULL)
    *refusal = find_hospital (request, draft->hospital_id, &hospital);
  if (*refusal == NULL)
    *refusal = check_rights (request, draft);
  if (*refusal == NULL)
    *refusal = check_time (draft, hospital, &starts_at);
  if (*refusal != NULL)
    return NULL;

  return build_appointment (request, draft, hospital, starts_at);
}
