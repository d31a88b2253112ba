/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signing in and out.
 * Sessions themselves are in rounds-sessions.h.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

RoundsResponse *rounds_handle_login (RoundsRequest *request);
RoundsResponse *rounds_handle_logout (RoundsRequest *request);

G_END_DECLS
