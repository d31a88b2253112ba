/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The people of a new meeting in words: how many of which role, and what meeting that makes.
 * The rule itself is rounds_role_context_work_out() in model.
 */

#pragma once

#include "rounds-role.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* "3 people: 2 doctors, 1 administrator"; NULL for nobody. (transfer full) */
char *rounds_meeting_people_count (const RoundsRole *roles, gsize n_roles);

/* What meeting @creator makes with people of these roles, or why none, in a sentence. @fits (out):
 * whether it can be created. (transfer full) */
char *rounds_meeting_people_explain (RoundsRole creator, const RoundsRole *roles, gsize n_roles,
                                     gboolean *fits);

G_END_DECLS
