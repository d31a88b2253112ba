/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose account it is: what the server says, what the cache remembers, what a token claims.
 * Signing in and keeping tokens is elsewhere. All of these await.
 */

#pragma once

#include "rounds-api.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* Asks the server whose the session of @api is; one that knows only the guide cannot say, and shows
 * by that person's appointments that it takes the token. (transfer full) */
RoundsUser *rounds_account_user_ask_fiber (RoundsApi *api, GError **error);
/* From the cache itself, so that the day shows without a connection; else from the server.
 * (transfer full) */
RoundsUser *rounds_account_user_find_fiber (RoundsApi *api, RoundsStore *store, GError **error);
/* Keeps @user in the cache until the first sync brings the whole directory. */
gboolean rounds_account_user_keep_fiber (RoundsStore *store, RoundsUser *user, GError **error);

G_END_DECLS
