/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the OpenAPI document is put together from, for the files of this folder.
 * Callers get the whole document from rounds-openapi.h.
 */

#pragma once

#include "rounds-openapi.h"

G_BEGIN_DECLS

/* One operation that is being written. Borrowed. */
typedef struct
{
  const RoundsRoute *route;
  JsonObject *part; /* of openapi-parts.json */
  JsonObject *refusals; /* words for each status */
} RoundsOpenapiOperation;

/* An operation object. */
JsonObject *rounds_openapi_make_operation (const RoundsOpenapiOperation *self);

/* "User", "string" … as a schema. */
JsonObject *rounds_openapi_make_schema (const char *type);
/* The envelope of a success around @data: a type, an object of members and types, or NULL. */
JsonObject *rounds_openapi_make_envelope (JsonNode *data);
/* {TYPE: {"schema": @schema}}; takes @schema. */
void rounds_openapi_add_content (JsonObject *content, const char *type, JsonObject *schema);
void rounds_openapi_add_header (JsonObject *response, const char *name, const char *type,
                                const char *description);

G_END_DECLS
