/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One's own appointments and meetings as a calendar feed, at an address that only one knows.
 * What an event says is rounds-calendar-document.h's.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* POST /api/users/me/calendar */
RoundsResponse *rounds_calendar_handlers_create (RoundsRequest *request);
/* DELETE /api/users/me/calendar */
RoundsResponse *rounds_calendar_handlers_revoke (RoundsRequest *request);
/* GET /calendar/:token.ics */
RoundsResponse *rounds_calendar_handlers_show (RoundsRequest *request);

G_END_DECLS
