/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answer of /api/hospitals.
 * Changing hospitals comes with the backend's own issue.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* GET /api/hospitals */
RoundsResponse *rounds_hospital_handlers_list (RoundsRequest *request);

G_END_DECLS
