/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An appointment of a patient at a hospital, as the guide and api.md describe it.
 * It does no I/O and mints no link; a draft (rounds-appointment-draft.h) is what a form or request
 * holds.
 */

#pragma once

#include <glib-object.h>

#include "rounds-clock.h"
#include "rounds-no-show-cause.h"
#include "rounds-status.h"
#include "rounds-time-range.h"

G_BEGIN_DECLS

#define ROUNDS_APPOINTMENT_DEFAULT_MINUTES 30

typedef enum
{
  ROUNDS_APPOINTMENT_VIRTUAL, /* "virtual": has a room */
  ROUNDS_APPOINTMENT_IN_PERSON, /* "in-person"; "in_person", "inPerson" and "physical" are taken too
                                 */
} RoundsAppointmentType;

const char *rounds_appointment_type_to_string (RoundsAppointmentType type);
gboolean rounds_appointment_type_from_string (const char *text, RoundsAppointmentType *out);

/* The guide's `patientDetails`, kept with the appointment (the person need not have an account). */
typedef struct
{
  char *full_name;
  char *email; /* or NULL */
  char *phone; /* or NULL */
  int age; /* years, −1 unknown */
  char *gender; /* or NULL */
} RoundsPatientDetails;

/* Boxed, atomic reference count; read-only once shared. */
typedef struct
{
  char *id;
  char *hospital_id;
  char *department;
  RoundsAppointmentType type;
  char *date; /* "2024-01-15", the hospital's wall date as sent */
  char *time; /* "10:00 AM" or "14:30", the hospital's wall time as sent */
  char *timezone; /* IANA name; NULL from a server that knows only the guide */
  gint64 starts_at; /* µs UTC */
  int duration_minutes;
  char *reason; /* reasonForVisit; or NULL */
  RoundsPatientDetails patient;
  char *doctor_id; /* or NULL: nobody assigned yet */
  char *patient_id; /* or NULL: no account */
  RoundsAppointmentStatus status;
  RoundsNoShowCause no_show_cause; /* of a no-show, where it is known */
  /* µs UTC: when the patient came, the visit began and was over; ROUNDS_TIME_NONE where it did not
   * happen, and from a server that does not say. */
  gint64 arrived_at;
  gint64 started_at;
  gint64 ended_at;
  char *notes; /* or NULL */
  char *room_name; /* virtual ones; or NULL */
  char *meeting_link; /* Security: personal, short-lived; in memory only, never stored or logged */
  gint64 version; /* 0 from a plain guide server */
  gint64 created_at; /* µs UTC or ROUNDS_TIME_NONE */
  gint64 updated_at;
} RoundsAppointment;

#define ROUNDS_TYPE_APPOINTMENT (rounds_appointment_get_type ())
GType rounds_appointment_get_type (void) G_GNUC_CONST;

RoundsAppointment *rounds_appointment_new (void);
/* A deep copy with one reference, to be changed by its maker. */
RoundsAppointment *rounds_appointment_copy (const RoundsAppointment *self);
RoundsAppointment *rounds_appointment_ref (RoundsAppointment *self);
void rounds_appointment_unref (RoundsAppointment *self);
/* Whether all that is stored is the same; meeting_link does not count. */
gboolean rounds_appointment_equal (const RoundsAppointment *a, const RoundsAppointment *b);
RoundsTimeRange rounds_appointment_get_range (const RoundsAppointment *self);
/* A copy in the state @to, with the moment that goes with it: arrived_at, started_at or ended_at is
 * @at (µs UTC), and so is updated_at. No cause of a no-show goes with it. @notes replaces the notes
 * when it is not NULL, an empty text takes them away; the version stays. Whether the step exists is
 * rounds-status.h's to say: an edit that the server has not judged yet is shown all the same.
 * (transfer full) */
RoundsAppointment *
rounds_appointment_with_status (const RoundsAppointment *self, RoundsAppointmentStatus to,
                                const char *notes, gint64 at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAppointment, rounds_appointment_unref)

G_END_DECLS
