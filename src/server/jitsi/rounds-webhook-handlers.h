/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * POST /jitsi/webhooks: what JaaS tells of rooms and of who is in them.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

RoundsResponse *rounds_webhook_handlers_take (RoundsRequest *request);

G_END_DECLS
