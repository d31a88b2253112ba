/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * api.md's access rules, each as one small question.
 * It asks nobody and logs nothing; who calls it fetches the records first.
 */

#include "rounds-access.h"

/* Security: an id that is missing on either side never matches; two absent hospitals are not the
 * same hospital. */
static gboolean
is_same_id (const char *a, const char *b)
{
  return a != NULL && b != NULL && *a != '\0' && g_str_equal (a, b);
}

static gboolean
is_staff_of (const RoundsUser *viewer, const char *hospital_id)
{
  return viewer->role == ROUNDS_ROLE_HOSPITAL && is_same_id (viewer->hospital_id, hospital_id);
}

static gboolean
is_doctor_of (const RoundsUser *viewer, const RoundsAppointment *appointment)
{
  return viewer->role == ROUNDS_ROLE_DOCTOR && is_same_id (viewer->id, appointment->doctor_id);
}

/* Doctor, staff or admin of this appointment: everybody who sees it except the patient. */
static gboolean
attends_to (const RoundsUser *viewer, const RoundsAppointment *appointment)
{
  return viewer->role == ROUNDS_ROLE_ADMIN || is_doctor_of (viewer, appointment)
         || is_staff_of (viewer, appointment->hospital_id);
}

gboolean
rounds_access_appointment_is_visible (const RoundsUser *viewer,
                                      const RoundsAppointment *appointment)
{
  g_return_val_if_fail (viewer != NULL && appointment != NULL, FALSE);

  return attends_to (viewer, appointment) || is_same_id (viewer->id, appointment->patient_id);
}

gboolean
rounds_access_may_create_appointment (const RoundsUser *creator, const char *hospital_id,
                                      const char *doctor_id, const char *patient_id)
{
  g_return_val_if_fail (creator != NULL, FALSE);

  switch (creator->role)
    {
    case ROUNDS_ROLE_PATIENT:
      return patient_id == NULL || is_same_id (creator->id, patient_id);
    case ROUNDS_ROLE_DOCTOR:
      return doctor_id == NULL || is_same_id (creator->id, doctor_id);
    case ROUNDS_ROLE_HOSPITAL:
      return is_same_id (creator->hospital_id,
                         hospital_id != NULL ? hospital_id : creator->hospital_id);
    case ROUNDS_ROLE_ADMIN:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
rounds_access_may_change_appointment (const RoundsUser *viewer,
                                      const RoundsAppointment *appointment,
                                      RoundsAppointmentStatus to)
{
  g_return_val_if_fail (viewer != NULL && appointment != NULL, FALSE);

  if (!rounds_appointment_status_leads_to (appointment->status, to))
    return FALSE;
  if (attends_to (viewer, appointment))
    return TRUE;

  return is_same_id (viewer->id, appointment->patient_id) && to == ROUNDS_APPOINTMENT_CANCELLED
         && appointment->status != ROUNDS_APPOINTMENT_ACTIVE;
}

gboolean
rounds_access_may_edit_appointment (const RoundsUser *viewer, const RoundsAppointment *appointment)
{
  g_return_val_if_fail (viewer != NULL && appointment != NULL, FALSE);

  return attends_to (viewer, appointment);
}

gboolean
rounds_access_may_override_slot (const RoundsUser *viewer, const char *hospital_id)
{
  g_return_val_if_fail (viewer != NULL, FALSE);

  return viewer->role == ROUNDS_ROLE_ADMIN || is_staff_of (viewer, hospital_id);
}

gboolean
rounds_access_meeting_is_visible (const RoundsUser *viewer, const RoundsMeeting *meeting)
{
  g_return_val_if_fail (viewer != NULL && meeting != NULL, FALSE);

  return viewer->role == ROUNDS_ROLE_ADMIN || is_same_id (viewer->id, meeting->created_by)
         || rounds_meeting_has_participant (meeting, viewer->id);
}

gboolean
rounds_access_may_change_meeting (const RoundsUser *viewer, const RoundsMeeting *meeting)
{
  g_return_val_if_fail (viewer != NULL && meeting != NULL, FALSE);

  switch (viewer->role)
    {
    case ROUNDS_ROLE_PATIENT:
      return is_same_id (viewer->id, meeting->created_by);
    case ROUNDS_ROLE_DOCTOR:
    case ROUNDS_ROLE_HOSPITAL:
    case ROUNDS_ROLE_ADMIN:
      return rounds_access_meeting_is_visible (viewer, meeting);
    default:
      return FALSE;
    }
}

gboolean
rounds_access_is_appointment_moderator (const RoundsUser *viewer,
                                        const RoundsAppointment *appointment)
{
  g_return_val_if_fail (viewer != NULL && appointment != NULL, FALSE);

  return attends_to (viewer, appointment);
}

gboolean
rounds_access_is_meeting_moderator (const RoundsUser *viewer, const RoundsMeeting *meeting)
{
  g_return_val_if_fail (viewer != NULL && meeting != NULL, FALSE);

  return viewer->role != ROUNDS_ROLE_PATIENT && rounds_access_may_change_meeting (viewer, meeting);
}

gboolean
rounds_access_user_is_visible (const RoundsUser *viewer, const RoundsUser *other)
{
  gboolean same_hospital;

  g_return_val_if_fail (viewer != NULL && other != NULL, FALSE);

  if (is_same_id (viewer->id, other->id))
    return TRUE;

  same_hospital = is_same_id (viewer->hospital_id, other->hospital_id);
  switch (viewer->role)
    {
    case ROUNDS_ROLE_PATIENT:
      return same_hospital
             && (other->role == ROUNDS_ROLE_DOCTOR || other->role == ROUNDS_ROLE_HOSPITAL);
    case ROUNDS_ROLE_DOCTOR:
    case ROUNDS_ROLE_HOSPITAL:
      return same_hospital || other->role == ROUNDS_ROLE_ADMIN;
    case ROUNDS_ROLE_ADMIN:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
rounds_access_user_details_are_visible (const RoundsUser *viewer, const RoundsUser *other)
{
  g_return_val_if_fail (viewer != NULL && other != NULL, FALSE);

  if (is_same_id (viewer->id, other->id))
    return TRUE;

  switch (viewer->role)
    {
    case ROUNDS_ROLE_DOCTOR:
    case ROUNDS_ROLE_HOSPITAL:
      return is_same_id (viewer->hospital_id, other->hospital_id);
    case ROUNDS_ROLE_ADMIN:
      return TRUE;
    case ROUNDS_ROLE_PATIENT:
    default:
      return FALSE;
    }
}

gboolean
rounds_access_may_list_of (const RoundsUser *viewer, const RoundsUser *owner)
{
  g_return_val_if_fail (viewer != NULL && owner != NULL, FALSE);

  return viewer->role == ROUNDS_ROLE_ADMIN || is_same_id (viewer->id, owner->id)
         || is_staff_of (viewer, owner->hospital_id);
}

gboolean
rounds_access_may_create_user (const RoundsUser *viewer, const RoundsUser *user)
{
  g_return_val_if_fail (viewer != NULL && user != NULL, FALSE);

  return viewer->role == ROUNDS_ROLE_ADMIN
         || (user->role == ROUNDS_ROLE_PATIENT && is_staff_of (viewer, user->hospital_id));
}

gboolean
rounds_access_may_edit_user (const RoundsUser *viewer, const RoundsUser *before,
                             const RoundsUser *after)
{
  g_return_val_if_fail (viewer != NULL && before != NULL && after != NULL, FALSE);

  if (viewer->role == ROUNDS_ROLE_ADMIN)
    return TRUE;
  /* Security: who could set the address of an account could take it over by a new password. */
  return rounds_access_may_create_user (viewer, before) && after->role == before->role
         && is_same_id (after->hospital_id, before->hospital_id)
         && g_strcmp0 (after->email, before->email) == 0;
}

gboolean
rounds_access_may_edit_hospital (const RoundsUser *viewer, const char *hospital_id)
{
  g_return_val_if_fail (viewer != NULL, FALSE);

  return viewer->role == ROUNDS_ROLE_ADMIN || is_staff_of (viewer, hospital_id);
}

gboolean
rounds_access_may_found_hospital (const RoundsUser *viewer)
{
  g_return_val_if_fail (viewer != NULL, FALSE);

  return viewer->role == ROUNDS_ROLE_ADMIN;
}
