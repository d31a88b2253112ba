/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From the body of PATCH /api/appointments/:id to the appointment as it is to be.
 * It writes nothing; the handler stores what comes out.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* @appointment with the request's changes, its version one higher. NULL with @refusal set (transfer
 * full): 400 and 422 for what cannot be, 403 for what the caller may not, 409 for a record that is
 * closed. (transfer full) */
RoundsAppointment *
rounds_appointment_edit_make (RoundsRequest *request, const RoundsAppointment *appointment,
                              RoundsResponse **refusal);

G_END_DECLS
