/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From the body of POST /api/appointments to an appointment that may be stored.
 * It writes nothing; the handler stores what comes out.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-db.h"

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* NULL with @refusal set (transfer full): 400 for a body that is no appointment, 403 for one that
 * the caller may not make, 422 for one that cannot be. (transfer full) */
RoundsAppointment *
rounds_appointment_booking_make (RoundsRequest *request, RoundsResponse **refusal);

/* Adds a problem when @doctor_id (or NULL: nobody) is no doctor of @hospital_id. */
gboolean rounds_appointment_booking_check_doctor (RoundsDb *db, const char *doctor_id,
                                                  const char *hospital_id, RoundsProblems *problems,
                                                  GError **error);

G_END_DECLS
