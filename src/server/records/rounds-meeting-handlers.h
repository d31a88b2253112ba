/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/meetings.
 * Rules are in model, SQL in the repository; a handler only translates between them and HTTP.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* POST /api/meetings */
RoundsResponse *rounds_meeting_handlers_create (RoundsRequest *request);
/* GET /api/meetings/:id */
RoundsResponse *rounds_meeting_handlers_show (RoundsRequest *request);
/* GET /api/meetings/user/:userId */
RoundsResponse *rounds_meeting_handlers_list (RoundsRequest *request);
/* DELETE /api/meetings/:id: cancels, the record stays */
RoundsResponse *rounds_meeting_handlers_cancel (RoundsRequest *request);
/* PATCH /api/meetings/:id/status */
RoundsResponse *rounds_meeting_handlers_change_status (RoundsRequest *request);
/* PATCH /api/meetings/:id: time, people, title, notes */
RoundsResponse *rounds_meeting_handlers_edit (RoundsRequest *request);

G_END_DECLS
