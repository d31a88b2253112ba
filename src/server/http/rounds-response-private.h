/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The inside of an answer, for the listener that sends it and for tests.
 * Handlers use rounds-response.h.
 */

#pragma once

#include "rounds-response.h"

G_BEGIN_DECLS

struct _RoundsResponse
{
  guint http_status;
  char *body; /* JSON text; NULL for an answer without one (204) */
  GPtrArray *headers; /* char *: name, value, name, value … */
};

/* An answer without a body, 204 for instance. */
RoundsResponse *rounds_response_new_empty (guint http_status);
/* 503 with Retry-After, for what passes by itself. */
RoundsResponse *rounds_response_unavailable (const char *message);
guint rounds_response_get_status (const RoundsResponse *self);
/* The value of the header @name, case ignored, or NULL. */
const char *rounds_response_get_header (const RoundsResponse *self, const char *name);

G_END_DECLS
