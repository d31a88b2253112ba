/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signing in and out, and changing the password.
 * Sessions themselves are in rounds-sessions.h.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

RoundsResponse *rounds_handle_login (RoundsRequest *request);
RoundsResponse *rounds_handle_logout (RoundsRequest *request);
/* PATCH /api/users/me */
RoundsResponse *rounds_handle_change_me (RoundsRequest *request);

G_END_DECLS
