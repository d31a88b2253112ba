/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/users: the directory, one of it, and oneself.
 * Changing people is rounds-user-edit-handlers.h's.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* GET /api/users?search=&role=&active= */
RoundsResponse *rounds_user_handlers_list (RoundsRequest *request);
/* GET /api/users/:id */
RoundsResponse *rounds_user_handlers_show (RoundsRequest *request);
/* GET /api/users/me */
RoundsResponse *rounds_user_handlers_show_me (RoundsRequest *request);

/* @user as @viewer, who finds him in the directory, may see him. (transfer full) */
RoundsUser *rounds_user_handlers_hide_details (const RoundsUser *viewer, RoundsUser *user);

/* The same as a document; one who is switched off has `active: false`. (transfer full) */
JsonObject *
rounds_user_handlers_write (const RoundsUser *viewer, RoundsUser *user, gboolean active);

G_END_DECLS
