/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sessions over HTTP: renewed, listed, ended.
 * Beginning one with a password is rounds-login-handlers.h's.
 */

#pragma once

#include "rounds-route.h"
#include "rounds-session-tokens.h"

G_BEGIN_DECLS

/* The lifetimes, in seconds, of what a client gets that knows refresh tokens. */
gint64 rounds_session_access_ttl (const RoundsServerConfig *config);
gint64 rounds_session_refresh_ttl (void);

/* `data` of a login or a refresh. (transfer full) */
JsonObject *rounds_session_write_tokens (const RoundsSessionTokens *tokens, gint64 expires_in,
                                         const RoundsUser *user);

/* POST /api/auth/refresh */
RoundsResponse *rounds_handle_refresh (RoundsRequest *request);
/* GET /api/auth/sessions */
RoundsResponse *rounds_handle_sessions_list (RoundsRequest *request);
/* DELETE /api/auth/sessions/:id */
RoundsResponse *rounds_handle_session_end (RoundsRequest *request);
/* DELETE /api/auth/sessions */
RoundsResponse *rounds_handle_sessions_end_others (RoundsRequest *request);

G_END_DECLS
