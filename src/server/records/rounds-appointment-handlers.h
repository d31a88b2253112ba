/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/appointments.
 * Rules are in model, SQL in the repository; a handler only translates between them and HTTP.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* POST /api/appointments */
RoundsResponse *rounds_appointment_handlers_create (RoundsRequest *request);
/* GET /api/appointments/:id */
RoundsResponse *rounds_appointment_handlers_show (RoundsRequest *request);
/* GET /api/appointments/user/:userId */
RoundsResponse *rounds_appointment_handlers_list (RoundsRequest *request);
/* PATCH /api/appointments/:id/status */
RoundsResponse *rounds_appointment_handlers_change_status (RoundsRequest *request);
/* PATCH /api/appointments/:id: time, doctor, reason, notes */
RoundsResponse *rounds_appointment_handlers_edit (RoundsRequest *request);
/* DELETE /api/appointments/:id: cancels, the record stays */
RoundsResponse *rounds_appointment_handlers_cancel (RoundsRequest *request);

G_END_DECLS
