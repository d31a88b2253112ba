/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Guests of a call: an interpreter, a relative, anybody without an account.
 * People with an account have POST …/:id/join.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* POST /api/{appointments,meetings}/:id/guests */
RoundsResponse *rounds_guest_handlers_create (RoundsRequest *request);

G_END_DECLS
