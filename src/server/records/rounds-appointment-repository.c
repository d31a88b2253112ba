/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments in the server's database.
 * It decides nothing about who sees them and never holds a link: a link is minted per answer.
 */

#include "config.h"

#include "rounds-appointment-repository.h"

#include "rounds-rows.h"

#define APPOINTMENT_COLUMNS                                                                        \
  "id, hospital_id, department, type, date, time, timezone, starts_at, duration_minutes, reason,"  \
  " patient_full_name, patient_email, patient_phone, patient_age, patient_gender, doctor_id,"      \
  " patient_id, status, notes, room_name, version, created_at, updated_at, arrived_at, "           \
  "started_at,"                                                                                    \
  " ended_at"
/* Why somebody did not show up is noted with the rule's step. */
#define CAUSE                                                                                      \
  "CASE WHEN status = 'no-show' THEN (SELECT s.cause FROM call_steps s"                            \
  " WHERE s.kind = 'appointment' AND s.record_id = appointments.id AND s.status = 'no-show') END"
#define SELECT_APPOINTMENTS "SELECT " APPOINTMENT_COLUMNS ", " CAUSE " FROM appointments"
/* What follows a record in this order, and no more than so many. */
#define BY_START " (starts_at, id) > ($1, $2) AND starts_at < $4 ORDER BY starts_at, id LIMIT $3"

static const char find_sql[] = SELECT_APPOINTMENTS " WHERE id = $1";
static const char insert_sql[]
    = "INSERT INTO appointments (" APPOINTMENT_COLUMNS ", created_by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
      " $19, $20, $21, $22, $23, $24, $25, $26, $27)";
static const char update_status_sql[]
    = "UPDATE appointments SET status = $3, notes = $4, updated_at = $5, arrived_at = $6,"
      " started_at = $7, ended_at = $8, version = $2 WHERE id = $1 AND version = $2 - 1";

static const char update_sql[]
    = "UPDATE appointments SET department = $3, date = $4, time = $5, starts_at = $6,"
      " duration_minutes = $7, reason = $8, doctor_id = $9, notes = $10, patient_full_name = $11,"
      " patient_email = $12, patient_phone = $13, patient_age = $14, patient_gender = $15,"
      " updated_at = $16, version = $2 WHERE id = $1 AND version = $2 - 1";

/* By RoundsRole: whose appointments somebody of that role has. */
static const char *const list_sql[ROUNDS_N_ROLES] = {
  [ROUNDS_ROLE_PATIENT] = SELECT_APPOINTMENTS " WHERE patient_id = $5 AND" BY_START,
  [ROUNDS_ROLE_DOCTOR] = SELECT_APPOINTMENTS " WHERE doctor_id = $5 AND" BY_START,
  [ROUNDS_ROLE_HOSPITAL] = SELECT_APPOINTMENTS " WHERE hospital_id = $5 AND" BY_START,
  [ROUNDS_ROLE_ADMIN] = SELECT_APPOINTMENTS " WHERE" BY_START,
};

static gpointer
read_appointment (RoundsDbStatement *statement)
{
  RoundsAppointment *self = rounds_appointment_new ();

  self->id = g_strdup (rounds_db_get_text (statement, 0));
  self->hospital_id = g_strdup (rounds_db_get_text (statement, 1));
  self->department = g_strdup (rounds_db_get_text (statement, 2));
  /* The table's own checks let no other words in. */
  if (!rounds_appointment_type_from_string (rounds_db_get_text (statement, 3), &self->type))
    g_assert_not_reached ();
  self->date = g_strdup (rounds_db_get_text (statement, 4));
  self->time = g_strdup (rounds_db_get_text (statement, 5));
  self->timezone = g_strdup (rounds_db_get_text (statement, 6));
  self->starts_at = rounds_db_get_time (statement, 7);
  self->duration_minutes = (int)rounds_db_get_int (statement, 8);
  self->reason = g_strdup (rounds_db_get_text (statement, 9));
  self->patient.full_name = g_strdup (rounds_db_get_text (statement, 10));
  self->patient.email = g_strdup (rounds_db_get_text (statement, 11));
  self->patient.phone = g_strdup (rounds_db_get_text (statement, 12));
  self->patient.age = rounds_rows_get_count (statement, 13);
  self->patient.gender = g_strdup (rounds_db_get_text (statement, 14));
  self->doctor_id = g_strdup (rounds_db_get_text (statement, 15));
  self->patient_id = g_strdup (rounds_db_get_text (statement, 16));
  if (!rounds_appointment_status_from_string (rounds_db_get_text (statement, 17), &self->status))
    g_assert_not_reached ();
  self->notes = g_strdup (rounds_db_get_text (statement, 18));
  self->room_name = g_strdup (rounds_db_get_text (statement, 19));
  self->version = rounds_db_get_int (statement, 20);
  self->created_at = rounds_db_get_time (statement, 21);
  self->updated_at = rounds_db_get_time (statement, 22);
  self->arrived_at = rounds_db_get_time (statement, 23);
  self->started_at = rounds_db_get_time (statement, 24);
  self->ended_at = rounds_db_get_time (statement, 25);
  self->no_show_cause = rounds_no_show_cause_from_string (rounds_db_get_text (statement, 26));
  return self;
}

gboolean
rounds_appointment_repository_find (RoundsDb *db, const char *id, RoundsAppointment **appointment,
                                    GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  RoundsDbStep step;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (appointment != NULL && *appointment == NULL, FALSE);

  statement = rounds_db_prepare (db, find_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, id);
  step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    *appointment = read_appointment (statement);

  return step != ROUNDS_DB_FAILED;
}

GPtrArray *
rounds_appointment_repository_list_page (RoundsDb *db, const RoundsUser *owner,
                                         const RoundsPage *page, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (owner != NULL && owner->role < ROUNDS_N_ROLES, NULL);

  statement = rounds_db_prepare (db, list_sql[owner->role], error);
  if (statement == NULL)
    return NULL;

  rounds_page_bind (page, statement);
  if (owner->role == ROUNDS_ROLE_HOSPITAL)
    rounds_db_bind_text (statement, 5, owner->hospital_id);
  else if (owner->role != ROUNDS_ROLE_ADMIN)
    rounds_db_bind_text (statement, 5, owner->id);

  return rounds_rows_list (statement, read_appointment, (GDestroyNotify)rounds_appointment_unref,
                           error);
}

static void
bind_patient (RoundsDbStatement *statement, const RoundsPatientDetails *patient)
{
  rounds_db_bind_text (statement, 11, patient->full_name);
  rounds_db_bind_text (statement, 12, patient->email);
  rounds_db_bind_text (statement, 13, patient->phone);
  rounds_rows_bind_count (statement, 14, patient->age);
  rounds_db_bind_text (statement, 15, patient->gender);
}

/* What happened when, from parameter @first on. */
static void
bind_moments (RoundsDbStatement *statement, int first, const RoundsAppointment *appointment)
{
  rounds_db_bind_time (statement, first, appointment->arrived_at);
  rounds_db_bind_time (statement, first + 1, appointment->started_at);
  rounds_db_bind_time (statement, first + 2, appointment->ended_at);
}

gboolean
rounds_appointment_repository_insert (RoundsDb *db, const RoundsAppointment *appointment,
                                      const RoundsUser *creator, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (appointment != NULL && appointment->id != NULL, FALSE);
  g_return_val_if_fail (creator != NULL, FALSE);

  statement = rounds_db_prepare (db, insert_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, appointment->id);
  rounds_db_bind_text (statement, 2, appointment->hospital_id);
  rounds_db_bind_text (statement, 3, appointment->department);
  rounds_db_bind_text (statement, 4, rounds_appointment_type_to_string (appointment->type));
  rounds_db_bind_text (statement, 5, appointment->date);
  rounds_db_bind_text (statement, 6, appointment->time);
  rounds_db_bind_text (statement, 7, appointment->timezone);
  rounds_db_bind_time (statement, 8, appointment->starts_at);
  rounds_db_bind_int (statement, 9, appointment->duration_minutes);
  rounds_db_bind_text (statement, 10, appointment->reason);
  bind_patient (statement, &appointment->patient);
  rounds_db_bind_text (statement, 16, appointment->doctor_id);
  rounds_db_bind_text (statement, 17, appointment->patient_id);
  rounds_db_bind_text (statement, 18, rounds_appointment_status_to_string (appointment->status));
  rounds_db_bind_text (statement, 19, appointment->notes);
  rounds_db_bind_text (statement, 20, appointment->room_name);
  rounds_db_bind_int (statement, 21, appointment->version);
  rounds_db_bind_time (statement, 22, appointment->created_at);
  rounds_db_bind_time (statement, 23, appointment->updated_at);
  bind_moments (statement, 24, appointment);
  rounds_db_bind_text (statement, 27, creator->id);
  return rounds_db_run (statement, error);
}

gboolean
rounds_appointment_repository_update_status (RoundsDb *db, const RoundsAppointment *appointment,
                                             gboolean *stored, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (appointment != NULL, FALSE);
  g_return_val_if_fail (stored != NULL, FALSE);

  statement = rounds_db_prepare (db, update_status_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, appointment->id);
  rounds_db_bind_int (statement, 2, appointment->version);
  rounds_db_bind_text (statement, 3, rounds_appointment_status_to_string (appointment->status));
  rounds_db_bind_text (statement, 4, appointment->notes);
  rounds_db_bind_time (statement, 5, appointment->updated_at);
  bind_moments (statement, 6, appointment);
  return rounds_rows_change_one (db, statement, stored, error);
}

gboolean
rounds_appointment_repository_update (RoundsDb *db, const RoundsAppointment *appointment,
                                      gboolean *stored, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (appointment != NULL, FALSE);
  g_return_val_if_fail (stored != NULL, FALSE);

  statement = rounds_db_prepare (db, update_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, appointment->id);
  rounds_db_bind_int (statement, 2, appointment->version);
  rounds_db_bind_text (statement, 3, appointment->department);
  rounds_db_bind_text (statement, 4, appointment->date);
  rounds_db_bind_text (statement, 5, appointment->time);
  rounds_db_bind_time (statement, 6, appointment->starts_at);
  rounds_db_bind_int (statement, 7, appointment->duration_minutes);
  rounds_db_bind_text (statement, 8, appointment->reason);
  rounds_db_bind_text (statement, 9, appointment->doctor_id);
  rounds_db_bind_text (statement, 10, appointment->notes);
  bind_patient (statement, &appointment->patient);
  rounds_db_bind_time (statement, 16, appointment->updated_at);
  return rounds_rows_change_one (db, statement, stored, error);
}
