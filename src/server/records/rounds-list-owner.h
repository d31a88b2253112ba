/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose lists a GET …/user/:userId asks for, and whether the caller may ask.
 * What stands in the list is still filtered record by record.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* The person of the route's ":userId". NULL with @refusal set (transfer full) when there is nobody
 * whom the caller may know of (404) or ask for (403). (transfer full) */
RoundsUser *rounds_list_owner_find (RoundsRequest *request, RoundsResponse **refusal);

G_END_DECLS
