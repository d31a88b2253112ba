/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose time is taken when, and who let two appointments overlap.
 * That no slot is given away twice is the triggers' business, in sql/003-slots-and-keys.sql.
 */

#include "config.h"

#include "rounds-slot-repository.h"

/* The triggers' own condition. No appointment is longer than a day, so the index by start leads to
 * all that reach into the range. */
#define BUSY_WHERE                                                                                 \
  " AND starts_at > $3 AND starts_at < $5 AND ends_at > $4"                                        \
  " AND status NOT IN ('cancelled', 'no-show') AND id <> $6"

static const char busy_sql[]
    = "SELECT starts_at, ends_at FROM appointments WHERE doctor_id = $1" BUSY_WHERE
      " UNION SELECT starts_at, ends_at FROM appointments WHERE patient_id = $2" BUSY_WHERE
      " ORDER BY 1, 2";
static const char override_sql[]
    = "INSERT INTO appointment_overrides (appointment_id, version, user_id, reason, created_at)"
      " VALUES ($1, $2, $3, $4, $5)";

GArray *
rounds_slot_repository_list_busy (RoundsDb *db, const char *doctor_id, const char *patient_id,
                                  const char *except_id, RoundsTimeRange range, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));
  RoundsDbStep step;

  g_return_val_if_fail (db != NULL, NULL);

  statement = rounds_db_prepare (db, busy_sql, error);
  if (statement == NULL)
    return NULL;

  rounds_db_bind_text (statement, 1, doctor_id);
  rounds_db_bind_text (statement, 2, patient_id);
  rounds_db_bind_time (statement, 3, range.start - ROUNDS_DAY);
  rounds_db_bind_time (statement, 4, range.start);
  rounds_db_bind_time (statement, 5, range.end);
  rounds_db_bind_text (statement, 6, except_id != NULL ? except_id : "");
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsTimeRange taken
          = { rounds_db_get_time (statement, 0), rounds_db_get_time (statement, 1) };

      g_array_append_val (busy, taken);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&busy) : NULL;
}

gboolean
rounds_slot_repository_insert_override (RoundsDb *db, const RoundsAppointment *appointment,
                                        const char *user_id, const char *reason, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (appointment != NULL && user_id != NULL && reason != NULL, FALSE);

  statement = rounds_db_prepare (db, override_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, appointment->id);
  rounds_db_bind_int (statement, 2, appointment->version);
  rounds_db_bind_text (statement, 3, user_id);
  rounds_db_bind_text (statement, 4, reason);
  rounds_db_bind_time (statement, 5, appointment->updated_at);
  return rounds_db_run (statement, error);
}

gboolean
rounds_slot_repository_is_taken (const GError *error)
{
  const char *constraint = rounds_db_error_get_constraint (error);

  return g_error_matches (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT) && constraint != NULL
         && g_str_has_prefix (constraint, "slot_taken");
}
