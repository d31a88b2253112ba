/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The pairs of tokens of a session. Only a hash of each token is stored.
 * What a reused token means is decided in rounds-session-refresh.c.
 */

#include "config.h"

#include "rounds-session-tokens.h"

#include "rounds-id.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define TOKEN_CHARS 43

/* In the order of RoundsTokenState. */
static const char *const states[] = { "offered", "current", "spent", "rejected" };

void
rounds_session_tokens_clear (RoundsSessionTokens *self)
{
  g_clear_pointer (&self->access, g_free);
  g_clear_pointer (&self->refresh, g_free);
}

void
rounds_token_pair_clear (RoundsTokenPair *self)
{
  g_clear_pointer (&self->session_id, g_free);
  g_clear_pointer (&self->user_id, g_free);
}

/* Security: a fast hash is right here. Nobody guesses 256 random bits, and equal time does not
 * matter, since what the index compares is the hash. */
static void
hash_token (guint8 hash[static ROUNDS_TOKEN_HASH_BYTES], const char *token)
{
  crypto_generichash (hash, ROUNDS_TOKEN_HASH_BYTES, (const guint8 *)token, strlen (token), NULL,
                      0);
}

static gboolean
looks_like_token (const char *token)
{
  return strlen (token) == TOKEN_CHARS
         && strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
                == TOKEN_CHARS;
}

gboolean
rounds_session_token_hash (const char *token, guint8 hash[static ROUNDS_TOKEN_HASH_BYTES])
{
  g_return_val_if_fail (token != NULL, FALSE);

  if (!looks_like_token (token))
    return FALSE;
  hash_token (hash, token);
  return TRUE;
}

static char *
make_token (void)
{
  guint8 random[TOKEN_BYTES];
  char token[TOKEN_CHARS + 1];

  rounds_random_bytes (random, sizeof random);
  sodium_bin2base64 (token, sizeof token, random, sizeof random,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup (token);
}

static void
bind_token (RoundsDbStatement *statement, int position, const char *token)
{
  guint8 hash[ROUNDS_TOKEN_HASH_BYTES];

  if (token == NULL)
    {
      rounds_db_bind_null (statement, position);
      return;
    }
  hash_token (hash, token);
  rounds_db_bind_bytes (statement, position, hash, sizeof hash);
}

gboolean
rounds_session_tokens_create (RoundsDb *db, const RoundsTokenPair *pair, gint64 now,
                              RoundsSessionTokens *tokens, GError **error)
{
  g_return_val_if_fail (db != NULL && pair != NULL && pair->session_id != NULL, FALSE);
  g_return_val_if_fail (tokens != NULL && tokens->access == NULL, FALSE);

  g_autofree char *access = make_token ();
  g_autofree char *refresh = pair->refresh_expires_at != ROUNDS_TIME_NONE ? make_token () : NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "INSERT INTO session_tokens (access_hash, refresh_hash, session_id, state, created_at, "
      "access_expires_at, refresh_expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      error);
  if (statement == NULL)
    return FALSE;
  bind_token (statement, 1, access);
  bind_token (statement, 2, refresh);
  rounds_db_bind_text (statement, 3, pair->session_id);
  rounds_db_bind_text (statement, 4, states[pair->state]);
  rounds_db_bind_time (statement, 5, now);
  rounds_db_bind_time (statement, 6, pair->access_expires_at);
  rounds_db_bind_time (statement, 7, pair->refresh_expires_at);
  if (!rounds_db_run (statement, error))
    return FALSE;
  tokens->access = g_steal_pointer (&access);
  tokens->refresh = g_steal_pointer (&refresh);
  return TRUE;
}

static RoundsTokenState
read_state (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i], text))
        return (RoundsTokenState)i;
    }
  /* The table's own check lets no other word in. */
  g_assert_not_reached ();
}

static gboolean
find_pair (RoundsDb *db, const char *sql, const char *token, RoundsTokenPair *pair, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  if (!looks_like_token (token))
    return TRUE;
  statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_token (statement, 1, token);
  RoundsDbStep step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    {
      pair->session_id = g_strdup (rounds_db_get_text (statement, 0));
      pair->state = read_state (rounds_db_get_text (statement, 1));
      pair->access_expires_at = rounds_db_get_time (statement, 2);
      pair->refresh_expires_at = rounds_db_get_time (statement, 3);
      pair->user_id = g_strdup (rounds_db_get_text (statement, 4));
      pair->last_used_at = rounds_db_get_time (statement, 5);
    }
  return step != ROUNDS_DB_FAILED;
}

#define FIND                                                                                       \
  "SELECT t.session_id, t.state, t.access_expires_at, t.refresh_expires_at, s.user_id,"            \
  " s.last_used_at FROM session_tokens t JOIN sessions s ON s.id = t.session_id WHERE "

gboolean
rounds_session_tokens_find_by_access (RoundsDb *db, const char *token, RoundsTokenPair *pair,
                                      GError **error)
{
  g_return_val_if_fail (db != NULL && token != NULL, FALSE);
  g_return_val_if_fail (pair != NULL && pair->session_id == NULL, FALSE);

  return find_pair (db, FIND "t.access_hash = $1", token, pair, error);
}

gboolean
rounds_session_tokens_find_by_refresh (RoundsDb *db, const char *token, RoundsTokenPair *pair,
                                       GError **error)
{
  g_return_val_if_fail (db != NULL && token != NULL, FALSE);
  g_return_val_if_fail (pair != NULL && pair->session_id == NULL, FALSE);

  return find_pair (db, FIND "t.refresh_hash = $1", token, pair, error);
}

/* $1 is the session, $2 the token's hash in both steps. */
static gboolean
run_step (RoundsDb *db, const char *sql, const char *session_id, const char *token, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, session_id);
  if (token != NULL)
    bind_token (statement, 2, token);
  return rounds_db_run (statement, error);
}

/* Two steps, since there must not be two current ones in between. */
static const char retire_sql[] = "UPDATE session_tokens SET state = CASE state WHEN 'current' THEN "
                                 "'spent' ELSE 'rejected' END "
                                 "WHERE session_id = $1 AND state IN ('current', 'offered')";

gboolean
rounds_session_tokens_confirm_access (RoundsDb *db, const char *session_id, const char *token,
                                      GError **error)
{
  g_return_val_if_fail (db != NULL && session_id != NULL && token != NULL, FALSE);

  return run_step (db, retire_sql, session_id, NULL, error)
         && run_step (db,
                      "UPDATE session_tokens SET state = 'current' "
                      "WHERE session_id = $1 AND access_hash = $2",
                      session_id, token, error);
}

gboolean
rounds_session_tokens_confirm_refresh (RoundsDb *db, const char *session_id, const char *token,
                                       GError **error)
{
  g_return_val_if_fail (db != NULL && session_id != NULL && token != NULL, FALSE);

  return run_step (db, retire_sql, session_id, NULL, error)
         && run_step (db,
                      "UPDATE session_tokens SET state = 'current' "
                      "WHERE session_id = $1 AND refresh_hash = $2",
                      session_id, token, error);
}

gboolean
rounds_session_tokens_prune (RoundsDb *db, const char *session_id, int most, gint64 now,
                             GError **error)
{
  g_return_val_if_fail (db != NULL && session_id != NULL && most > 0, FALSE);

  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "DELETE FROM session_tokens WHERE session_id = $1 AND ("
      "(access_expires_at <= $2 AND COALESCE (refresh_expires_at, 0) <= $2) "
      "OR access_hash IN (SELECT access_hash FROM session_tokens WHERE session_id = $1 "
      "AND state = 'offered' ORDER BY created_at DESC, access_hash LIMIT 1000 OFFSET $3))",
      error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, session_id);
  rounds_db_bind_time (statement, 2, now);
  rounds_db_bind_int (statement, 3, most);
  return rounds_db_run (statement, error);
}
