/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The audit log over HTTP, for admins.
 * Checking it is `roundsd audit verify`.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* GET /api/audit?user=&record=&from=&to= */
RoundsResponse *rounds_audit_handlers_list (RoundsRequest *request);

G_END_DECLS
