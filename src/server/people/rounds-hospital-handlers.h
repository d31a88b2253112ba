/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/hospitals: listed, shown, founded, changed.
 * What is free in their opening hours is rounds-availability-handlers.h's.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* GET /api/hospitals */
RoundsResponse *rounds_hospital_handlers_list (RoundsRequest *request);
/* GET /api/hospitals/:id */
RoundsResponse *rounds_hospital_handlers_show (RoundsRequest *request);
/* POST /api/hospitals */
RoundsResponse *rounds_hospital_handlers_create (RoundsRequest *request);
/* PATCH /api/hospitals/:id */
RoundsResponse *rounds_hospital_handlers_edit (RoundsRequest *request);

G_END_DECLS
