/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * POST /jitsi/events/…: what Prosody's event_sync tells of rooms and of who is in them.
 * What follows from it is rounds-call-rules.h's.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

RoundsResponse *rounds_call_event_handlers_room_created (RoundsRequest *request);
RoundsResponse *rounds_call_event_handlers_room_destroyed (RoundsRequest *request);
RoundsResponse *rounds_call_event_handlers_occupant_joined (RoundsRequest *request);
RoundsResponse *rounds_call_event_handlers_occupant_left (RoundsRequest *request);

G_END_DECLS
