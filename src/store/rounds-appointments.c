/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The table of appointments.
 * Security: meeting_link has no column; a personal link never reaches the file.
 */

#include "config.h"

#include "rounds-entry-private.h"
#include "rounds-records.h"
#include "rounds-table.h"

#define COLUMNS                                                                                    \
  "id, hospital, department, type, wall_date, wall_time, timezone, starts_at, minutes, reason,"    \
  " patient_name, patient_email, patient_phone, patient_age, patient_gender, doctor, patient,"     \
  " status, notes, room_name, version, created_at, updated_at"

static const char INSERT[]
    = "INSERT INTO appointment (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
      " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)"
      " ON CONFLICT (id) DO UPDATE SET hospital = excluded.hospital,"
      " department = excluded.department, type = excluded.type, wall_date = excluded.wall_date,"
      " wall_time = excluded.wall_time, timezone = excluded.timezone,"
      " starts_at = excluded.starts_at, minutes = excluded.minutes, reason = excluded.reason,"
      " patient_name = excluded.patient_name, patient_email = excluded.patient_email,"
      " patient_phone = excluded.patient_phone, patient_age = excluded.patient_age,"
      " patient_gender = excluded.patient_gender, doctor = excluded.doctor,"
      " patient = excluded.patient, status = excluded.status, notes = excluded.notes,"
      " room_name = excluded.room_name, version = excluded.version,"
      " created_at = excluded.created_at, updated_at = excluded.updated_at";

static const char GET[] = "SELECT " COLUMNS " FROM appointment WHERE id = $1";

#define SELECT                                                                                     \
  "SELECT " COLUMNS ", (SELECT max (state) FROM outbox WHERE outbox.kind = 'appointment'"          \
  " AND outbox.record = appointment.id) FROM appointment WHERE starts_at >= $1 AND starts_at < $2" \
  " AND ($3 = 0 OR status NOT IN ('completed', 'cancelled', 'no-show'))"
#define ORDER " ORDER BY starts_at, id"
#define MATCHES                                                                                    \
  " AND number IN (SELECT rowid FROM appointment_search WHERE appointment_search MATCH $4)"

#define INDEX_FORGET "DELETE FROM appointment_search WHERE rowid = $1"
#define INDEX_INSERT "INSERT INTO appointment_search (rowid, words) VALUES ($1, $2)"

static const RoundsTableIndex INDEX_ONE = {
  .select = "SELECT number, words FROM appointment_words WHERE number ="
            " (SELECT number FROM appointment WHERE id = $1)",
  .forget = INDEX_FORGET,
  .insert = INDEX_INSERT,
};
static const RoundsTableIndex INDEX_PERSON = {
  .select = "SELECT number, words FROM appointment_words WHERE number IN"
            " (SELECT number FROM appointment WHERE doctor = $1 OR patient = $1)",
  .forget = INDEX_FORGET,
  .insert = INDEX_INSERT,
};

static char *
dup_text (RoundsDbStatement *statement, int column)
{
  return g_strdup (rounds_db_get_text (statement, column));
}

static gboolean
refuse_word (const char *column, GError **error)
{
  g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
               "The cache holds an unknown word in appointment.%s", column);
  return FALSE;
}

/* The words of enumerations, which an older program may not know. */
static gboolean
read_words (RoundsDbStatement *row, RoundsAppointment *appointment, GError **error)
{
  if (!rounds_appointment_type_from_string (rounds_db_get_text (row, 3), &appointment->type))
    return refuse_word ("type", error);
  if (!rounds_appointment_status_from_string (rounds_db_get_text (row, 17), &appointment->status))
    return refuse_word ("status", error);
  return TRUE;
}

static RoundsAppointment *
read_row (RoundsDbStatement *row, GError **error)
{
  g_autoptr (RoundsAppointment) appointment = rounds_appointment_new ();

  if (!read_words (row, appointment, error))
    return NULL;
  appointment->id = dup_text (row, 0);
  appointment->hospital_id = dup_text (row, 1);
  appointment->department = dup_text (row, 2);
  appointment->date = dup_text (row, 4);
  appointment->time = dup_text (row, 5);
  appointment->timezone = dup_text (row, 6);
  appointment->starts_at = rounds_db_get_int (row, 7);
  appointment->duration_minutes = (int)rounds_db_get_int (row, 8);
  appointment->reason = dup_text (row, 9);
  appointment->patient.full_name = dup_text (row, 10);
  appointment->patient.email = dup_text (row, 11);
  appointment->patient.phone = dup_text (row, 12);
  appointment->patient.age = (int)rounds_db_get_int (row, 13);
  appointment->patient.gender = dup_text (row, 14);
  appointment->doctor_id = dup_text (row, 15);
  appointment->patient_id = dup_text (row, 16);
  appointment->notes = dup_text (row, 18);
  appointment->room_name = dup_text (row, 19);
  appointment->version = rounds_db_get_int (row, 20);
  appointment->created_at = rounds_db_get_time (row, 21);
  appointment->updated_at = rounds_db_get_time (row, 22);
  return g_steal_pointer (&appointment);
}

static void
bind_row (RoundsDbStatement *row, const RoundsAppointment *appointment)
{
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
}

RoundsAppointment *
rounds_appointments_get (RoundsDb *db, const char *id, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, GET, error);

  if (statement == NULL)
    return NULL;
  rounds_db_bind_text (statement, 1, id);
  if (rounds_db_step (statement, error) != ROUNDS_DB_ROW)
    return NULL;
  return read_row (statement, error);
}

gboolean
rounds_appointments_select (RoundsDb *db, const RoundsSelection *selection, GPtrArray *into,
                            GError **error)
{
  const char *sql = selection->match != NULL ? SELECT MATCHES ORDER : SELECT ORDER;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  RoundsDbStep step;

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, selection->from);
  rounds_db_bind_int (statement, 2, selection->until);
  rounds_db_bind_int (statement, 3, selection->hide_over);
  if (selection->match != NULL)
    rounds_db_bind_text (statement, 4, selection->match);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      g_autoptr (RoundsAppointment) appointment = read_row (statement, error);
      RoundsEntry *entry;

      if (appointment == NULL)
        return FALSE;
      entry = rounds_entry_new_for_appointment (appointment);
      rounds_entry_set_outbox_state (entry, (int)rounds_db_get_int (statement, 23));
      g_ptr_array_add (into, entry);
    }
  return step == ROUNDS_DB_DONE;
}

gboolean
rounds_appointments_index_person (RoundsDb *db, const char *person_id, GError **error)
{
  return rounds_table_index (&INDEX_PERSON, db, person_id, error);
}

static const char *
get_id (gconstpointer record)
{
  return ((const RoundsAppointment *)record)->id;
}

static gboolean
put (RoundsDb *db, gpointer record, gboolean *changed, GError **error)
{
  const RoundsAppointment *appointment = record;
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (RoundsAppointment) kept = NULL;
  g_autoptr (GError) local_error = NULL;

  kept = rounds_appointments_get (db, appointment->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (kept != NULL && rounds_appointment_equal (kept, appointment))
    return TRUE;
  statement = rounds_db_prepare (db, INSERT, error);
  if (statement == NULL)
    return FALSE;
  bind_row (statement, appointment);
  if (!rounds_db_run (statement, error))
    return FALSE;
  *changed = TRUE;
  return rounds_table_index (&INDEX_ONE, db, appointment->id, error);
}

const RoundsTable rounds_appointment_table = {
  .list_ids = "SELECT id FROM appointment",
  .remove = "DELETE FROM appointment WHERE id = $1",
  .get_id = get_id,
  .put = put,
};
