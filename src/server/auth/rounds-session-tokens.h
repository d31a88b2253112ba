/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The pairs of tokens of a session: made, stored as hashes, confirmed by their first use, renewed.
 * Who a session belongs to is in rounds-sessions.h.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* Also the only place where they are readable. Freed with rounds_session_tokens_clear(). */
typedef struct
{
  char *access; /* 256 random bits as 43 characters that mean nothing */
  char *refresh; /* the same, or NULL */
} RoundsSessionTokens;

void rounds_session_tokens_clear (RoundsSessionTokens *self);

typedef enum
{
  ROUNDS_TOKEN_OFFERED,
  ROUNDS_TOKEN_CURRENT,
  ROUNDS_TOKEN_SPENT,
  ROUNDS_TOKEN_REJECTED,
} RoundsTokenState;

/* A pair as it is stored. */
typedef struct
{
  char *session_id;
  RoundsTokenState state;
  gint64 access_expires_at; /* µs UTC */
  gint64 refresh_expires_at; /* or ROUNDS_TIME_NONE */
  /* Of the session, when it was found: */
  char *user_id;
  gint64 last_used_at;
} RoundsTokenPair;

void rounds_token_pair_clear (RoundsTokenPair *self);

/* All of these block, and belong on the thread that owns @db. */

/* Stores a new pair for @session_id, with a refresh token where @refresh_expires_at is a moment.
 * Needs an open transaction. */
gboolean rounds_session_tokens_create (RoundsDb *db, const RoundsTokenPair *pair, gint64 now,
                                       RoundsSessionTokens *tokens, GError **error);

/* Security: what stands for a token wherever one is kept; only its bearer has the token itself. */
#define ROUNDS_TOKEN_HASH_BYTES 32
/* FALSE when @token is none of ours, by its looks. */
gboolean rounds_session_token_hash (const char *token, guint8 hash[static ROUNDS_TOKEN_HASH_BYTES]);

/* The pair that @token is a half of; @pair's session_id stays NULL when there is none. */
gboolean rounds_session_tokens_find_by_access (RoundsDb *db, const char *token,
                                               RoundsTokenPair *pair, GError **error);
gboolean rounds_session_tokens_find_by_refresh (RoundsDb *db, const char *token,
                                                RoundsTokenPair *pair, GError **error);

/* An offered pair has arrived: it is current from now on. The one before it is spent, those that
 * were offered beside it are rejected. Needs an open transaction. */
gboolean rounds_session_tokens_confirm_access (RoundsDb *db, const char *session_id,
                                               const char *token, GError **error);
gboolean rounds_session_tokens_confirm_refresh (RoundsDb *db, const char *session_id,
                                                const char *token, GError **error);

/* Keeps the @most newest of those offered, so that a lost answer asked for again and again fills no
 * table; and forgets pairs that could not be used any more anyway. Needs an open transaction. */
gboolean rounds_session_tokens_prune (RoundsDb *db, const char *session_id, int most, gint64 now,
                                      GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsSessionTokens, rounds_session_tokens_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsTokenPair, rounds_token_pair_clear)

G_END_DECLS
