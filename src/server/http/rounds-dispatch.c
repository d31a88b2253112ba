/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From what came in to an answer: route, method, caller, role, body, handler, in this order.
 * It knows no socket; rounds-server.c brings requests and takes answers away.
 */

#include "config.h"

#include "rounds-dispatch.h"

#include "rounds-audit-request.h"
#include "rounds-caller.h"
#include "rounds-cors.h"
#include "rounds-idempotency.h"
#include "rounds-json.h"
#include "rounds-response-private.h"
#include "rounds-server-error.h"
#include "rounds-wire.h"
#include "rounds-write.h"

#include <string.h>

/* Each check returns NULL when it has nothing against the request. */

static RoundsResponse *
check_target (const RoundsIncoming *incoming)
{
  if (incoming->target_too_long)
    return rounds_response_fail (414, "address_too_long", "The address of the request is too long",
                                 NULL);
  if (incoming->path == NULL)
    return rounds_response_fail (400, "bad_address", "The address of the request cannot be read",
                                 NULL);
  return NULL;
}

/* Security: of two lengths, or two callers, a proxy in front may have gone by the other one; what
 * it took for a body would be a request here. */
static RoundsResponse *
check_head (const RoundsIncoming *incoming)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  if (incoming->repeated_header != NULL)
    rounds_problems_add (problems, incoming->repeated_header, "May be there only once");
  return rounds_response_any_problems (400, problems);
}

static RoundsResponse *
check_match (const RoundsMatch *match)
{
  if (match->verdict == ROUNDS_MATCH_UNKNOWN_PATH)
    return rounds_response_fail (404, "not_found", "There is nothing at this address", NULL);
  if (match->verdict == ROUNDS_MATCH_WRONG_METHOD)
    {
      g_autofree char *message
          = g_strdup_printf ("This address takes other methods: %s", match->allow);
      RoundsResponse *response = rounds_response_fail (405, "method_not_allowed", message, NULL);
      rounds_response_add_header (response, "Allow", match->allow);
      return response;
    }
  return NULL;
}

/* @type, "application/json" for one, whatever parameters follow; a charset has to be UTF-8. */
static gboolean
is_type (const char *content_type, const char *type)
{
  if (content_type == NULL)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (content_type, ";", 8);
  if (parts[0] == NULL || g_ascii_strcasecmp (g_strstrip (parts[0]), type) != 0)
    return FALSE;
  for (gsize i = 1; parts[i] != NULL; i++)
    {
      const char *parameter = g_strstrip (parts[i]);
      if (g_ascii_strncasecmp (parameter, "charset=", 8) == 0
          && g_ascii_strcasecmp (parameter + 8, "utf-8") != 0
          && g_ascii_strcasecmp (parameter + 8, "\"utf-8\"") != 0)
        return FALSE;
    }
  return TRUE;
}

static RoundsResponse *
check_form (RoundsRequest *request, const RoundsIncoming *incoming)
{
  if (!incoming->has_body || incoming->body_length == 0
      || memchr (incoming->body, '\0', incoming->body_length) != NULL)
    return rounds_response_fail (400, "invalid_form", "A form is expected as the body", NULL);
  if (!is_type (incoming->content_type, "application/x-www-form-urlencoded"))
    return rounds_response_fail (415, "unsupported_type",
                                 "The body has to be application/x-www-form-urlencoded", NULL);
  request->raw_form = g_strndup (incoming->body, incoming->body_length);
  return NULL;
}

static RoundsResponse *
check_body (RoundsRequest *request, const RoundsIncoming *incoming)
{
  if (incoming->body_too_large)
    {
      g_autofree char *message
          = request->route->max_body == 0
                ? g_strdup ("This call takes no body")
                : g_strdup_printf ("The body may have %" G_GSIZE_FORMAT " bytes at most",
                                   request->route->max_body);
      return rounds_response_fail (413, "too_large", message, NULL);
    }
  if ((request->route->flags & ROUNDS_ROUTE_FORM) != 0)
    return check_form (request, incoming);
  if ((request->route->flags & ROUNDS_ROUTE_BODY) == 0)
    return NULL;
  if (!incoming->has_body || incoming->body_length == 0)
    return rounds_response_fail (400, "invalid_json", "A JSON object is expected as the body",
                                 NULL);
  if (!is_type (incoming->content_type, "application/json"))
    return rounds_response_fail (415, "unsupported_type",
                                 "The body has to be application/json in UTF-8", NULL);
  g_autoptr (GError) error = NULL;
  request->body = rounds_json_parse_object (incoming->body, (gssize)incoming->body_length, &error);
  if (request->body == NULL)
    return rounds_response_fail (400, "invalid_json", error->message, NULL);
  request->raw_body = incoming->body;
  request->raw_body_length = incoming->body_length;
  return NULL;
}

static RoundsResponse *
refuse_silence (RoundsRequest *request)
{
  g_autoptr (GError) error
      = g_error_new (ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM, "%s %s gave no answer",
                     request->route->method, request->route->path);
  return rounds_response_from_error (error);
}

static RoundsResponse *
run_handler (RoundsRequest *request)
{
  request->audit.handling = TRUE;
  RoundsResponse *response = request->route->handler (request);
  request->audit.handling = FALSE;
  return response != NULL ? response : refuse_silence (request);
}

static RoundsWrite
claim_key (RoundsRequest *request, gpointer unused, GError **error)
{
  gboolean claimed = FALSE;

  /* Somebody with the same request was faster: it was his to claim. */
  return rounds_idempotency_claim (request, "", &claimed, error) ? ROUNDS_WRITE_KEEP
                                                                 : ROUNDS_WRITE_FAILED;
}

/* A POST with an Idempotency-Key. Handlers that make records claim it with the record; for all
 * others, which may run twice, it is seen to here that it stands for one request only. */
static RoundsResponse *
run_with_key (RoundsRequest *request)
{
  RoundsResponse *refusal = NULL;
  g_autofree char *made = NULL;
  g_autoptr (RoundsResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  if (!rounds_idempotency_find (request, &made, &refusal))
    return refusal;
  response = run_handler (request);
  /* What writes later claims it with what it writes. */
  if (made == NULL && !request->key_claimed && response->later == NULL
      && response->http_status < 300
      && rounds_request_write (request, claim_key, NULL, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  return g_steal_pointer (&response);
}

static gboolean
has_key (RoundsRequest *request)
{
  return request->idempotency_key != NULL && request->caller != NULL
         && g_str_equal (request->route->method, "POST");
}

static void
begin_request (RoundsRequest *request, const RoundsServerContext *context,
               const RoundsIncoming *incoming, const RoundsMatch *match, RoundsDb *db)
{
  *request = (RoundsRequest){
    .context = context,
    .route = match->route,
    .match = match,
    .path = incoming->path,
    .raw_query = incoming->raw_query,
    .if_match = incoming->if_match,
    .accept = incoming->accept,
    .signature = incoming->signature,
    .idempotency_key = incoming->idempotency_key,
    .address = incoming->address,
    .direct = incoming->direct,
    .authorization = incoming->authorization,
    .handshake = &incoming->handshake,
    .raw_user_agent = incoming->user_agent,
    .bearer = rounds_caller_get_token (incoming->authorization),
    .db = db,
    .now = rounds_clock_now (context->clock),
    .span
    = context->recall != NULL ? rounds_recall_begin (context->recall) : (RoundsRecallSpan){ 0 },
    .may_leave = incoming->may_leave,
  };
}

/* Into the audit log, where it belongs there, and what it costs one whom we do not know. Takes
 * @response. */
static RoundsResponse *
note_answer (RoundsRequest *request, RoundsResponse *response)
{
  RoundsResponse *unavailable = rounds_audit_note_answer (request, response);
  if (unavailable == NULL)
    return rounds_caller_count_stranger (request, response);
  rounds_response_free (response);
  return unavailable;
}

/* For one who is who he is, as far as that is known, unless @refusal says otherwise: how much he
 * asks, his role, the body, the handler, the audit log. Takes @refusal. */
static RoundsResponse *
answer_caller (RoundsRequest *request, const RoundsIncoming *incoming, RoundsResponse *refusal)
{
  RoundsResponse *response = refusal != NULL ? refusal : rounds_caller_count (request, incoming);

  if (response == NULL)
    response = rounds_caller_check_role (request);
  if (response == NULL)
    response = check_body (request, incoming);
  if (response == NULL)
    response = has_key (request) ? run_with_key (request) : run_handler (request);
  if (response->later != NULL)
    {
      rounds_later_take_request (response->later, request);
      return response;
    }
  return note_answer (request, response);
}

static RoundsResponse *
answer (const RoundsServerContext *context, const RoundsIncoming *incoming,
        const RoundsMatch *match, RoundsDb *db)
{
  g_auto (RoundsRequest) request = { NULL };
  RoundsResponse *response = check_target (incoming);
  begin_request (&request, context, incoming, match, db);
  if (response == NULL)
    response = check_head (incoming);
  if (response == NULL && g_str_equal (incoming->method, "OPTIONS"))
    response = rounds_cors_preflight (context->config, incoming->handshake.origin, match->allow);
  if (response == NULL)
    response = check_match (match);
  if (response != NULL)
    return rounds_caller_count_stranger (&request, response);

  response = rounds_caller_check (&request);
  return answer_caller (&request, incoming, response);
}

static void
add_common_headers (RoundsResponse *response)
{
  /* Security: an answer is for one person, and its links are credentials: no cache keeps it. */
  rounds_response_add_fixed_header (response, "Cache-Control", "no-store");
  rounds_response_add_fixed_header (response, "X-Content-Type-Options", "nosniff");
}

static RoundsResponse *
finish (const RoundsServerContext *context, const RoundsIncoming *incoming,
        RoundsResponse *response)
{
  if (response->later != NULL)
    return response;
  add_common_headers (response);
  rounds_cors_add_headers (response, context->config, incoming->handshake.origin);
  return response;
}

RoundsResponse *
rounds_dispatch (const RoundsServerContext *context, const RoundsIncoming *incoming,
                 const RoundsMatch *match, RoundsDb *db)
{
  g_return_val_if_fail (context != NULL && incoming != NULL && match != NULL, NULL);

  return finish (context, incoming, answer (context, incoming, match, db));
}

RoundsResponse *
rounds_dispatch_written (RoundsLater *later, const RoundsIncoming *incoming, RoundsDb *db)
{
  g_return_val_if_fail (later != NULL && incoming != NULL && db != NULL, NULL);

  RoundsRequest *request = &later->request;
  request->db = db;
  RoundsResponse *response = rounds_later_answer (later);
  if (response == NULL)
    response = refuse_silence (request);
  return finish (request->context, incoming, note_answer (request, response));
}

/* Nothing about it has to be written, or read from anywhere but memory. */
static gboolean
recall_all (RoundsRequest *request)
{
  RoundsRecall *recall = request->context->recall;
  const char *id = rounds_request_get_param (request, "id");

  if (!rounds_caller_recall (request))
    return FALSE;
  if (request->route->record == ROUNDS_RECORD_MEETING)
    request->meeting = rounds_recall_meeting (recall, request->span, id);
  else if (request->route->record == ROUNDS_RECORD_APPOINTMENT)
    request->appointment = rounds_recall_appointment (recall, request->span, id);
  return request->meeting != NULL || request->appointment != NULL;
}

RoundsResponse *
rounds_dispatch_recalled (const RoundsServerContext *context, const RoundsIncoming *incoming,
                          const RoundsMatch *match)
{
  g_return_val_if_fail (context != NULL && incoming != NULL && match != NULL, NULL);

  g_auto (RoundsRequest) request = { NULL };
  if (context->recall == NULL || match->route == NULL
      || (match->route->flags & ROUNDS_ROUTE_RECALL) == 0 || incoming->target_too_long
      || incoming->body_too_large || incoming->repeated_header != NULL)
    return NULL;
  begin_request (&request, context, incoming, match, NULL);
  return recall_all (&request)
             ? finish (context, incoming, answer_caller (&request, incoming, NULL))
             : NULL;
}

RoundsResponse *
rounds_dispatch_overloaded (void)
{
  RoundsResponse *response = rounds_response_unavailable ("The server is busy; try again soon");
  add_common_headers (response);
  return response;
}
