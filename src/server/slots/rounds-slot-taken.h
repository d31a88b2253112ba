/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answer to a slot that is taken, and the permission to take it all the same.
 * Whether it is taken only the database says.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* The `reason` of the body's `override`, borrowed, or NULL when there is none. @refusal (transfer
 * full) is set for one without a reason (400) and for somebody who may not override (403). */
const char *rounds_slot_taken_read_override (RoundsRequest *request, const char *hospital_id,
                                             RoundsResponse **refusal);

/* 409 `slot_taken`: when the other appointment is, and when the next free slots are. */
RoundsResponse *rounds_slot_taken_refuse (RoundsRequest *request, const RoundsAppointment *wanted,
                                          RoundsTimeRange clash);

/* {startsAt, endsAt} (transfer full) */
JsonObject *rounds_slot_to_json (RoundsTimeRange slot);

G_END_DECLS
