/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From where a person has signed in before: an address and a program. It lets somebody in whose
 * account others guess at; it lets nobody in without the password.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* All of these block, and belong on the thread that owns @db. @user_agent may be NULL. */

/* Whether @email's person signed in from there in the last 90 days before @now. Of an account that
 * is not there: FALSE. */
gboolean
rounds_known_places_find (RoundsDb *db, const char *email, const char *address,
                          const char *user_agent, gint64 now, gboolean *known, GError **error);
/* Notes a sign-in and forgets what is older than that. Needs an open transaction. */
gboolean rounds_known_places_note (RoundsDb *db, const char *user_id, const char *address,
                                   const char *user_agent, gint64 now, GError **error);

G_END_DECLS
