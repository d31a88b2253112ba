/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Records of a made-up hospital, for the tests that need some.
 * They carry no behaviour.
 */

#include "config.h"

#include "samples.h"

/* 2024-01-15T09:00:00Z, 10:00 in Berlin. */
#define SAMPLE_MOMENT (G_GINT64_CONSTANT (1705309200) * G_USEC_PER_SEC)

RoundsUser *
sample_user (const char *id, const char *name)
{
  RoundsUser *user = rounds_user_new ();

  g_set_str (&user->id, id);
  g_set_str (&user->name, name);
  g_set_str (&user->email, "person@example.org");
  g_set_str (&user->hospital_id, SAMPLE_HOSPITAL_ID);
  user->role = ROUNDS_ROLE_DOCTOR;
  return user;
}

RoundsHospital *
sample_hospital (void)
{
  static const char *const departments[] = { "Cardiology", NULL };
  RoundsHospital *hospital = rounds_hospital_new ();

  g_set_str (&hospital->id, SAMPLE_HOSPITAL_ID);
  g_set_str (&hospital->name, "Charité");
  g_set_str (&hospital->timezone, "Europe/Berlin");
  g_strfreev (hospital->departments);
  hospital->departments = g_strdupv ((char **)departments);
  return hospital;
}

RoundsAppointment *
sample_appointment (const char *id)
{
  RoundsAppointment *appointment = rounds_appointment_new ();

  g_set_str (&appointment->id, id);
  g_set_str (&appointment->hospital_id, SAMPLE_HOSPITAL_ID);
  g_set_str (&appointment->department, "Cardiology");
  g_set_str (&appointment->date, "2024-01-15");
  g_set_str (&appointment->time, "10:00 AM");
  g_set_str (&appointment->timezone, "Europe/Berlin");
  appointment->type = ROUNDS_APPOINTMENT_VIRTUAL;
  appointment->starts_at = SAMPLE_MOMENT;
  appointment->duration_minutes = 30;
  g_set_str (&appointment->reason, "Chest pain");
  g_set_str (&appointment->patient.full_name, "Ayşe Öztürk");
  g_set_str (&appointment->patient.email, "ayse@example.org");
  g_set_str (&appointment->patient.phone, "+491234567");
  appointment->patient.age = 35;
  g_set_str (&appointment->patient.gender, "Female");
  g_set_str (&appointment->doctor_id, SAMPLE_DOCTOR_ID);
  g_set_str (&appointment->patient_id, SAMPLE_PATIENT_ID);
  appointment->status = ROUNDS_APPOINTMENT_CONFIRMED;
  g_set_str (&appointment->room_name, "appointment-a1-0123456789abcdef");
  appointment->version = 1;
  appointment->created_at = SAMPLE_MOMENT;
  appointment->updated_at = SAMPLE_MOMENT;
  return appointment;
}

RoundsMeeting *
sample_meeting (const char *id)
{
  static const char *const participants[] = { SAMPLE_DOCTOR_ID, SAMPLE_PATIENT_ID, NULL };
  RoundsMeeting *meeting = rounds_meeting_new ();

  g_set_str (&meeting->id, id);
  g_set_str (&meeting->created_by, SAMPLE_DOCTOR_ID);
  g_strfreev (meeting->participants);
  meeting->participants = g_strdupv ((char **)participants);
  meeting->role_context = ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR;
  g_set_str (&meeting->title, "Weekly review");
  meeting->type = ROUNDS_MEETING_VIDEO;
  meeting->status = ROUNDS_MEETING_SCHEDULED;
  meeting->scheduled_at = SAMPLE_MOMENT;
  meeting->expected_minutes = 30;
  g_set_str (&meeting->room_name, "meeting-b1-0123456789abcdef");
  meeting->version = 1;
  meeting->created_at = SAMPLE_MOMENT;
  meeting->updated_at = SAMPLE_MOMENT;
  return meeting;
}

RoundsAppointmentDraft *
sample_appointment_draft (void)
{
  RoundsAppointmentDraft *draft = rounds_appointment_draft_new ();

  g_set_str (&draft->hospital_id, SAMPLE_HOSPITAL_ID);
  g_set_str (&draft->department, "Cardiology");
  draft->type = ROUNDS_APPOINTMENT_VIRTUAL;
  g_set_str (&draft->date, "2024-01-15");
  g_set_str (&draft->time, "10:00 AM");
  draft->duration_minutes = 45;
  g_set_str (&draft->reason, "Chest pain");
  g_set_str (&draft->patient.full_name, "Ayşe Öztürk");
  g_set_str (&draft->patient.email, "ayse@example.org");
  g_set_str (&draft->patient.phone, "+491234567");
  draft->patient.age = 35;
  g_set_str (&draft->patient.gender, "Female");
  g_set_str (&draft->doctor_id, SAMPLE_DOCTOR_ID);
  g_set_str (&draft->patient_id, SAMPLE_PATIENT_ID);
  return draft;
}

RoundsMeetingDraft *
sample_meeting_draft (void)
{
  static const char *const participants[] = { SAMPLE_PATIENT_ID, NULL };
  RoundsMeetingDraft *draft = rounds_meeting_draft_new ();

  g_strfreev (draft->participants);
  draft->participants = g_strdupv ((char **)participants);
  draft->has_role_context = TRUE;
  draft->role_context = ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR;
  g_set_str (&draft->title, "Weekly review");
  g_set_str (&draft->description, "Cases");
  draft->scheduled_at = SAMPLE_MOMENT;
  draft->type = ROUNDS_MEETING_AUDIO;
  draft->expected_minutes = 20;
  return draft;
}

JsonObject *
sample_one (const char *member, JsonObject *record)
{
  JsonObject *data = json_object_new ();

  json_object_set_object_member (data, member, record);
  return data;
}

JsonObject *
sample_list (const char *member, JsonObject *first, ...)
{
  JsonObject *data = json_object_new ();
  JsonArray *list = json_array_new ();
  va_list records;

  va_start (records, first);
  for (JsonObject *record = first; record != NULL; record = va_arg (records, JsonObject *))
    json_array_add_object_element (list, record);
  va_end (records);

  json_object_set_array_member (data, member, list);
  return data;
}
