/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sign-ins in the database: made, found by their bearer token, ended.
 * It checks no password; see rounds-login-handlers.c.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* All of these block, and belong on the thread that owns @db. Moments are µs UTC. */

typedef struct
{
  const char *user_id;
  const char *address; /* where it was made from */
  const char *user_agent; /* or NULL */
  gint64 now;
  gint64 expires_at;
} RoundsSessionRequest;

/* Makes a session and clears away those that have expired. Needs an open transaction. Returns the
 * bearer token: 256 random bits as 43 characters that mean nothing and are kept nowhere; NULL with
 * @error set. (transfer full) */
char *rounds_session_create (RoundsDb *db, const RoundsSessionRequest *request, GError **error);

/* Whose @token is. TRUE with @user set to NULL when it is nobody's: forged, ended, expired at @now,
 * or of an account that was switched off. */
gboolean rounds_session_find (RoundsDb *db, const char *token, gint64 now, RoundsUser **user,
                              char **session_id, GError **error);

gboolean rounds_session_end (RoundsDb *db, const char *session_id, GError **error);
/* Everywhere at once, when the password changes. */
gboolean rounds_session_end_all_of (RoundsDb *db, const char *user_id, GError **error);

G_END_DECLS
