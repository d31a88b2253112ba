/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bare bulk insert that the store's first sync is held against.
 * Same file, same columns, same values; none of the store's code.
 */

#include "config.h"

#include "bench-bare.h"

#include "bench-output.h"

#include "rounds-appointment.h"
#include "rounds-db.h"

static const char create_sql[]
    = "CREATE TABLE appointment (id TEXT NOT NULL PRIMARY KEY, hospital TEXT, department TEXT,"
      " type TEXT NOT NULL, wall_date TEXT, wall_time TEXT, timezone TEXT,"
      " starts_at INTEGER NOT NULL, minutes INTEGER NOT NULL, reason TEXT, patient_name TEXT,"
      " patient_email TEXT, patient_phone TEXT, patient_age INTEGER NOT NULL, patient_gender TEXT,"
      " doctor TEXT, patient TEXT, status TEXT NOT NULL, notes TEXT, room_name TEXT,"
      " version INTEGER NOT NULL, created_at INTEGER, updated_at INTEGER,"
      " arrived_at INTEGER, started_at INTEGER, ended_at INTEGER) STRICT";

static const char insert_sql[]
    = "INSERT INTO appointment VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
      " $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)";

static void
bind (RoundsDbStatement *row, const RoundsAppointment *appointment)
{
  rounds_db_bind_text (row, 1, appointment->id);
  rounds_db_bind_text (row, 2, appointment->hospital_id);
  rounds_db_bind_text (row, 3, appointment->department);
  rounds_db_bind_text (row, 4, rounds_appointment_type_to_string (appointment->type));
  rounds_db_bind_text (row, 5, appointment->date);
  rounds_db_bind_text (row, 6, appointment->time);
  rounds_db_bind_text (row, 7, appointment->timezone);
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
}

static gboolean
insert_all (RoundsDb *db, GPtrArray *appointments, GError **error)
{
  g_autoptr (RoundsDbStatement) row = NULL;

  if (!rounds_db_begin (db, error))
    return FALSE;
  row = rounds_db_prepare (db, insert_sql, error);
  for (guint i = 0; row != NULL && i < appointments->len; i++)
    {
      bind (row, appointments->pdata[i]);
      if (!rounds_db_run (row, error))
        return FALSE;
    }
  return row != NULL && rounds_db_commit (db, error);
}

double
bench_bare_insert (const char *path, const guint8 *key, GPtrArray *appointments)
{
  RoundsDbOptions options = { .path = path, .key = key };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_open (&options, &error);
  double began;

  g_assert_no_error (error);
  rounds_db_exec (db, create_sql, &error);
  g_assert_no_error (error);
  began = bench_now ();
  insert_all (db, appointments, &error);
  g_assert_no_error (error);
  return bench_now () - began;
}
