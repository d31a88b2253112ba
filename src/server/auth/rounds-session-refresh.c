/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A refresh token for the next pair of tokens, and what it means when one comes twice.
 * HTTP is rounds-session-handlers.c's.
 *
 * Each pair can be exchanged for a new one until the new one is used: only then is it known that
 * the answer has arrived. So a client whose answer was lost asks again with what it has. Once a
 * pair was used, the one before it is spent; who still shows its refresh token has a copy, or the
 * other one has, and nobody can tell which: the session ends for both.
 */

#include "config.h"

#include "rounds-sessions.h"

#include "rounds-user-repository.h"

/* Answers that may be on their way at once. */
#define MAX_OFFERS 4

static gboolean
extend_session (RoundsDb *db, const char *session_id, gint64 now, gint64 expires_at, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db, "UPDATE sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, session_id);
  rounds_db_bind_time (statement, 2, now);
  rounds_db_bind_time (statement, 3, expires_at);
  return rounds_db_run (statement, error);
}

static gboolean
offer_next (RoundsDb *db, const RoundsRefreshRequest *request, const RoundsTokenPair *shown,
            RoundsSessionTokens *tokens, GError **error)
{
  RoundsTokenPair next = {
    .session_id = shown->session_id,
    .state = ROUNDS_TOKEN_OFFERED,
    .access_expires_at = request->access_expires_at,
    .refresh_expires_at = request->refresh_expires_at,
  };

  if (shown->state == ROUNDS_TOKEN_OFFERED
      && !rounds_session_tokens_confirm_refresh (db, shown->session_id, request->token, error))
    return FALSE;
  return rounds_session_tokens_create (db, &next, request->now, tokens, error)
         && rounds_session_tokens_prune (db, shown->session_id, MAX_OFFERS, request->now, error)
         && extend_session (db, shown->session_id, request->now, request->refresh_expires_at,
                            error);
}

/* Inside the transaction. */
static gboolean
refresh (RoundsDb *db, const RoundsRefreshRequest *request, RoundsRefreshVerdict *verdict,
         RoundsUser **user, RoundsSessionTokens *tokens, GError **error)
{
  g_auto (RoundsTokenPair) shown = { NULL };

  *verdict = ROUNDS_REFRESH_UNKNOWN;
  if (!rounds_session_tokens_find_by_refresh (db, request->token, &shown, error))
    return FALSE;
  if (shown.session_id == NULL || shown.refresh_expires_at <= request->now)
    return TRUE;
  if (shown.state == ROUNDS_TOKEN_SPENT || shown.state == ROUNDS_TOKEN_REJECTED)
    {
      *verdict = ROUNDS_REFRESH_REUSED;
      return rounds_user_repository_find (db, shown.user_id, user, error)
             && rounds_session_end (db, shown.session_id, error);
    }
  if (!rounds_user_repository_find (db, shown.user_id, user, error))
    return FALSE;
  /* The account was switched off. */
  if (*user == NULL)
    return TRUE;
  *verdict = ROUNDS_REFRESH_DONE;
  return offer_next (db, request, &shown, tokens, error);
}

gboolean
rounds_session_refresh (RoundsDb *db, const RoundsRefreshRequest *request,
                        RoundsRefreshVerdict *verdict, RoundsUser **user,
                        RoundsSessionTokens *tokens, GError **error)
{
  g_return_val_if_fail (db != NULL && request != NULL && request->token != NULL, FALSE);
  g_return_val_if_fail (verdict != NULL && user != NULL && *user == NULL, FALSE);

  /* Two that refresh at once would each see the state before the other. */
  return rounds_db_lock (db, "session-refresh", error)
         && refresh (db, request, verdict, user, tokens, error);
}
