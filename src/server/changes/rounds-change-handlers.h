/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api/changes: what changed for the caller since a cursor.
 * How the feed is written is the schema's, who may see a record model's.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

/* GET /api/changes?since=&limit=&wait= */
RoundsResponse *rounds_change_handlers_list (RoundsRequest *request);

G_END_DECLS
