/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who may see and do what with which record: api.md's section, once, for both programs.
 * It does not know HTTP; the server turns a no into 404 or 403, the app hides a button.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-meeting.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* Patient, doctor, staff of the appointment's hospital, admins. */
gboolean rounds_access_appointment_is_visible (const RoundsUser *viewer,
                                               const RoundsAppointment *appointment);
/* Patients for themselves, doctors for themselves, staff in their hospital, admins. NULL ids in the
 * request mean the creator himself where his role makes that plain. */
gboolean rounds_access_may_create_appointment (const RoundsUser *creator, const char *hospital_id,
                                               const char *doctor_id, const char *patient_id);
/* Whether @viewer may take the appointment from its state to @to; the step has to exist as well.
 * A patient may only cancel his own before it is active. */
gboolean rounds_access_may_change_appointment (const RoundsUser *viewer,
                                               const RoundsAppointment *appointment,
                                               RoundsAppointmentStatus to);
/* Whether @viewer, who attends to the appointment, may move it, assign it and write its notes. A
 * patient may not; he cancels and books anew. */
gboolean
rounds_access_may_edit_appointment (const RoundsUser *viewer, const RoundsAppointment *appointment);
/* Whether @viewer may book a slot at @hospital_id that is taken: its staff, admins. */
gboolean rounds_access_may_override_slot (const RoundsUser *viewer, const char *hospital_id);
/* Participants, the creator, admins. */
gboolean rounds_access_meeting_is_visible (const RoundsUser *viewer, const RoundsMeeting *meeting);
/* The creator, a doctor or staff among the participants, admins. */
gboolean rounds_access_may_change_meeting (const RoundsUser *viewer, const RoundsMeeting *meeting);
/* Who is a moderator of the call: the doctor (staff and admins too) of an appointment; the creator,
 * doctors, staff and admins of a meeting. Never a patient. */
gboolean rounds_access_is_appointment_moderator (const RoundsUser *viewer,
                                                 const RoundsAppointment *appointment);
gboolean
rounds_access_is_meeting_moderator (const RoundsUser *viewer, const RoundsMeeting *meeting);
/* Whether @viewer finds @other in the directory: everybody for admins; people of the own hospital
 * for staff and doctors; for patients the doctors and staff of their hospital; always oneself, and
 * admins for doctors and staff (they can meet). */
gboolean rounds_access_user_is_visible (const RoundsUser *viewer, const RoundsUser *other);
/* Whether @viewer may see @other's e-mail address, phone, age and gender. */
gboolean rounds_access_user_details_are_visible (const RoundsUser *viewer, const RoundsUser *other);
/* Whether @viewer may add @user to the directory: admins anybody, staff the patients of their own
 * hospital. */
gboolean rounds_access_may_create_user (const RoundsUser *viewer, const RoundsUser *user);
/* Whether @viewer may change @before to @after: admins everything, staff what is said of the
 * patients of their hospital, but neither role nor hospital nor the address that one signs in with.
 */
gboolean rounds_access_may_edit_user (const RoundsUser *viewer, const RoundsUser *before,
                                      const RoundsUser *after);
/* Whether @viewer may say departments and opening hours of the hospital: staff and admins. */
gboolean rounds_access_may_edit_hospital (const RoundsUser *viewer, const char *hospital_id);
/* Name and time zone too, and new hospitals: admins. */
gboolean rounds_access_may_found_hospital (const RoundsUser *viewer);

/* Whether @viewer may ask for the lists of @owner (GET …/user/:userId): oneself, admins; staff for
 * people of their hospital (they still see only what is visible to them). */
gboolean rounds_access_may_list_of (const RoundsUser *viewer, const RoundsUser *owner);

G_END_DECLS
