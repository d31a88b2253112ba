/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The OpenAPI 3.1 document of the whole API, made from the route table.
 * What a route takes and answers stands once, in openapi-parts.json.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

/* The document for @routes. A route that openapi-parts.json says nothing of is left out, which a
 * test finds. (transfer full) */
JsonObject *rounds_openapi_make (const RoundsRoute *routes, gsize n_routes);
/* "/api/meetings/:id" → "/api/meetings/{id}". (transfer full) */
char *rounds_openapi_make_path (const char *pattern);

/* GET /api/openapi.json */
RoundsResponse *rounds_openapi_handlers_show (RoundsRequest *request);

G_END_DECLS
