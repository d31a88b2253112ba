/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who asks: found by his token, with what his role may call at all, and how much he may ask.
 * What he may see is for the handlers.
 */

#pragma once

#include "rounds-dispatch.h"

G_BEGIN_DECLS

/* Each check returns NULL when it has nothing against the request. (transfer full) */

/* The token of "Bearer TOKEN", or NULL. */
const char *rounds_caller_get_token (const char *authorization);
/* Sets the request's caller and session, unless its route is public. */
RoundsResponse *rounds_caller_check (RoundsRequest *request);
/* The same from memory alone. FALSE: not there, or something about it has to be written. */
gboolean rounds_caller_recall (RoundsRequest *request);
RoundsResponse *rounds_caller_check_role (RoundsRequest *request);
/* Counts a request of somebody who is known. */
RoundsResponse *rounds_caller_count (RoundsRequest *request, const RoundsIncoming *incoming);
/* Counts an answer to somebody who is not; takes @response, and returns what he gets. */
RoundsResponse *rounds_caller_count_stranger (RoundsRequest *request, RoundsResponse *response);

G_END_DECLS
