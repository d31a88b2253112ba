/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a new appointment is asked to be: the guide's request body, checked but not yet booked.
 * Whether the caller may book it is in rounds-access.h.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-problems.h"

G_BEGIN_DECLS

#define ROUNDS_MAX_NAME 200
#define ROUNDS_MAX_REASON 2000
#define ROUNDS_MAX_NOTES 20000

/* The type of a draft that names none yet; _new() begins with it and the check refuses it. */
#define ROUNDS_APPOINTMENT_TYPE_NONE ((RoundsAppointmentType) - 1)

/* Not ref-counted: one owner. Any string may be NULL. */
typedef struct
{
  char *hospital_id;
  char *department;
  RoundsAppointmentType type;
  char *date;
  char *time;
  int duration_minutes; /* 0 = the default */
  char *reason;
  RoundsPatientDetails patient;
  char *doctor_id; /* ★ optional */
  char *patient_id; /* ★ optional */
} RoundsAppointmentDraft;

RoundsAppointmentDraft *rounds_appointment_draft_new (void);
void rounds_appointment_draft_free (RoundsAppointmentDraft *self);

/* Adds a problem for each field that is missing or impossible, named as on the wire
 * ("appointmentDate", "patientDetails.email"). With @zone (the hospital's IANA zone, or NULL when
 * not known) the wall time is resolved too; @starts_at (out, optional) is set when that worked. */
void rounds_appointment_draft_check (const RoundsAppointmentDraft *self, const char *zone,
                                     gint64 *starts_at, RoundsProblems *problems);

gboolean rounds_email_looks_valid (const char *email);
gboolean rounds_phone_looks_valid (const char *phone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAppointmentDraft, rounds_appointment_draft_free)

G_END_DECLS
