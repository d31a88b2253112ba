/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who asks: found by his token, with what his role may call at all, and how much he may ask.
 * What he may see is for the handlers.
 */

#include "config.h"

#include "rounds-caller.h"

#include "rounds-client-address.h"
#include "rounds-response-private.h"
#include "rounds-sessions.h"
#include "rounds-write.h"

const char *
rounds_caller_get_token (const char *authorization)
{
  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer", 6) != 0
      || authorization[6] != ' ')
    return NULL;
  const char *token = authorization + 6;
  while (*token == ' ')
    token++;
  return *token != '\0' ? token : NULL;
}

static RoundsResponse *
refuse_caller (gboolean had_token)
{
  RoundsResponse *response = rounds_response_fail (
      401, had_token ? "session_ended" : "not_signed_in",
      had_token ? "The session has ended or never was; sign in again" : "Sign in first", NULL);
  rounds_response_add_header (response, "WWW-Authenticate",
                              had_token ? "Bearer realm=\"Rounds\", error=\"invalid_token\""
                                        : "Bearer realm=\"Rounds\"");
  return response;
}

static RoundsWrite
note_session (RoundsRequest *request, gpointer token, GError **error)
{
  return rounds_session_note (request->db, token, request->now, error) ? ROUNDS_WRITE_KEEP
                                                                       : ROUNDS_WRITE_FAILED;
}

/* A full disk or a busy writer must not keep anybody from reading his day: what was to be noted is
 * missed then, and the next request tries again. */
static gboolean
may_be_missed (const GError *error)
{
  return g_error_matches (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY)
         || g_error_matches (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_FULL)
         || g_error_matches (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_READ_ONLY);
}

/* From memory where it was found since the last commit, else from the database. */
static gboolean
find_session (RoundsRequest *request, const char *token, RoundsSession *session, GError **error)
{
  RoundsRecall *recall = request->context->recall;

  if (recall != NULL && rounds_recall_session (recall, request->span, token, session))
    {
      /* Security: what was true at the last commit may have ended with the time. */
      if (rounds_session_is_over (session, request->now))
        rounds_session_clear (session);
      return TRUE;
    }
  if (!rounds_session_find (request->db, token, request->now, session, error))
    return FALSE;
  if (recall != NULL && session->user != NULL)
    rounds_recall_keep_session (recall, request->span, token, session);
  return TRUE;
}

RoundsResponse *
rounds_caller_check (RoundsRequest *request)
{
  if (request->route->flags & ROUNDS_ROUTE_PUBLIC)
    return NULL;
  g_autofree char *page_token = NULL;
  const char *token = request->bearer;
  if (token == NULL && (request->route->flags & ROUNDS_ROUTE_SOCKET) != 0)
    token = page_token = rounds_handshake_dup_token (request->handshake);
  if (token == NULL)
    return refuse_caller (FALSE);
  g_auto (RoundsSession) session = { NULL };
  g_autoptr (GError) error = NULL;
  if (!find_session (request, token, &session, &error))
    return rounds_response_from_error (error);
  if (rounds_session_is_noteworthy (&session, request->now)
      && rounds_request_write (request, note_session, (gpointer)token, &error)
             == ROUNDS_WRITE_FAILED
      && !may_be_missed (error))
    return rounds_response_from_error (error);
  if (session.user == NULL)
    return refuse_caller (TRUE);
  request->caller = g_steal_pointer (&session.user);
  request->session = g_steal_pointer (&session.id);
  return NULL;
}

gboolean
rounds_caller_recall (RoundsRequest *request)
{
  g_auto (RoundsSession) session = { NULL };

  if (request->bearer == NULL
      || !rounds_recall_session (request->context->recall, request->span, request->bearer, &session)
      || rounds_session_is_over (&session, request->now)
      || rounds_session_is_noteworthy (&session, request->now))
    return FALSE;
  request->caller = g_steal_pointer (&session.user);
  request->session = g_steal_pointer (&session.id);
  return TRUE;
}

RoundsResponse *
rounds_caller_check_role (RoundsRequest *request)
{
  if (request->caller == NULL
      || (request->route->roles & ROUNDS_ROLE_BIT (request->caller->role)) != 0)
    return NULL;
  return rounds_response_forbidden ("Your role may not do this");
}

static RoundsResponse *
refuse_many (guint seconds)
{
  g_autofree char *wait = g_strdup_printf ("%u", seconds);
  g_autofree char *message = g_strdup_printf ("Too many requests; wait %u seconds", seconds);
  RoundsResponse *response = rounds_response_fail (429, "too_many_requests", message, NULL);
  rounds_response_add_header (response, "Retry-After", wait);
  return response;
}

RoundsResponse *
rounds_caller_count (RoundsRequest *request, const RoundsIncoming *incoming)
{
  if (request->caller == NULL || incoming->counted)
    return NULL;
  guint wait = rounds_rates_take (request->context->rates, ROUNDS_RATE_ACCOUNT, request->caller->id,
                                  request->now);
  return wait > 0 ? refuse_many (wait) : NULL;
}

/* Security: whoever is signed in, or signs in, is never held up by what others do from his address:
 * a whole hospital may be behind it. So only those count who turned out to be nobody we know, and
 * what they get is little work and no news. Takes @response. */
RoundsResponse *
rounds_caller_count_stranger (RoundsRequest *request, RoundsResponse *response)
{
  gboolean proved = request->route != NULL && (request->route->flags & ROUNDS_ROUTE_FREE) != 0
                    && response->http_status / 100 != 4;
  if (request->caller != NULL || proved)
    return response;
  g_autofree char *network = rounds_client_address_dup_network (request->address);
  guint wait
      = rounds_rates_take (request->context->rates, ROUNDS_RATE_ADDRESS, network, request->now);
  if (wait == 0)
    return response;
  rounds_response_free (response);
  return refuse_many (wait);
}
