/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From the body of PATCH /api/appointments/:id to the appointment as it is to be.
 * It writes nothing; the handler stores what comes out.
 */

#include "config.h"

#include "rounds-appointment-edit.h"

#include "rounds-access.h"
#include "rounds-appointment-booking.h"
#include "rounds-json.h"
#include "rounds-wire.h"

/* What a request asks for; what it does not name is NULL in it. */
typedef struct
{
  RoundsAppointmentDraft *draft;
  const char *notes; /* these two: borrowed from the body */
  const char *status; /* no wish that is granted here, but perhaps meant as one */
  gint64 starts_at; /* the same; or ROUNDS_TIME_NONE */
} Wishes;

static void
clear_wishes (Wishes *self)
{
  g_clear_pointer (&self->draft, rounds_appointment_draft_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, clear_wishes)

static RoundsResponse *
read_wishes (RoundsRequest *request, Wishes *wishes)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };

  wishes->draft
      = rounds_wire_appointment_draft_from_json (rounds_request_get_body (request), problems);
  rounds_json_read_text (&reader, "notes", FALSE, ROUNDS_MAX_NOTES, &wishes->notes);
  rounds_json_read_string (&reader, "status", FALSE, &wishes->status);
  wishes->starts_at = ROUNDS_TIME_NONE;
  rounds_json_read_time (&reader, "startsAt", FALSE, &wishes->starts_at);
  return rounds_response_any_problems (400, problems);
}

/* A client may send back the whole document; only a difference is a wish. One that this call does
 * not grant is refused: whoever is answered 200 to a new status believes that it is the status. */
static void
check_fixed (const RoundsAppointment *appointment, const RoundsAppointment *after,
             const Wishes *wishes, RoundsProblems *problems)
{
  static const char words[] = "Cannot be changed; cancel this one and book another";
  const RoundsAppointmentDraft *draft = wishes->draft;

  if (draft->hospital_id != NULL && g_strcmp0 (draft->hospital_id, appointment->hospital_id) != 0)
    rounds_problems_add (problems, "hospital", words);
  if (draft->patient_id != NULL && g_strcmp0 (draft->patient_id, appointment->patient_id) != 0)
    rounds_problems_add (problems, "patient", words);
  if (draft->type != ROUNDS_APPOINTMENT_TYPE_NONE && draft->type != appointment->type)
    rounds_problems_add (problems, "appointmentType", words);
  if (wishes->status != NULL
      && !g_str_equal (wishes->status, rounds_appointment_status_to_string (appointment->status)))
    rounds_problems_add (problems, "status", "Is changed by PATCH /api/appointments/:id/status");
  if (wishes->starts_at != ROUNDS_TIME_NONE && wishes->starts_at != appointment->starts_at
      && wishes->starts_at != after->starts_at)
    rounds_problems_add (problems, "startsAt",
                         "Follows from appointmentDate and appointmentTime; change those");
}

static void
apply_text (char **member, const char *wish)
{
  if (wish != NULL)
    g_set_str (member, *wish != '\0' ? wish : NULL);
}

static void
apply_wishes (RoundsAppointment *self, const Wishes *wishes)
{
  const RoundsAppointmentDraft *draft = wishes->draft;

  if (draft->department != NULL)
    g_set_str (&self->department, draft->department);
  if (draft->date != NULL)
    g_set_str (&self->date, draft->date);
  if (draft->time != NULL)
    g_set_str (&self->time, draft->time);
  if (draft->duration_minutes != 0)
    self->duration_minutes = draft->duration_minutes;
  apply_text (&self->doctor_id, draft->doctor_id);
  apply_text (&self->reason, draft->reason);
  apply_text (&self->notes, wishes->notes);
  if (draft->patient.full_name != NULL)
    g_set_str (&self->patient.full_name, draft->patient.full_name);
  apply_text (&self->patient.email, draft->patient.email);
  apply_text (&self->patient.phone, draft->patient.phone);
  apply_text (&self->patient.gender, draft->patient.gender);
  if (draft->patient.age >= 0)
    self->patient.age = draft->patient.age;
}

/* Borrows all of @appointment, for the checks that a new one goes through. */
static RoundsAppointmentDraft
view_as_draft (const RoundsAppointment *appointment)
{
  return (RoundsAppointmentDraft){
    .hospital_id = appointment->hospital_id,
    .department = appointment->department,
    .type = appointment->type,
    .date = appointment->date,
    .time = appointment->time,
    .duration_minutes = appointment->duration_minutes,
    .reason = appointment->reason,
    .patient = appointment->patient,
    .doctor_id = appointment->doctor_id,
    .patient_id = appointment->patient_id,
  };
}

/* Form first (400), then what is well-formed but cannot be (422). */
static RoundsResponse *
check_edited (RoundsRequest *request, const RoundsAppointment *before, RoundsAppointment *after,
              const Wishes *wishes)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (GError) error = NULL;
  const RoundsAppointmentDraft draft = view_as_draft (after);
  RoundsResponse *refusal = NULL;

  rounds_appointment_draft_check (&draft, NULL, NULL, problems);
  refusal = rounds_response_any_problems (400, problems);
  if (refusal != NULL)
    return refusal;

  rounds_appointment_draft_check (&draft, before->timezone, &after->starts_at, problems);
  check_fixed (before, after, wishes, problems);
  if (g_strcmp0 (before->doctor_id, after->doctor_id) != 0
      && !rounds_appointment_booking_check_doctor (
          rounds_request_get_db (request), after->doctor_id, after->hospital_id, problems, &error))
    return rounds_response_from_error (error);
  return rounds_response_any_problems (422, problems);
}

static RoundsResponse *
check_rights (RoundsRequest *request, const RoundsAppointment *appointment,
              const RoundsAppointmentDraft *draft)
{
  const RoundsUser *caller = rounds_request_get_caller (request);

  if (!rounds_access_may_edit_appointment (caller, appointment))
    return rounds_response_forbidden ("You may not change this appointment");

  /* Who may give it to a doctor is who could have booked it for her. */
  if (draft->doctor_id != NULL && g_strcmp0 (draft->doctor_id, appointment->doctor_id) != 0
      && !rounds_access_may_create_appointment (caller, appointment->hospital_id, draft->doctor_id,
                                                appointment->patient_id))
    return rounds_response_forbidden (
        "You may not take this appointment from its doctor, or give it "
        "to another one");
  return NULL;
}

/* What was is not rewritten, except that notes may be added to it. */
static RoundsResponse *
check_open (const RoundsAppointment *before, const RoundsAppointment *after)
{
  g_autoptr (RoundsAppointment) only_notes = NULL;

  if (!rounds_appointment_status_is_final (before->status))
    return NULL;

  only_notes = rounds_appointment_copy (before);
  g_set_str (&only_notes->notes, after->notes);
  if (rounds_appointment_equal (only_notes, after))
    return NULL;
  return rounds_response_fail (
      409, "record_closed", "This appointment is over; only its notes can still be changed", NULL);
}

RoundsAppointment *
rounds_appointment_edit_make (RoundsRequest *request, const RoundsAppointment *appointment,
                              RoundsResponse **refusal)
{
  g_auto (Wishes) wishes = { 0 };
  g_autoptr (RoundsAppointment) edited = NULL;

  g_return_val_if_fail (request != NULL && appointment != NULL, NULL);
  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  *refusal = read_wishes (request, &wishes);
  if (*refusal == NULL)
    *refusal = check_rights (request, appointment, wishes.draft);
  if (*refusal != NULL)
    return NULL;

  edited = rounds_appointment_copy (appointment);
  apply_wishes (edited, &wishes);
  *refusal = check_edited (request, appointment, edited, &wishes);
  if (*refusal == NULL)
    *refusal = check_open (appointment, edited);
  if (*refusal != NULL)
    return NULL;

  edited->version = appointment->version + 1;
  edited->updated_at = rounds_request_get_now (request);
  return g_steal_pointer (&edited);
}
