/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments into the database: key, override, slot and record in one transaction.
 * It judges nothing; what may be stored was decided before.
 */

#include "config.h"

#include "rounds-appointment-storing.h"

#include "rounds-appointment-repository.h"
#include "rounds-audit-request.h"
#include "rounds-idempotency.h"
#include "rounds-slot-repository.h"
#include "rounds-write.h"

#include <stdlib.h>

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
  rounds_audit_set_detail (request, "override", reason);
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

/* What is to be stored, and what came of it. */
typedef struct
{
  const RoundsAppointment *appointment;
  const char *reason; /* for an overlap, or NULL */
  WriteFunc write;
  gboolean claims; /* the request's Idempotency-Key stands for it */
  RoundsTimeRange *clash;
  RoundsStoring result;
} Job;

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* Who books for the same people at once waits here, rather than in the middle of the constraints,
 * where each would hold what the other one waits for. Always in the same order. */
static gboolean
lock_people (RoundsDb *db, const RoundsAppointment *appointment, GError **error)
{
  const char *ids[2] = { appointment->doctor_id, appointment->patient_id };

  qsort (ids, G_N_ELEMENTS (ids), sizeof *ids, compare_texts);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strconcat ("slots of ", ids[i], NULL);

      if (ids[i] != NULL && !rounds_db_lock (db, name, error))
        return FALSE;
    }
  return TRUE;
}

static RoundsWrite
run_job (RoundsRequest *request, gpointer data, GError **error)
{
  Job *self = data;
  gboolean claimed = TRUE;

  self->result = ROUNDS_STORING_FAILED;
  if (self->claims && !rounds_idempotency_claim (request, self->appointment->id, &claimed, error))
    return ROUNDS_WRITE_FAILED;
  if (!claimed)
    self->result = ROUNDS_STORING_REPEATED;
  else if (lock_people (rounds_request_get_db (request), self->appointment, error))
    self->result
        = store (request, self->appointment, self->reason, self->write, self->clash, error);

  if (self->result == ROUNDS_STORING_FAILED)
    return ROUNDS_WRITE_FAILED;
  return self->result == ROUNDS_STORING_DONE ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

static RoundsStoring
run (RoundsRequest *request, Job *job, GError **error)
{
  return rounds_request_write (request, run_job, job, error) == ROUNDS_WRITE_FAILED
             ? ROUNDS_STORING_FAILED
             : job->result;
}

RoundsStoring
rounds_appointment_storing_insert (RoundsRequest *request, const RoundsAppointment *appointment,
                                   const char *reason, RoundsTimeRange *clash, GError **error)
{
  g_return_val_if_fail (request != NULL && appointment != NULL, ROUNDS_STORING_FAILED);
  g_return_val_if_fail (clash != NULL, ROUNDS_STORING_FAILED);

  Job job = { .appointment = appointment, .reason = reason, .clash = clash };
  job.write = write_new;
  job.claims = TRUE;
  return run (request, &job, error);
}

RoundsStoring
rounds_appointment_storing_update (RoundsRequest *request, const RoundsAppointment *appointment,
                                   const char *reason, RoundsTimeRange *clash, GError **error)
{
  g_return_val_if_fail (request != NULL && appointment != NULL, ROUNDS_STORING_FAILED);
  g_return_val_if_fail (clash != NULL, ROUNDS_STORING_FAILED);

  Job job = { .appointment = appointment, .reason = reason, .clash = clash };
  job.write = write_over;
  return run (request, &job, error);
}
