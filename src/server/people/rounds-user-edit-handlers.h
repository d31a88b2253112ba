/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Calls that add people and change what is said of them.
 * Finding them is rounds-user-handlers.h's.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* POST /api/users */
RoundsResponse *rounds_user_edit_handlers_create (RoundsRequest *request);
/* PATCH /api/users/:id */
RoundsResponse *rounds_user_edit_handlers_edit (RoundsRequest *request);
/* PATCH /api/users/me */
RoundsResponse *rounds_user_edit_handlers_edit_me (RoundsRequest *request);

G_END_DECLS
