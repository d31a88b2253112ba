/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sessions over HTTP: renewed, listed, ended.
 * What a reused refresh token means is decided in rounds-session-refresh.c.
 */

#include "config.h"

#include "rounds-session-handlers.h"

#include "rounds-audit-request.h"
#include "rounds-id.h"
#include "rounds-json.h"
#include "rounds-sessions.h"
#include "rounds-wire.h"
#include "rounds-write.h"

#include <string.h>

#define SHORT_ACCESS_TTL (15 * 60)
#define REFRESH_TTL (30 * 86400)
#define MAX_TOKEN 100

gint64
rounds_session_access_ttl (const RoundsServerConfig *config)
{
  return MIN (SHORT_ACCESS_TTL, config->access_token_ttl);
}

gint64
rounds_session_refresh_ttl (void)
{
  return REFRESH_TTL;
}

JsonObject *
rounds_session_write_tokens (const RoundsSessionTokens *tokens, gint64 expires_in,
                             const RoundsUser *user)
{
  g_return_val_if_fail (tokens != NULL && tokens->access != NULL && user != NULL, NULL);

  JsonObject *data = json_object_new ();
  json_object_set_string_member (data, "accessToken", tokens->access);
  json_object_set_int_member (data, "expiresIn", expires_in);
  if (tokens->refresh != NULL)
    json_object_set_string_member (data, "refreshToken", tokens->refresh);
  json_object_set_object_member (data, "user", rounds_wire_user_to_json (user));
  return data;
}

/* Security: the same words for what never was, is over, or was ended for being used twice. */
static RoundsResponse *
refuse_refresh (void)
{
  RoundsResponse *response = rounds_response_fail (
      401, "session_ended", "The session has ended or never was; sign in again", NULL);
  rounds_response_add_header (response, "WWW-Authenticate", "Bearer realm=\"Rounds\"");
  return response;
}

typedef struct
{
  RoundsRefreshRequest wanted;
  RoundsRefreshVerdict verdict;
  RoundsSessionTokens tokens;
  RoundsUser *user;
} Renewal;

static void
clear_renewal (Renewal *self)
{
  rounds_session_tokens_clear (&self->tokens);
  g_clear_pointer (&self->user, rounds_user_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Renewal, clear_renewal)

static RoundsWrite
write_renewal (RoundsRequest *request, gpointer data, GError **error)
{
  Renewal *self = data;

  clear_renewal (self);
  if (!rounds_session_refresh (rounds_request_get_db (request), &self->wanted, &self->verdict,
                               &self->user, &self->tokens, error))
    return ROUNDS_WRITE_FAILED;
  if (self->user != NULL)
    rounds_audit_set_subject (request, self->user->id, rounds_role_to_string (self->user->role));
  if (self->verdict == ROUNDS_REFRESH_REUSED)
    {
      rounds_audit_set_result (request, 401);
      rounds_audit_set_detail (request, "ended", "its refresh token was used a second time");
    }
  /* Nobody's token changed nothing. */
  return self->verdict == ROUNDS_REFRESH_UNKNOWN ? ROUNDS_WRITE_UNDO : ROUNDS_WRITE_KEEP;
}

static RoundsResponse *
renew (RoundsRequest *request, const char *token)
{
  gint64 now = rounds_request_get_now (request);
  gint64 access_ttl = rounds_session_access_ttl (rounds_request_get_config (request));
  g_auto (Renewal) renewal = {
    .wanted = {
      .token = token,
      .now = now,
      .access_expires_at = now + access_ttl * ROUNDS_SECOND,
      .refresh_expires_at = now + REFRESH_TTL * ROUNDS_SECOND,
    },
    .verdict = ROUNDS_REFRESH_UNKNOWN,
  };
  g_autoptr (GError) error = NULL;

  if (rounds_request_write (request, write_renewal, &renewal, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  /* Security: somebody has a copy of a token; who reads the log may want to know. */
  if (renewal.verdict == ROUNDS_REFRESH_REUSED)
    g_message ("A refresh token was used a second time; its session was ended");
  if (renewal.verdict != ROUNDS_REFRESH_DONE)
    return refuse_refresh ();
  return rounds_response_success (
      200, rounds_session_write_tokens (&renewal.tokens, access_ttl, renewal.user));
}

RoundsResponse *
rounds_handle_refresh (RoundsRequest *request)
{
  const char *token = NULL;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };

  rounds_json_read_text (&reader, "refreshToken", TRUE, MAX_TOKEN, &token);
  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);
  return renew (request, token);
}

static void
write_time (JsonObject *object, const char *member, gint64 moment)
{
  g_autofree char *text = rounds_time_to_rfc3339 (moment);
  json_object_set_string_member (object, member, text);
}

static JsonObject *
write_session (const RoundsSessionInfo *info, const char *current)
{
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "_id", info->id);
  json_object_set_string_member (object, "id", info->id);
  json_object_set_boolean_member (object, "current", g_str_equal (info->id, current));
  json_object_set_string_member (object, "address", info->address);
  if (info->user_agent != NULL)
    json_object_set_string_member (object, "userAgent", info->user_agent);
  write_time (object, "createdAt", info->created_at);
  write_time (object, "lastUsedAt", info->last_used_at);
  write_time (object, "expiresAt", info->expires_at);
  return object;
}

RoundsResponse *
rounds_handle_sessions_list (RoundsRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = rounds_session_list_of (rounds_request_get_db (request),
                                                       rounds_request_get_caller (request)->id,
                                                       rounds_request_get_now (request), &error);
  if (list == NULL)
    return rounds_response_from_error (error);

  JsonArray *array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (
        array, write_session (g_ptr_array_index (list, i), rounds_request_get_session (request)));
  JsonObject *data = json_object_new ();
  json_object_set_array_member (data, "sessions", array);
  return rounds_response_success (200, data);
}

/* Undone when there was nothing to end: nobody is to read that somebody did. */
static RoundsWrite
end_one (RoundsRequest *request, gpointer data, GError **error)
{
  gboolean *found = data;

  if (!rounds_session_end_of (rounds_request_get_db (request),
                              rounds_request_get_param (request, "id"),
                              rounds_request_get_caller (request)->id, found, error))
    return ROUNDS_WRITE_FAILED;
  return *found ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

RoundsResponse *
rounds_handle_session_end (RoundsRequest *request)
{
  const char *id = rounds_request_get_param (request, "id");
  gboolean found = FALSE;
  g_autoptr (GError) error = NULL;

  if (rounds_id_is_valid (id)
      && rounds_request_write (request, end_one, &found, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  /* Security: somebody else's session is as unknown as one that never was. */
  if (!found)
    return rounds_response_not_found ("session");
  return rounds_response_success (200, NULL);
}

static RoundsWrite
end_others (RoundsRequest *request, gpointer n_ended, GError **error)
{
  return rounds_session_end_others (rounds_request_get_db (request),
                                    rounds_request_get_caller (request)->id,
                                    rounds_request_get_session (request), n_ended, error)
             ? ROUNDS_WRITE_KEEP
             : ROUNDS_WRITE_FAILED;
}

RoundsResponse *
rounds_handle_sessions_end_others (RoundsRequest *request)
{
  int n_ended = 0;
  g_autoptr (GError) error = NULL;

  if (rounds_request_write (request, end_others, &n_ended, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  JsonObject *data = json_object_new ();
  json_object_set_int_member (data, "ended", n_ended);
  return rounds_response_success (200, data);
}
