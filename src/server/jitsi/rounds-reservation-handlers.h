/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * /jitsi/reservations/conference: Jitsi asks before it opens a room, and we say whether there is a
 * call now, for how long and for how many.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

/* Answers are those of Jitsi's reservation API, without JSend's envelope. */
RoundsResponse *rounds_reservation_handlers_create (RoundsRequest *request);
RoundsResponse *rounds_reservation_handlers_show (RoundsRequest *request);
RoundsResponse *rounds_reservation_handlers_end (RoundsRequest *request);

G_END_DECLS
