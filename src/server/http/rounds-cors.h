/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which web pages of other origins may read our answers: none, unless the configuration lists them.
 * It is no access check; browsers ask it, everybody else needs a token all the same.
 */

#pragma once

#include "rounds-response.h"
#include "rounds-server-config.h"

G_BEGIN_DECLS

/* Whether @origin may stand in the configuration: scheme and host, nothing behind, no wildcard. */
gboolean rounds_cors_origin_is_valid (const char *origin);
/* The answer to OPTIONS from an allowed @origin for a path that allows the methods @allow; NULL for
 * anybody else. @origin and @allow may be NULL. */
RoundsResponse *
rounds_cors_preflight (const RoundsServerConfig *config, const char *origin, const char *allow);
/* Lets a page of an allowed @origin (or NULL) read @response. */
void rounds_cors_add_headers (RoundsResponse *response, const RoundsServerConfig *config,
                              const char *origin);

G_END_DECLS
