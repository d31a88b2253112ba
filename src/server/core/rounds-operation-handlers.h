/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the server tells those who run it: GET /readyz and GET /metrics.
 * Nothing about people or records is told here.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

/* Whether it can do its work: read, write, on this program's schema, with space left. 200 or 503.
 */
RoundsResponse *rounds_operation_handlers_ready (RoundsRequest *request);
/* For programs of this machine, and for who has ROUNDS_METRICS_TOKEN; nothing to others. */
RoundsResponse *rounds_operation_handlers_metrics (RoundsRequest *request);

G_END_DECLS
