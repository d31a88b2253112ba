/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The columns of appointments.
 * Security: meeting_link has no column; a personal link never reaches the file.
 */

#include "config.h"

#include "rounds-record-kind.h"

#define COLUMNS                                                                                    \
  "id, hospital, department, type, wall_date, wall_time, timezone, starts_at, minutes, reason,"    \
  " patient_name, patient_email, patient_phone, patient_age, patient_gender, doctor, patient,"     \
  " status, notes, room_name, version, created_at, updated_at, arrived_at, started_at, ended_at,"  \
  " no_show_cause"

/* The words of enumerations, which an older program may not know. */
static gboolean
read_words (RoundsDbStatement *row, RoundsAppointment *appointment, GError **error)
{
  if (!rounds_appointment_type_from_string (rounds_db_get_text (row, 3), &appointment->type))
    return rounds_record_kind_refuse ("appointment.type", error);
  if (!rounds_appointment_status_from_string (rounds_db_get_text (row, 17), &appointment->status))
    return rounds_record_kind_refuse ("appointment.status", error);
  return TRUE;
}

static gpointer
read_row (RoundsDbStatement *row, GError **error)
{
  g_autoptr (RoundsAppointment) appointment = rounds_appointment_new ();

  if (!read_words (row, appointment, error))
    return NULL;
  appointment->id = rounds_record_kind_dup (row, 0);
  appointment->hospital_id = rounds_record_kind_dup (row, 1);
  appointment->department = rounds_record_kind_dup (row, 2);
  appointment->date = rounds_record_kind_dup (row, 4);
  appointment->time = rounds_record_kind_dup (row, 5);
  appointment->timezone = rounds_record_kind_dup (row, 6);
  appointment->starts_at = rounds_db_get_int (row, 7);
  appointment->duration_minutes = (int)rounds_db_get_int (row, 8);
  appointment->reason = rounds_record_kind_dup (row, 9);
  appointment->patient.full_name = rounds_record_kind_dup (row, 10);
  appointment->patient.email = rounds_record_kind_dup (row, 11);
  appointment->patient.phone = rounds_record_kind_dup (row, 12);
  appointment->patient.age = (int)rounds_db_get_int (row, 13);
  appointment->patient.gender = rounds_record_kind_dup (row, 14);
  appointment->doctor_id = rounds_record_kind_dup (row, 15);
  appointment->patient_id = rounds_record_kind_dup (row, 16);
  appointment->notes = rounds_record_kind_dup (row, 18);
  appointment->room_name = rounds_record_kind_dup (row, 19);
  appointment->version = rounds_db_get_int (row, 20);
  appointment->created_at = rounds_db_get_time (row, 21);
  appointment->updated_at = rounds_db_get_time (row, 22);
  appointment->arrived_at = rounds_db_get_time (row, 23);
  appointment->started_at = rounds_db_get_time (row, 24);
  appointment->ended_at = rounds_db_get_time (row, 25);
  appointment->no_show_cause = rounds_no_show_cause_from_string (rounds_db_get_text (row, 26));
  return g_steal_pointer (&appointment);
}

static void
bind_row (RoundsDbStatement *row, gconstpointer record)
{
  const RoundsAppointment *appointment = record;

  rounds_db_bind_text (row, 1, appointment->id);
  rounds_db_bind_text (row, 2, appointment->hospital_id);
  rounds_db_bind_text (row, 3, appointment->department);
  rounds_db_bind_text (row, 4, rounds_appointment_type_to_string (appointment->type));
  rounds_db_bind_text (row, 5, appointment->date);
  rounds_db_bind_text (row, 6, appointment->time);
  rounds_db_bind_text (row, 7, appointment->timezone);
  /* As a number even when it is not known: such records sort first, and are in no day. */
  rounds_db_bind_int (row, 8, appointment->starts_at);
  rounds_db_bind_int (row, 9, appointment->duration_minutes);
  rounds_db_bind_text (row, 10, appointment->reason);
  rounds_db_bind_text (row, 11, appointment->patient.full_name);
  rounds_db_bind_text (row, 12, appointment->patient.email);
  rounds_db_bind_text (row, 13, appointment->patient.phone);
  rounds_db_bind_int (row, 14, appointment->patient.age);
  rounds_db_bind_text (row, 15, appointment->patient.gender);
  rounds_db_bind_text (row, 16, appointment->doctor_id);
  rounds_db_bind_text (row, 17, appointment->patient_id);
  rounds_db_bind_text (row, 18, rounds_appointment_status_to_string (appointment->status));
  rounds_db_bind_text (row, 19, appointment->notes);
  rounds_db_bind_text (row, 20, appointment->room_name);
  rounds_db_bind_int (row, 21, appointment->version);
  rounds_db_bind_time (row, 22, appointment->created_at);
  rounds_db_bind_time (row, 23, appointment->updated_at);
  rounds_db_bind_time (row, 24, appointment->arrived_at);
  rounds_db_bind_time (row, 25, appointment->started_at);
  rounds_db_bind_time (row, 26, appointment->ended_at);
  rounds_db_bind_text (row, 27, rounds_no_show_cause_to_string (appointment->no_show_cause));
}

static const char *
get_id (gconstpointer record)
{
  return ((const RoundsAppointment *)record)->id;
}

static gint64
get_start (gconstpointer record)
{
  return ((const RoundsAppointment *)record)->starts_at;
}

static gboolean
equal (gconstpointer a, gconstpointer b)
{
  return rounds_appointment_equal (a, b);
}

static void
unref (gpointer record)
{
  rounds_appointment_unref (record);
}

static const char *
name_status (guint status)
{
  return rounds_appointment_status_to_string ((RoundsAppointmentStatus)status);
}

static gboolean
is_final (guint status)
{
  return rounds_appointment_status_is_final ((RoundsAppointmentStatus)status);
}

const RoundsRecordKind rounds_appointment_kind = {
  .table = "appointment",
  .kind = ROUNDS_ENTRY_APPOINTMENT,
  .columns = COLUMNS,
  .n_columns = 27,
  .more = "NULL",
  .is_about = "(doctor = $P OR patient = $P)",
  .words = "SELECT a.number, a.patient_name, a.reason, a.notes, a.department, d.name,"
           " nullif (p.name, a.patient_name) FROM appointment a"
           " LEFT JOIN person d ON d.id = a.doctor LEFT JOIN person p ON p.id = a.patient"
           " WHERE a.number = $1",
  .n_words = 6,
  .n_statuses = ROUNDS_N_APPOINTMENT_STATUSES,
  .name_status = name_status,
  .is_final = is_final,
  .get_id = get_id,
  .get_start = get_start,
  .equal = equal,
  .unref = unref,
  .bind = bind_row,
  .read = read_row,
};
