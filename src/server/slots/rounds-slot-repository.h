/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose time is taken when, and who let two appointments overlap.
 * That no slot is given away twice is the triggers' business, in sql/003-slots-and-keys.sql.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-db.h"

G_BEGIN_DECLS

/* What of the time of a doctor and of a patient (either may be NULL) is taken within @range, by
 * start; the appointment @except_id (or NULL) does not count. (transfer full)
 * (element-type RoundsTimeRange) */
GArray *
rounds_slot_repository_list_busy (RoundsDb *db, const char *doctor_id, const char *patient_id,
                                  const char *except_id, RoundsTimeRange range, GError **error);

/* Lets this version of @appointment overlap others; before its row is written, in the same
 * transaction. */
gboolean
rounds_slot_repository_insert_override (RoundsDb *db, const RoundsAppointment *appointment,
                                        const char *user_id, const char *reason, GError **error);

/* Whether a write failed because the slot is taken. */
gboolean rounds_slot_repository_is_taken (const GError *error);

G_END_DECLS
