/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * POST …/:id/join: a fresh personal link to one call.
 * Who may have one is decided in rounds-links.c and by who sees the record.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* POST /api/appointments/:id/join */
RoundsResponse *rounds_join_handlers_appointment (RoundsRequest *request);
/* POST /api/meetings/:id/join */
RoundsResponse *rounds_join_handlers_meeting (RoundsRequest *request);

G_END_DECLS
