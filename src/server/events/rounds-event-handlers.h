/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api/events: lets a client in to the WebSocket that tells when there is something new.
 * What is told there is the hub's; docs/changes.md has the messages.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

/* GET /api/events?since= */
RoundsResponse *rounds_event_handlers_open (RoundsRequest *request);

G_END_DECLS
