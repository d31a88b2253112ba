/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api/availability: when a doctor can be booked.
 * Opening hours are in rounds-free-slots.c; nothing is reserved by asking.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* GET /api/availability?doctor=&from=&to=&durationMinutes= */
RoundsResponse *rounds_availability_handlers_list (RoundsRequest *request);

G_END_DECLS
