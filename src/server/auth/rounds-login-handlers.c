/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What needs a password: POST /api/auth/login, and changing it by PATCH /api/users/me. And the way
 * out, POST /api/auth/logout.
 * Refresh tokens and the list of sessions are rounds-session-handlers.c's.
 */

#include "config.h"

#include "rounds-login-handlers.h"

#include "rounds-json.h"
#include "rounds-passwords.h"
#include "rounds-request-private.h"
#include "rounds-session-handlers.h"
#include "rounds-sessions.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"
#include "rounds-write.h"

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

typedef struct
{
  const RoundsSessionRequest *wanted;
  const char *new_hash; /* where one is due, or NULL */
  RoundsSessionTokens *tokens;
} NewSession;

static RoundsWrite
write_session (RoundsRequest *request, gpointer data, GError **error)
{
  const NewSession *self = data;
  RoundsDb *db = rounds_request_get_db (request);

  rounds_session_tokens_clear (self->tokens);
  if (!rounds_session_create (db, self->wanted, self->tokens, error)
      || (self->new_hash != NULL
          && !rounds_user_repository_set_password (db, self->wanted->user_id, self->new_hash,
                                                   self->wanted->now, error)))
    return ROUNDS_WRITE_FAILED;
  return ROUNDS_WRITE_KEEP;
}

/* What a login asks for. Borrowed. */
typedef struct
{
  const char *email;
  const char *password;
  gboolean refresh; /* the client knows refresh tokens */
} Login;

static RoundsResponse *
sign_in (RoundsRequest *request, const Login *login)
{
  g_autoptr (RoundsUser) user = NULL;
  g_autofree char *new_hash = NULL;
  g_auto (RoundsSessionTokens) tokens = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 now = rounds_request_get_now (request);
  const RoundsServerConfig *config = rounds_request_get_config (request);
  gint64 ttl = login->refresh ? rounds_session_access_ttl (config) : config->access_token_ttl;

  if (!check_password (rounds_request_get_db (request), login->email, login->password, &user,
                       &new_hash, &error))
    return rounds_response_from_error (error);
  if (user == NULL)
    return refuse_password ();
  RoundsSessionRequest wanted = {
    .user_id = user->id,
    .address = rounds_request_get_address (request),
    .user_agent = rounds_request_get_user_agent (request),
    .now = now,
    .access_expires_at = now + ttl * ROUNDS_SECOND,
    .refresh_expires_at
    = login->refresh ? now + rounds_session_refresh_ttl () * ROUNDS_SECOND : ROUNDS_TIME_NONE,
  };
  NewSession session = { &wanted, new_hash, &tokens };
  if (rounds_request_write (request, write_session, &session, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);

  rounds_limits_succeeded (rounds_request_get_context (request)->limits, login->email,
                           rounds_request_get_address (request), now);
  return rounds_response_success (200, rounds_session_write_tokens (&tokens, ttl, user));
}

static void
read_password (RoundsJsonReader *reader, const char *member, const char **password)
{
  if (rounds_json_read_string (reader, member, TRUE, password)
      && strlen (*password) > ROUNDS_PASSWORD_MAX_BYTES)
    rounds_problems_add (reader->problems, member, "May have %d bytes at most",
                         ROUNDS_PASSWORD_MAX_BYTES);
}

RoundsResponse *
rounds_handle_login (RoundsRequest *request)
{
  const char *email = NULL;
  Login login = { NULL };
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };

  rounds_json_read_text (&reader, "email", TRUE, MAX_EMAIL, &email);
  read_password (&reader, "password", &login.password);
  rounds_json_read_boolean (&reader, "refresh", FALSE, &login.refresh);
  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);

  g_autofree char *trimmed = g_strstrip (g_strdup (email));
  login.email = trimmed;
  guint wait
      = rounds_limits_try (rounds_request_get_context (request)->limits, trimmed,
                           rounds_request_get_address (request), rounds_request_get_now (request));
  if (wait > 0)
    return refuse_many_tries (wait);
  return sign_in (request, &login);
}

static RoundsWrite
end_session (RoundsRequest *request, gpointer unused, GError **error)
{
  return rounds_session_end (rounds_request_get_db (request), rounds_request_get_session (request),
                             error)
             ? ROUNDS_WRITE_KEEP
             : ROUNDS_WRITE_FAILED;
}

RoundsResponse *
rounds_handle_logout (RoundsRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (rounds_request_write (request, end_session, NULL, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  return rounds_response_success (200, NULL);
}

static RoundsWrite
write_password (RoundsRequest *request, gpointer hash, GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  const char *user_id = rounds_request_get_caller (request)->id;

  /* Security: who knew the old password is signed out everywhere; who changes it stays. */
  if (!rounds_user_repository_set_password (db, user_id, hash, rounds_request_get_now (request),
                                            error)
      || !rounds_session_end_others (db, user_id, rounds_request_get_session (request), NULL,
                                     error))
    return ROUNDS_WRITE_FAILED;
  return ROUNDS_WRITE_KEEP;
}

static RoundsResponse *
change_password (RoundsRequest *request, const char *current, const char *wanted)
{
  RoundsUser *caller = rounds_request_get_caller (request);
  RoundsLimits *limits = rounds_request_get_context (request)->limits;
  const char *address = rounds_request_get_address (request);
  gint64 now = rounds_request_get_now (request);
  g_autoptr (RoundsUser) user = NULL;
  g_autofree char *outdated = NULL;
  g_autoptr (GError) error = NULL;

  /* Security: who found an open session must not guess the password here without end. */
  guint wait = rounds_limits_try (limits, caller->email, address, now);
  if (wait > 0)
    return refuse_many_tries (wait);
  if (!check_password (rounds_request_get_db (request), caller->email, current, &user, &outdated,
                       &error))
    return rounds_response_from_error (error);
  if (user == NULL)
    return rounds_response_fail (403, "wrong_password", "The current password is wrong", NULL);
  rounds_limits_succeeded (limits, caller->email, address, now);

  g_autofree char *hash = rounds_password_hash (wanted, &error);
  if (hash == NULL
      || rounds_request_write (request, write_password, hash, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  JsonObject *data = json_object_new ();
  json_object_set_object_member (data, "user", rounds_wire_user_to_json (caller));
  return rounds_response_success (200, data);
}

RoundsResponse *
rounds_handle_change_me (RoundsRequest *request)
{
  const char *current = NULL;
  const char *wanted = NULL;
  g_autoptr (GError) weak = NULL;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };

  read_password (&reader, "currentPassword", &current);
  read_password (&reader, "newPassword", &wanted);
  if (wanted != NULL && rounds_problems_get_length (problems) == 0
      && !rounds_password_check_strength (wanted, &weak))
    rounds_problems_add (problems, "newPassword", "%s", weak->message);
  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);
  return change_password (request, current, wanted);
}
