/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sign-ins in the database. Only a hash of each bearer token is stored.
 * It checks no password; see rounds-login-handlers.c.
 */

#include "config.h"

#include "rounds-sessions.h"

#include "rounds-id.h"
#include "rounds-user-repository.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define TOKEN_CHARS 43
#define HASH_BYTES 32

/* When a session was last used is noted this often, not with every request: a write waits for the
 * disk, a read does not. */
#define USED_STEP (10 * ROUNDS_MINUTE)

/* Security: a fast hash is right here. Nobody guesses 256 random bits, and equal time does not
 * matter, since what the index compares is the hash. */
static void
hash_token (guint8 hash[static HASH_BYTES], const char *token)
{
  crypto_generichash (hash, HASH_BYTES, (const guint8 *)token, strlen (token), NULL, 0);
}

static gboolean
looks_like_token (const char *token)
{
  return strlen (token) == TOKEN_CHARS
         && strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
                == TOKEN_CHARS;
}

static gboolean
remove_expired (RoundsDb *db, gint64 now, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "DELETE FROM sessions WHERE expires_at <= $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_time (statement, 1, now);
  return rounds_db_run (statement, error);
}

char *
rounds_session_create (RoundsDb *db, const RoundsSessionRequest *request, GError **error)
{
  g_return_val_if_fail (db != NULL && request != NULL, NULL);

  guint8 random[TOKEN_BYTES];
  guint8 hash[HASH_BYTES];
  char token[TOKEN_CHARS + 1];
  g_autofree char *id = rounds_id_new ();

  if (!remove_expired (db, request->now, error))
    return NULL;
  rounds_random_bytes (random, sizeof random);
  sodium_bin2base64 (token, sizeof token, random, sizeof random,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  hash_token (hash, token);

  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "INSERT INTO sessions (token_hash, id, user_id, created_at, expires_at, last_used_at, "
      "address, user_agent) VALUES ($1, $2, $3, $4, $5, $4, $6, $7)",
      error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_bytes (statement, 1, hash, sizeof hash);
  rounds_db_bind_text (statement, 2, id);
  rounds_db_bind_text (statement, 3, request->user_id);
  rounds_db_bind_time (statement, 4, request->now);
  rounds_db_bind_time (statement, 5, request->expires_at);
  rounds_db_bind_text (statement, 6, request->address);
  rounds_db_bind_text (statement, 7, request->user_agent);
  return rounds_db_run (statement, error) ? g_strdup (token) : NULL;
}

static gboolean
note_use (RoundsDb *db, const char *session_id, gint64 now, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "UPDATE sessions SET last_used_at = $2 WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, session_id);
  rounds_db_bind_time (statement, 2, now);
  return rounds_db_run (statement, error);
}

typedef struct
{
  char *id;
  char *user_id;
  gint64 last_used_at;
} SessionRow;

static void
clear_session_row (SessionRow *row)
{
  g_free (row->id);
  g_free (row->user_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SessionRow, clear_session_row)

static gboolean
read_session (RoundsDb *db, const char *token, gint64 now, SessionRow *row, GError **error)
{
  guint8 hash[HASH_BYTES];
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "SELECT sessions.id, user_id, last_used_at FROM sessions JOIN users ON users.id = user_id "
      "WHERE token_hash = $1 AND expires_at > $2 AND active = 1",
      error);
  if (statement == NULL)
    return FALSE;
  hash_token (hash, token);
  rounds_db_bind_bytes (statement, 1, hash, sizeof hash);
  rounds_db_bind_time (statement, 2, now);
  RoundsDbStep step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    {
      row->id = g_strdup (rounds_db_get_text (statement, 0));
      row->user_id = g_strdup (rounds_db_get_text (statement, 1));
      row->last_used_at = rounds_db_get_time (statement, 2);
    }
  return step != ROUNDS_DB_FAILED;
}

gboolean
rounds_session_find (RoundsDb *db, const char *token, gint64 now, RoundsUser **user,
                     char **session_id, GError **error)
{
  g_return_val_if_fail (db != NULL && token != NULL, FALSE);
  g_return_val_if_fail (user != NULL && session_id != NULL, FALSE);

  g_auto (SessionRow) row = { NULL };
  g_autoptr (GError) unnoted = NULL;

  *user = NULL;
  *session_id = NULL;
  if (!looks_like_token (token))
    return TRUE;
  if (!read_session (db, token, now, &row, error))
    return FALSE;
  if (row.id == NULL)
    return TRUE;
  /* A full disk or a busy writer must not keep anybody from reading his day: the note is missed
   * then, and the next request tries again. */
  if (ABS (now - row.last_used_at) >= USED_STEP && !note_use (db, row.id, now, &unnoted)
      && !g_error_matches (unnoted, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY)
      && !g_error_matches (unnoted, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_FULL)
      && !g_error_matches (unnoted, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_READ_ONLY))
    {
      g_propagate_error (error, g_steal_pointer (&unnoted));
      return FALSE;
    }
  if (!rounds_user_repository_find (db, row.user_id, user, error))
    return FALSE;
  if (*user != NULL)
    *session_id = g_steal_pointer (&row.id);
  return TRUE;
}

static gboolean
delete_where (RoundsDb *db, const char *sql, const char *id, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, id);
  return rounds_db_run (statement, error);
}

gboolean
rounds_session_end (RoundsDb *db, const char *session_id, GError **error)
{
  g_return_val_if_fail (db != NULL && session_id != NULL, FALSE);

  return delete_where (db, "DELETE FROM sessions WHERE id = $1", session_id, error);
}

gboolean
rounds_session_end_all_of (RoundsDb *db, const char *user_id, GError **error)
{
  g_return_val_if_fail (db != NULL && user_id != NULL, FALSE);

  return delete_where (db, "DELETE FROM sessions WHERE user_id = $1", user_id, error);
}
