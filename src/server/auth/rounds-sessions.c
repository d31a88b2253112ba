/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sign-ins in the database: who is signed in where.
 * Their tokens are in rounds-session-tokens.c, their renewal in rounds-session-refresh.c.
 */

#include "config.h"

#include "rounds-sessions.h"

#include "rounds-id.h"
#include "rounds-user-repository.h"

/* When a session was last used is noted this often, not with every request: a write waits for the
 * disk, a read does not. */
#define USED_STEP (10 * ROUNDS_MINUTE)

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

static gboolean
insert_session (RoundsDb *db, const char *id, const RoundsSessionRequest *request, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "INSERT INTO sessions (id, user_id, created_at, expires_at, last_used_at, address, "
      "user_agent) VALUES ($1, $2, $3, $4, $3, $5, $6)",
      error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, id);
  rounds_db_bind_text (statement, 2, request->user_id);
  rounds_db_bind_time (statement, 3, request->now);
  rounds_db_bind_time (statement, 4,
                       request->refresh_expires_at != ROUNDS_TIME_NONE
                           ? request->refresh_expires_at
                           : request->access_expires_at);
  rounds_db_bind_text (statement, 5, request->address);
  rounds_db_bind_text (statement, 6, request->user_agent);
  return rounds_db_run (statement, error);
}

gboolean
rounds_session_create (RoundsDb *db, const RoundsSessionRequest *request,
                       RoundsSessionTokens *tokens, GError **error)
{
  g_return_val_if_fail (db != NULL && request != NULL && tokens != NULL, FALSE);

  g_autofree char *id = rounds_id_new ();
  RoundsTokenPair first = {
    .session_id = id,
    .state = ROUNDS_TOKEN_CURRENT,
    .access_expires_at = request->access_expires_at,
    .refresh_expires_at = request->refresh_expires_at,
  };

  return remove_expired (db, request->now, error) && insert_session (db, id, request, error)
         && rounds_session_tokens_create (db, &first, request->now, tokens, error);
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

gboolean
rounds_session_note (RoundsDb *db, const char *token, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && token != NULL, FALSE);

  g_auto (RoundsTokenPair) pair = { NULL };

  if (!rounds_session_tokens_find_by_access (db, token, &pair, error))
    return FALSE;
  /* It ended while this write waited for its turn. */
  if (pair.session_id == NULL)
    return TRUE;
  /* The first use of a new pair: now it is known to have arrived. */
  if (pair.state == ROUNDS_TOKEN_OFFERED
      && !rounds_session_tokens_confirm_access (db, pair.session_id, token, error))
    return FALSE;
  return note_use (db, pair.session_id, now, error);
}

void
rounds_session_clear (RoundsSession *self)
{
  g_clear_pointer (&self->user, rounds_user_unref);
  g_clear_pointer (&self->id, g_free);
}

void
rounds_session_copy (const RoundsSession *self, RoundsSession *copy)
{
  g_return_if_fail (self != NULL && self->user != NULL && copy != NULL);

  *copy = *self;
  copy->user = rounds_user_ref (self->user);
  copy->id = g_strdup (self->id);
}

gboolean
rounds_session_is_over (const RoundsSession *self, gint64 now)
{
  return self->expires_at <= now;
}

gboolean
rounds_session_is_noteworthy (const RoundsSession *self, gint64 now)
{
  return self->user != NULL && (self->offered || ABS (now - self->last_used_at) >= USED_STEP);
}

gboolean
rounds_session_find (RoundsDb *db, const char *token, gint64 now, RoundsSession *session,
                     GError **error)
{
  g_return_val_if_fail (db != NULL && token != NULL, FALSE);
  g_return_val_if_fail (session != NULL && session->user == NULL, FALSE);

  g_auto (RoundsTokenPair) pair = { NULL };

  if (!rounds_session_tokens_find_by_access (db, token, &pair, error))
    return FALSE;
  /* Security: a spent pair's access token lives to its end, for requests that are on their way; a
   * rejected one's does not, since somebody else was faster with his. */
  if (pair.session_id == NULL || pair.access_expires_at <= now
      || pair.state == ROUNDS_TOKEN_REJECTED)
    return TRUE;
  if (!rounds_user_repository_find (db, pair.user_id, &session->user, error))
    return FALSE;
  if (session->user == NULL)
    return TRUE;
  session->id = g_steal_pointer (&pair.session_id);
  session->expires_at = pair.access_expires_at;
  session->last_used_at = pair.last_used_at;
  session->offered = pair.state == ROUNDS_TOKEN_OFFERED;
  return TRUE;
}

void
rounds_session_info_free (RoundsSessionInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->address);
  g_free (self->user_agent);
  g_free (self);
}

GPtrArray *
rounds_session_list_of (RoundsDb *db, const char *user_id, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && user_id != NULL, NULL);

  RoundsDbStep step;
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_session_info_free);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "SELECT id, created_at, last_used_at, expires_at, address, user_agent FROM sessions "
      "WHERE user_id = $1 AND expires_at > $2 ORDER BY last_used_at DESC, id",
      error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_text (statement, 1, user_id);
  rounds_db_bind_time (statement, 2, now);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsSessionInfo *info = g_new0 (RoundsSessionInfo, 1);
      info->id = g_strdup (rounds_db_get_text (statement, 0));
      info->created_at = rounds_db_get_time (statement, 1);
      info->last_used_at = rounds_db_get_time (statement, 2);
      info->expires_at = rounds_db_get_time (statement, 3);
      info->address = g_strdup (rounds_db_get_text (statement, 4));
      info->user_agent = g_strdup (rounds_db_get_text (statement, 5));
      g_ptr_array_add (list, info);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&list) : NULL;
}

/* @other: $2, or NULL where there is none. */
static gboolean
delete_where (RoundsDb *db, const char *sql, const char *id, const char *other, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, id);
  if (other != NULL)
    rounds_db_bind_text (statement, 2, other);
  return rounds_db_run (statement, error);
}

gboolean
rounds_session_end (RoundsDb *db, const char *session_id, GError **error)
{
  g_return_val_if_fail (db != NULL && session_id != NULL, FALSE);

  return delete_where (db, "DELETE FROM sessions WHERE id = $1", session_id, NULL, error);
}

gboolean
rounds_session_end_of (RoundsDb *db, const char *session_id, const char *user_id, gboolean *found,
                       GError **error)
{
  g_return_val_if_fail (db != NULL && session_id != NULL && user_id != NULL, FALSE);
  g_return_val_if_fail (found != NULL, FALSE);

  if (!delete_where (db, "DELETE FROM sessions WHERE id = $1 AND user_id = $2", session_id, user_id,
                     error))
    return FALSE;
  *found = rounds_db_get_changes (db) > 0;
  return TRUE;
}

gboolean
rounds_session_end_all_of (RoundsDb *db, const char *user_id, GError **error)
{
  g_return_val_if_fail (db != NULL && user_id != NULL, FALSE);

  return delete_where (db, "DELETE FROM sessions WHERE user_id = $1", user_id, NULL, error);
}

gboolean
rounds_session_end_others (RoundsDb *db, const char *user_id, const char *session_id, int *n_ended,
                           GError **error)
{
  g_return_val_if_fail (db != NULL && user_id != NULL && session_id != NULL, FALSE);

  if (!delete_where (db, "DELETE FROM sessions WHERE user_id = $1 AND id <> $2", user_id,
                     session_id, error))
    return FALSE;
  if (n_ended != NULL)
    *n_ended = rounds_db_get_changes (db);
  return TRUE;
}
