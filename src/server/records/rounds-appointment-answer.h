/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The appointment that a request is about, and the answers that hold one.
 * What a call does with it is its handler's.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* The document as the caller gets it, own link included, as @member of what is being written or
 * NULL in a list. FALSE with @error, and nothing written. */
gboolean
rounds_appointment_answer_put (RoundsRequest *request, RoundsJsonWriter *writer, const char *member,
                               const RoundsAppointment *appointment, GError **error);
/* `data.appointment` and its ETag. */
RoundsResponse *rounds_appointment_answer (RoundsRequest *request, guint http_status,
                                           const RoundsAppointment *appointment);
/* The appointment @id, or NULL with @refusal set (transfer full): a 404 for one that is not there
 * or not the caller's to see. (transfer full) */
RoundsAppointment *
rounds_appointment_answer_find (RoundsRequest *request, const char *id, RoundsResponse **refusal);
/* The same for the route's ":id" in a call that changes it: a 412 too, when it is not the one that
 * If-Match asks for. */
RoundsAppointment *
rounds_appointment_answer_find_to_change (RoundsRequest *request, RoundsResponse **refusal);

G_END_DECLS
