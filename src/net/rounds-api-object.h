/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsApi, for the two files that make up the object.
 * Nobody else includes this, the files of the resources neither.
 */

#pragma once

#include <libsoup/soup.h>

#include "rounds-address.h"
#include "rounds-api-private.h"

G_BEGIN_DECLS

struct _RoundsApi
{
  GObject parent_instance;

  RoundsAddress *address;
  SoupSession *session;
  SoupSession *waiting; /* for answers that are long in coming; never in the way of the others */
  char *token; /* Security: in memory only, and wiped when another one comes */
  char *refresh_token; /* the same; or NULL */
  guint n_sessions; /* taken up so far; a refreshed one is the same */
  gboolean token_refused; /* the server's 401 for this token has been told */
  DexPromise *refreshing; /* while a new pair is fetched */
  RoundsApiKeepFunc keep; /* or NULL */
  gpointer keep_data;
  GDestroyNotify free_keep_data;
  guint deadline_ms;
};

/* The server answered 401 to @token: emits "unauthorized", unless that is known or @token is no
 * longer ours. */
void rounds_api_refuse_token (RoundsApi *self, const char *token);

/* rounds-api-refresh.c: the server answered 401 to @token of the session with the number @session.
 * Resolves once there is another to try; rejects with ROUNDS_NET_ERROR_UNAUTHORIZED when there can
 * be none, or with why it is not known. However many ask, the server is asked once. */
DexFuture *
rounds_api_refresh (RoundsApi *self, const char *token, guint session) G_GNUC_WARN_UNUSED_RESULT;

/* rounds-api-session.c: the call itself. Resolves to a RoundsSignIn. */
DexFuture *
rounds_api_ask_refresh (RoundsApi *self, const char *refresh_token) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
