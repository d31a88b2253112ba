/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How a call is for its people, told by their clients.
 * What becomes of it is in rounds-report-handlers.h.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* POST /api/{appointments,meetings}/:id/quality */
RoundsResponse *rounds_quality_handlers_add (RoundsRequest *request);

G_END_DECLS
