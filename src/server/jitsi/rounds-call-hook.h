/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The door for Jitsi's own servers: a shared secret instead of a person's token.
 * What they say is checked where it is used.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* NULL when Prosody may speak, else why not: 404 where no JITSI_EVENTS_SECRET is set, 401 for
 * another one. */
RoundsResponse *rounds_call_hook_check (RoundsRequest *request);

G_END_DECLS
