/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments into the database: key, override, slot and record in one transaction.
 * It judges nothing; what may be stored was decided before.
 */

#include "config.h"

#include "rounds-appointment-storing.h"

#include "rounds-appointment-repository.h"
#include "rounds-idempotency.h"
#include "rounds-slot-repository.h"

/* Writes the row, new or over the old one. */
typedef RoundsStoring (*WriteFunc) (RoundsRequest *request, const RoundsAppointment *appointment,
                                    GError **error);

static RoundsStoring
write_new (RoundsRequest *request, const RoundsAppointment *appointment, GError **error)
{
  return rounds_appointment_repository_insert (rounds_request_get_db (request), appointment,
                                               rounds_request_get_caller (request), error)
             ? ROUNDS_STORING_DONE
             : ROUNDS_STORING_FAILED;
}

static RoundsStoring
write_over (RoundsRequest *request, const RoundsAppointment *appointment, GError **error)
{
  gboolean stored = FALSE;

  if (!rounds_appointment_repository_update (rounds_request_get_db (request), appointment, &stored,
                                             error))
    return ROUNDS_STORING_FAILED;
  return stored ? ROUNDS_STORING_DONE : ROUNDS_STORING_MOVED_ON;
}

/* In a savepoint, so that the transaction goes on when the database refuses the slot. */
static RoundsStoring
try_write (RoundsRequest *request, const RoundsAppointment *appointment, WriteFunc write,
           GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (GError) reason = NULL;
  RoundsStoring result;

  if (!rounds_db_savepoint (db, error))
    return ROUNDS_STORING_FAILED;

  result = write (request, appointment, &reason);
  if (result != ROUNDS_STORING_FAILED)
    return rounds_db_release (db, error) ? result : ROUNDS_STORING_FAILED;
  if (!rounds_slot_repository_is_taken (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return ROUNDS_STORING_FAILED;
    }
  return rounds_db_undo (db, error) ? ROUNDS_STORING_SLOT_TAKEN : ROUNDS_STORING_FAILED;
}

static RoundsStoring
write_overlapping (RoundsRequest *request, const RoundsAppointment *appointment, const char *reason,
                   WriteFunc write, GError **error)
{
  if (!rounds_slot_repository_insert_override (rounds_request_get_db (request), appointment,
                                               rounds_request_get_caller (request)->id, reason,
                                               error))
    return ROUNDS_STORING_FAILED;
  return try_write (request, appointment, write, error);
}

/* What is in the way, as the same transaction sees it. */
static RoundsStoring
find_clash (RoundsRequest *request, const RoundsAppointment *appointment, RoundsTimeRange *clash,
            GError **error)
{
  RoundsTimeRange wanted = rounds_appointment_get_range (appointment);
  g_autoptr (GArray) busy
      = rounds_slot_repository_list_busy (rounds_request_get_db (request), appointment->doctor_id,
                                          appointment->patient_id, appointment->id, wanted, error);

  if (busy == NULL)
    return ROUNDS_STORING_FAILED;
  *clash = busy->len > 0 ? g_array_index (busy, RoundsTimeRange, 0) : wanted;
  return ROUNDS_STORING_SLOT_TAKEN;
}

static RoundsStoring
store (RoundsRequest *request, const RoundsAppointment *appointment, const char *reason,
       WriteFunc write, RoundsTimeRange *clash, GError **error)
{
  RoundsStoring result = try_write (request, appointment, write, error);

  if (result == ROUNDS_STORING_SLOT_TAKEN && reason != NULL)
    result = write_overlapping (request, appointment, reason, write, error);
  if (result == ROUNDS_STORING_SLOT_TAKEN)
    result = find_clash (request, appointment, clash, error);
  return result;
}

static RoundsStoring
finish (RoundsRequest *request, RoundsStoring result, GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);

  if (result == ROUNDS_STORING_DONE)
    return rounds_db_commit (db, error) ? result : ROUNDS_STORING_FAILED;
  rounds_db_rollback (db);
  return result;
}

RoundsStoring
rounds_appointment_storing_insert (RoundsRequest *request, const RoundsAppointment *appointment,
                                   const char *reason, RoundsTimeRange *clash, GError **error)
{
  RoundsStoring result = ROUNDS_STORING_FAILED;
  gboolean claimed = FALSE;

  g_return_val_if_fail (request != NULL && appointment != NULL, ROUNDS_STORING_FAILED);
  g_return_val_if_fail (clash != NULL, ROUNDS_STORING_FAILED);

  if (!rounds_db_begin (rounds_request_get_db (request), error))
    return ROUNDS_STORING_FAILED;

  if (rounds_idempotency_claim (request, appointment->id, &claimed, error))
    result = claimed ? store (request, appointment, reason, write_new, clash, error)
                     : ROUNDS_STORING_REPEATED;
  return finish (request, result, error);
}

RoundsStoring
rounds_appointment_storing_update (RoundsRequest *request, const RoundsAppointment *appointment,
                                   const char *reason, RoundsTimeRange *clash, GError **error)
{
  g_return_val_if_fail (request != NULL && appointment != NULL, ROUNDS_STORING_FAILED);
  g_return_val_if_fail (clash != NULL, ROUNDS_STORING_FAILED);

  if (!rounds_db_begin (rounds_request_get_db (request), error))
    return ROUNDS_STORING_FAILED;

  return finish (request, store (request, appointment, reason, write_over, clash, error), error);
}
