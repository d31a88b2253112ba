/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Records of a made-up hospital, for the tests that need some.
 * They carry no behaviour.
 */

#pragma once

#include "rounds-wire.h"

G_BEGIN_DECLS

#define SAMPLE_DOCTOR_ID "64b000000000000000000001"
#define SAMPLE_PATIENT_ID "64b000000000000000000002"
#define SAMPLE_HOSPITAL_ID "64b000000000000000000003"
#define SAMPLE_APPOINTMENT_ID "64b0000000000000000000a1"
#define SAMPLE_MEETING_ID "64b0000000000000000000b1"

RoundsUser *sample_user (const char *id, const char *name);
RoundsHospital *sample_hospital (void);
RoundsAppointment *sample_appointment (const char *id);
RoundsMeeting *sample_meeting (const char *id);
RoundsAppointmentDraft *sample_appointment_draft (void);
RoundsMeetingDraft *sample_meeting_draft (void);

/* {@member: @record} and {@member: [@first, …]}; the objects are taken. */
JsonObject *sample_one (const char *member, JsonObject *record);
JsonObject *sample_list (const char *member, JsonObject *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
