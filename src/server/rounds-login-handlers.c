/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signing in and out: POST /api/auth/login and /api/auth/logout.
 * Refresh tokens and the list of sessions come with the backend's own issue.
 */

#include "config.h"

#include "rounds-login-handlers.h"

#include "rounds-json.h"
#include "rounds-passwords.h"
#include "rounds-request-private.h"
#include "rounds-sessions.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"

#include <string.h>

#define MAX_EMAIL 254

static RoundsResponse *
refuse_many_tries (guint seconds)
{
  g_autofree char *wait = g_strdup_printf ("%u", seconds);
  g_autofree char *message = g_strdup_printf ("Too many tries to sign in; wait %u minutes",
                                              MAX ((seconds + 59) / 60, 1));
  RoundsResponse *response = rounds_response_fail (429, "too_many_tries", message, NULL);
  rounds_response_add_header (response, "Retry-After", wait);
  return response;
}

static RoundsResponse *
refuse_password (void)
{
  /* Security: the same words whether the account, the password or the right to use it is missing.
   */
  RoundsResponse *response
      = rounds_response_fail (401, "wrong_password", "E-mail address or password is wrong", NULL);
  rounds_response_add_header (response, "WWW-Authenticate", "Bearer realm=\"Rounds\"");
  return response;
}

static gboolean
is_active (RoundsDb *db, const char *user_id, gboolean *active, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT active FROM users WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, user_id);
  RoundsDbStep step = rounds_db_step (statement, error);
  *active = step == ROUNDS_DB_ROW && rounds_db_get_int (statement, 0) == 1;
  return step != ROUNDS_DB_FAILED;
}

/* TRUE with @user set when e-mail address and password belong together, NULL when not. @new_hash is
 * set when the stored hash is weaker than today's. */
static gboolean
check_password (RoundsDb *db, const char *email, const char *password, RoundsUser **user,
                char **new_hash, GError **error)
{
  g_autoptr (RoundsUser) found = NULL;
  g_autofree char *hash = NULL;
  gboolean active = FALSE;
  gboolean outdated = FALSE;

  if (!rounds_user_repository_find_by_email (db, email, &found, &hash, error))
    return FALSE;
  if (found != NULL && !is_active (db, found->id, &active, error))
    return FALSE;
  gboolean right = rounds_password_verify (hash, password, &outdated);
  if (!right || !active)
    return TRUE;
  if (outdated)
    {
      *new_hash = rounds_password_hash (password, error);
      if (*new_hash == NULL)
        return FALSE;
    }
  *user = g_steal_pointer (&found);
  return TRUE;
}

/* The session and, where one is due, the fresh hash, in one transaction. */
static char *
store_session (RoundsRequest *request, const RoundsUser *user, const char *new_hash, gint64 ttl,
               GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  gint64 now = rounds_request_get_now (request);
  RoundsSessionRequest wanted = {
    .user_id = user->id,
    .address = rounds_request_get_address (request),
    .user_agent = rounds_request_get_user_agent (request),
    .now = now,
    .expires_at = now + ttl * ROUNDS_SECOND,
  };

  if (!rounds_db_begin (db, error))
    return NULL;
  g_autofree char *token = rounds_session_create (db, &wanted, error);
  if (token == NULL
      || (new_hash != NULL
          && !rounds_user_repository_set_password (db, user->id, new_hash, now, error)))
    {
      rounds_db_rollback (db);
      return NULL;
    }
  return rounds_db_commit (db, error) ? g_steal_pointer (&token) : NULL;
}

static RoundsResponse *
sign_in (RoundsRequest *request, const char *email, const char *password)
{
  g_autoptr (RoundsUser) user = NULL;
  g_autofree char *new_hash = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ttl = rounds_request_get_config (request)->access_token_ttl;

  if (!check_password (rounds_request_get_db (request), email, password, &user, &new_hash, &error))
    return rounds_response_from_error (error);
  if (user == NULL)
    return refuse_password ();
  g_autofree char *token = store_session (request, user, new_hash, ttl, &error);
  if (token == NULL)
    return rounds_response_from_error (error);

  rounds_limits_succeeded (rounds_request_get_context (request)->limits, email,
                           rounds_request_get_address (request), rounds_request_get_now (request));
  JsonObject *data = json_object_new ();
  json_object_set_string_member (data, "accessToken", token);
  json_object_set_int_member (data, "expiresIn", ttl);
  json_object_set_object_member (data, "user", rounds_wire_user_to_json (user));
  return rounds_response_success (200, data);
}

RoundsResponse *
rounds_handle_login (RoundsRequest *request)
{
  const char *email = NULL;
  const char *password = NULL;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };

  rounds_json_read_text (&reader, "email", TRUE, MAX_EMAIL, &email);
  if (rounds_json_read_string (&reader, "password", TRUE, &password)
      && strlen (password) > ROUNDS_PASSWORD_MAX_BYTES)
    rounds_problems_add (problems, "password", "May have %d bytes at most",
                         ROUNDS_PASSWORD_MAX_BYTES);
  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);

  g_autofree char *trimmed = g_strstrip (g_strdup (email));
  guint wait
      = rounds_limits_try (rounds_request_get_context (request)->limits, trimmed,
                           rounds_request_get_address (request), rounds_request_get_now (request));
  if (wait > 0)
    return refuse_many_tries (wait);
  return sign_in (request, trimmed, password);
}

RoundsResponse *
rounds_handle_logout (RoundsRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (!rounds_session_end (rounds_request_get_db (request), rounds_request_get_session (request),
                           &error))
    return rounds_response_from_error (error);
  return rounds_response_success (200, NULL);
}
