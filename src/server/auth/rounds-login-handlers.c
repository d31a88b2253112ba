/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signing in with a password, POST /api/auth/login, and the way out, POST /api/auth/logout.
 * Refresh tokens and the list of sessions are rounds-session-handlers.c's.
 */

#include "config.h"

#include "rounds-login-handlers.h"

#include "rounds-client-address.h"
#include "rounds-credentials.h"
#include "rounds-json.h"
#include "rounds-known-places.h"
#include "rounds-request-private.h"
#include "rounds-session-handlers.h"
#include "rounds-sessions.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"
#include "rounds-write.h"

#include <string.h>

#define MAX_EMAIL 254

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

typedef struct
{
  const RoundsSessionRequest *wanted;
  const char *network; /* from where, as people are counted */
  const char *program; /* dup_program() */
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
      || !rounds_known_places_note (db, self->wanted->user_id, self->network, self->program,
                                    self->wanted->now, error)
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
  const char *network; /* from where, as people are counted */
  const char *program; /* dup_program() */
  RoundsLimitsWho who;
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

  if (!rounds_credentials_check (request, login->email, login->password, &user, &new_hash, &error))
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
  NewSession session = { &wanted, login->network, login->program, new_hash, &tokens };
  if (rounds_request_write (request, write_session, &session, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);

  rounds_limits_succeeded (rounds_request_get_context (request)->limits, &login->who);
  return rounds_response_success (200, rounds_session_write_tokens (&tokens, ttl, user));
}

/* Security: who has signed in from here with this program is not held up by what others guess at
 * his account, or at others from his address. He has tries of his own. */
static RoundsResponse *
take_try (RoundsRequest *request, Login *login)
{
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;

  if (!rounds_known_places_find (rounds_request_get_db (request), login->email, login->network,
                                 login->program, rounds_request_get_now (request), &known, &error))
    return rounds_response_from_error (error);
  login->who = (RoundsLimitsWho){ login->email, login->network, NULL };
  if (known)
    login->who.place = *login->program != '\0' ? login->program : "nameless";
  guint wait = rounds_limits_try (rounds_request_get_context (request)->limits, &login->who,
                                  rounds_request_get_now (request));
  return wait > 0 ? rounds_credentials_refuse_many (wait) : NULL;
}

/* The program without its version: whoever updates it has not come to another place, or a hospital
 * that updates all of its machines at once would have nobody left who is known. */
static char *
dup_program (RoundsRequest *request)
{
  const char *user_agent = rounds_request_get_user_agent (request);
  GString *program = g_string_new (NULL);

  for (const char *p = user_agent != NULL ? user_agent : ""; *p != '\0'; p++)
    {
      if (*p != '.' && !g_ascii_isdigit (*p))
        g_string_append_c (program, *p);
    }
  return g_string_free_and_steal (program);
}

RoundsResponse *
rounds_handle_login (RoundsRequest *request)
{
  const char *email = NULL;
  Login login = { NULL };
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };

  rounds_json_read_text (&reader, "email", TRUE, MAX_EMAIL, &email);
  rounds_credentials_read_password (&reader, "password", TRUE, &login.password);
  rounds_json_read_boolean (&reader, "refresh", FALSE, &login.refresh);
  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);

  g_autofree char *trimmed = g_strstrip (g_strdup (email));
  g_autofree char *network
      = rounds_client_address_dup_network (rounds_request_get_address (request));
  g_autofree char *program = dup_program (request);
  login.email = trimmed;
  login.network = network;
  login.program = program;
  RoundsResponse *refusal = take_try (request, &login);
  if (refusal != NULL)
    return refusal;
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
