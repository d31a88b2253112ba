/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The summary over HTTP, as JSON or CSV.
 * How it is counted is rounds-report.h's.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* GET /api/reports/summary?from=&to=&groupBy=&hospital=&format= */
RoundsResponse *rounds_report_handlers_summary (RoundsRequest *request);

G_END_DECLS
