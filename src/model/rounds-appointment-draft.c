/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The checks of a new appointment, field by field.
 * It asks no database; whether hospital, doctor and slot exist is the server's to say.
 */

#include "rounds-appointment-draft.h"

#include <string.h>

#include "rounds-draft-private.h"
#include "rounds-id.h"
#include "rounds-wall-time.h"

#define LEAST_MINUTES 5
#define MOST_MINUTES 480
#define OLDEST_PATIENT 130
#define MAX_GENDER 50

RoundsAppointmentDraft *
rounds_appointment_draft_new (void)
{
  RoundsAppointmentDraft *self = g_new0 (RoundsAppointmentDraft, 1);

  self->type = ROUNDS_APPOINTMENT_TYPE_NONE;
  self->patient.age = -1;
  return self;
}

void
rounds_appointment_draft_free (RoundsAppointmentDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->hospital_id);
  g_free (self->department);
  g_free (self->date);
  g_free (self->time);
  g_free (self->reason);
  g_free (self->patient.full_name);
  g_free (self->patient.email);
  g_free (self->patient.phone);
  g_free (self->patient.gender);
  g_free (self->doctor_id);
  g_free (self->patient_id);
  g_free (self);
}

static void
check_ids (const RoundsAppointmentDraft *self, RoundsProblems *problems)
{
  if (self->hospital_id == NULL || *self->hospital_id == '\0')
    rounds_problems_add (problems, "hospital", "Required");
  else
    rounds_draft_check_id (self->hospital_id, "hospital", problems);

  rounds_draft_check_id (self->doctor_id, "doctor", problems);
  rounds_draft_check_id (self->patient_id, "patient", problems);
}

static void
check_patient (const RoundsPatientDetails *patient, RoundsProblems *problems)
{
  rounds_draft_check_line (patient->full_name, "patientDetails.fullName", TRUE, ROUNDS_MAX_NAME,
                           problems);
  rounds_draft_check_line (patient->gender, "patientDetails.gender", FALSE, MAX_GENDER, problems);

  if (patient->email != NULL && *patient->email != '\0'
      && !rounds_email_looks_valid (patient->email))
    rounds_problems_add (problems, "patientDetails.email",
                         "Has to be an e-mail address such as name@example.org");
  if (patient->phone != NULL && *patient->phone != '\0'
      && !rounds_phone_looks_valid (patient->phone))
    rounds_problems_add (problems, "patientDetails.phoneNumber",
                         "Has to be a phone number such as +1 234 567 890");
  if (patient->age < -1 || patient->age > OLDEST_PATIENT)
    rounds_problems_add (problems, "patientDetails.age", "Has to be from 0 to %d years",
                         OLDEST_PATIENT);
}

static gboolean
check_date (const char *date, RoundsProblems *problems)
{
  int year, month, day;

  if (date == NULL || *date == '\0')
    rounds_problems_add (problems, "appointmentDate", "Required");
  else if (!rounds_wall_time_parse_date (date, &year, &month, &day))
    rounds_problems_add (problems, "appointmentDate", "Has to be a day such as 2024-01-15");
  else if (year < ROUNDS_DRAFT_FIRST_YEAR || year > ROUNDS_DRAFT_LAST_YEAR)
    rounds_problems_add (problems, "appointmentDate", "Has to be in the years %d to %d",
                         ROUNDS_DRAFT_FIRST_YEAR, ROUNDS_DRAFT_LAST_YEAR);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_time (const char *time, RoundsProblems *problems)
{
  int minutes;

  if (time == NULL || *time == '\0')
    rounds_problems_add (problems, "appointmentTime", "Required");
  else if (!rounds_wall_time_parse_time (time, &minutes))
    rounds_problems_add (problems, "appointmentTime", "Has to be a time such as 10:00 AM or 14:30");
  else
    return TRUE;
  return FALSE;
}

static void
check_start (const RoundsAppointmentDraft *self, const char *zone, gint64 *starts_at,
             RoundsProblems *problems)
{
  gboolean date_is_good = check_date (self->date, problems);
  gboolean time_is_good = check_time (self->time, problems);
  g_autoptr (GError) error = NULL;
  gint64 moment;

  if (!date_is_good || !time_is_good || zone == NULL)
    return;

  if (rounds_wall_time_to_moment (zone, self->date, self->time, &moment, &error))
    {
      if (starts_at != NULL)
        *starts_at = moment;
    }
  else if (g_error_matches (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_ZONE))
    rounds_problems_add (problems, "hospital", "The hospital has no valid time zone");
  else
    rounds_problems_add (problems, "appointmentTime", "%s", error->message);
}

void
rounds_appointment_draft_check (const RoundsAppointmentDraft *self, const char *zone,
                                gint64 *starts_at, RoundsProblems *problems)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (problems != NULL);

  check_ids (self, problems);
  rounds_draft_check_line (self->department, "department", TRUE, ROUNDS_MAX_NAME, problems);
  if (self->type != ROUNDS_APPOINTMENT_VIRTUAL && self->type != ROUNDS_APPOINTMENT_IN_PERSON)
    rounds_problems_add (problems, "appointmentType", "Has to be virtual or in-person");
  check_start (self, zone, starts_at, problems);
  if (self->duration_minutes != 0
      && (self->duration_minutes < LEAST_MINUTES || self->duration_minutes > MOST_MINUTES))
    rounds_problems_add (problems, "durationMinutes", "Has to be from %d to %d minutes",
                         LEAST_MINUTES, MOST_MINUTES);
  rounds_draft_check_lines (self->reason, "reasonForVisit", ROUNDS_MAX_REASON, problems);
  check_patient (&self->patient, problems);
}
