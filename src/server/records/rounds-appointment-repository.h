/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments in the server's database.
 * It decides nothing about who sees them and never holds a link: a link is minted per answer.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-db.h"
#include "rounds-user.h"

#include "rounds-page.h"

G_BEGIN_DECLS

/* TRUE with @appointment set to NULL when there is no such appointment. */
gboolean rounds_appointment_repository_find (RoundsDb *db, const char *id,
                                             RoundsAppointment **appointment, GError **error);
/* What concerns @owner, by start: a patient's or a doctor's own, a hospital's for its staff, all of
 * them for an admin. One query; the records of @page, and one more where there is a next page.
 * (transfer full) (element-type RoundsAppointment) */
GPtrArray *rounds_appointment_repository_list_page (RoundsDb *db, const RoundsUser *owner,
                                                    const RoundsPage *page, GError **error);
/* @creator is who asked for it; api.md's document does not name him, the table does. */
gboolean rounds_appointment_repository_insert (RoundsDb *db, const RoundsAppointment *appointment,
                                               const RoundsUser *creator, GError **error);
/* Stores all that an edit may change of @appointment (not its people's hospital, its patient's
 * account or its state) where its stored version is still @appointment->version − 1. TRUE with
 * @stored FALSE when it has moved on. */
gboolean rounds_appointment_repository_update (RoundsDb *db, const RoundsAppointment *appointment,
                                               gboolean *stored, GError **error);
/* Stores status and notes of @appointment, and what happened when, where its stored version is
 * still
 * @appointment->version − 1. TRUE with @stored FALSE when it has moved on. */
gboolean
rounds_appointment_repository_update_status (RoundsDb *db, const RoundsAppointment *appointment,
                                             gboolean *stored, GError **error);

G_END_DECLS
