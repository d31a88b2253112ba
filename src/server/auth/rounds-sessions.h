/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sign-ins in the database: made, found by their bearer token, renewed, listed, ended.
 * It checks no password; see rounds-login-handlers.c.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-session-tokens.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* All of these block, and belong on the thread that owns @db. Moments are µs UTC. */

typedef struct
{
  const char *user_id;
  const char *address; /* where it was made from */
  const char *user_agent; /* or NULL */
  gint64 now;
  gint64 access_expires_at;
  gint64 refresh_expires_at; /* ROUNDS_TIME_NONE: it ends with its access token */
} RoundsSessionRequest;

/* Makes a session and clears away those that have expired. Needs an open transaction. The tokens
 * are readable in @tokens (cleared by the caller) and kept nowhere. */
gboolean rounds_session_create (RoundsDb *db, const RoundsSessionRequest *request,
                                RoundsSessionTokens *tokens, GError **error);

/* A sign-in as its access token leads to it. */
typedef struct
{
  RoundsUser *user; /* NULL: it is nobody's. Shared */
  char *id; /* NULL with it */
  gint64 expires_at; /* the access token */
  gint64 last_used_at; /* as it is noted */
  gboolean offered; /* nobody has come with this token yet */
} RoundsSession;

void rounds_session_clear (RoundsSession *self);
/* Fills @copy, which its caller clears. */
void rounds_session_copy (const RoundsSession *self, RoundsSession *copy);
/* The token has expired, whatever was found for it before. */
gboolean rounds_session_is_over (const RoundsSession *self, gint64 now);
/* rounds_session_note() has something to write. */
gboolean rounds_session_is_noteworthy (const RoundsSession *self, gint64 now);

/* Whose the access token is. TRUE with @session empty when it is nobody's: forged, ended, expired
 * at
 * @now, or of an account that was switched off. */
gboolean rounds_session_find (RoundsDb *db, const char *token, gint64 now, RoundsSession *session,
                              GError **error);
/* Notes that @token was used: that its pair arrived, and when the session was. Needs an open
 * transaction. */
gboolean rounds_session_note (RoundsDb *db, const char *token, gint64 now, GError **error);

typedef enum
{
  ROUNDS_REFRESH_DONE,
  ROUNDS_REFRESH_UNKNOWN, /* forged, expired, of a session that ended or a person switched off */
  ROUNDS_REFRESH_REUSED, /* somebody has a copy: the session is ended now */
} RoundsRefreshVerdict;

typedef struct
{
  const char *token;
  gint64 now;
  gint64 access_expires_at;
  gint64 refresh_expires_at;
} RoundsRefreshRequest;

/* A new pair of tokens for the one that @request's refresh token belongs to. @user (transfer full)
 * and @tokens are set when the verdict is DONE, @user also when it is REUSED. Needs an open
 * transaction, and keeps out others who refresh until its end. */
gboolean rounds_session_refresh (RoundsDb *db, const RoundsRefreshRequest *request,
                                 RoundsRefreshVerdict *verdict, RoundsUser **user,
                                 RoundsSessionTokens *tokens, GError **error);

/* One sign-in as its owner may see it. */
typedef struct
{
  char *id;
  gint64 created_at;
  gint64 last_used_at; /* to within ten minutes */
  gint64 expires_at;
  char *address;
  char *user_agent; /* or NULL */
} RoundsSessionInfo;

void rounds_session_info_free (RoundsSessionInfo *self);
/* Those of @user_id that are running at @now, the last used first.
 * (transfer full) (element-type RoundsSessionInfo) */
GPtrArray *rounds_session_list_of (RoundsDb *db, const char *user_id, gint64 now, GError **error);

gboolean rounds_session_end (RoundsDb *db, const char *session_id, GError **error);
/* One of @user_id's; @found FALSE when it is no session of his. */
gboolean rounds_session_end_of (RoundsDb *db, const char *session_id, const char *user_id,
                                gboolean *found, GError **error);
/* Everywhere at once, when the password is set by somebody else. */
gboolean rounds_session_end_all_of (RoundsDb *db, const char *user_id, GError **error);
/* Everywhere but here. @n_ended (out, optional). */
gboolean rounds_session_end_others (RoundsDb *db, const char *user_id, const char *session_id,
                                    int *n_ended, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsSession, rounds_session_clear)

G_END_DECLS
