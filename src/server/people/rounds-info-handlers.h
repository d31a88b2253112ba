/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the server says about itself to anybody: GET /api and GET /healthz.
 * Nothing about people or records is told here.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

RoundsResponse *rounds_handle_health (RoundsRequest *request);
RoundsResponse *rounds_handle_info (RoundsRequest *request);

G_END_DECLS
