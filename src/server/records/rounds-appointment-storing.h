/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments into the database: key, override, slot and record in one transaction.
 * It judges nothing; what may be stored was decided before.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-request.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_STORING_FAILED, /* error is set */
  ROUNDS_STORING_DONE,
  ROUNDS_STORING_REPEATED, /* this Idempotency-Key has made its record already */
  ROUNDS_STORING_MOVED_ON, /* the stored version is another one */
  ROUNDS_STORING_SLOT_TAKEN,
} RoundsStoring;

/* Stores a new @appointment. @reason lets it overlap others, when it is not NULL and has to; then
 * it is kept with the caller's name. Nothing is stored unless DONE; with SLOT_TAKEN @clash is the
 * time of the first that is in the way. */
RoundsStoring
rounds_appointment_storing_insert (RoundsRequest *request, const RoundsAppointment *appointment,
                                   const char *reason, RoundsTimeRange *clash, GError **error);
/* Stores what may change of @appointment over its version − 1, likewise. */
RoundsStoring
rounds_appointment_storing_update (RoundsRequest *request, const RoundsAppointment *appointment,
                                   const char *reason, RoundsTimeRange *clash, GError **error);

G_END_DECLS
