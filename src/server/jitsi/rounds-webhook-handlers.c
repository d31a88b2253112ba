/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * POST /jitsi/webhooks: what JaaS tells of rooms and of who is in them.
 * What an event leaves behind is rounds-webhook-store.c's.
 */

#include "config.h"

#include "rounds-webhook-handlers.h"

#include "rounds-metrics.h"
#include "rounds-request-private.h"
#include "rounds-webhook-signature.h"
#include "rounds-webhook-store.h"
#include "rounds-write.h"

typedef struct
{
  const RoundsWebhook *event;
  RoundsWebhookOutcome outcome;
} Work;

static RoundsWrite
write_event (RoundsRequest *request, gpointer data, GError **error)
{
  Work *work = data;

  if (!rounds_webhook_store (rounds_request_get_db (request), work->event,
                             rounds_request_get_now (request), &work->outcome, error))
    return ROUNDS_WRITE_FAILED;
  return work->outcome == ROUNDS_WEBHOOK_TAKEN ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

static void
count (RoundsRequest *request, RoundsWebhookOutcome outcome)
{
  if (request->context->metrics != NULL)
    rounds_metrics_note_webhook (request->context->metrics, outcome);
}

static RoundsResponse *
refuse (RoundsRequest *request, RoundsSignature found)
{
  const char *message = "X-Jaas-Signature is missing, or is none";

  if (found == ROUNDS_SIGNATURE_FORGED)
    message = "X-Jaas-Signature does not belong to this body and JITSI_WEBHOOK_SECRET";
  else if (found == ROUNDS_SIGNATURE_STALE)
    message = "X-Jaas-Signature is of another time: is the clock right?";
  RoundsResponse *response = rounds_response_fail (401, "bad_signature", message, NULL);
  rounds_response_add_header (response, "WWW-Authenticate", "X-Jaas-Signature realm=\"Jitsi\"");
  return response;
}

/* NULL when JaaS may speak, and speaks of us. */
static RoundsResponse *
check_sender (RoundsRequest *request, RoundsProblems *problems)
{
  const RoundsServerConfig *config = rounds_request_get_config (request);
  const char *const *secrets = (const char *const *)config->jitsi_webhook_secrets;
  const char *app_id = config->jitsi->app_id;

  if (secrets == NULL)
    return rounds_response_fail (404, "not_found", "There is nothing at this address", NULL);
  RoundsSignature found = rounds_webhook_signature_check (request->signature, request->raw_body,
                                                          request->raw_body_length, secrets,
                                                          rounds_request_get_now (request));
  if (found != ROUNDS_SIGNATURE_GOOD)
    return refuse (request, found);
  /* Security: a secret that serves two applications would let one speak for the other. */
  if (app_id == NULL || !rounds_webhook_is_of (rounds_request_get_body (request), app_id))
    rounds_problems_add (problems, "appId", "Is another one than JITSI_APP_ID");
  return rounds_response_any_problems (422, problems);
}

/* JaaS tries again what is not answered with a 2xx, so that is what it gets for all that will never
 * be of use: events that nobody here needs, rooms of others. */
static RoundsResponse *
answer (RoundsRequest *request, RoundsWebhookOutcome outcome)
{
  JsonObject *data = json_object_new ();

  count (request, outcome);
  json_object_set_boolean_member (
      data, "known", outcome == ROUNDS_WEBHOOK_TAKEN || outcome == ROUNDS_WEBHOOK_NOTHING_NEW);
  return rounds_response_success (200, data);
}

RoundsResponse *
rounds_webhook_handlers_take (RoundsRequest *request)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (GError) error = NULL;

  RoundsResponse *refusal = check_sender (request, problems);
  if (refusal != NULL)
    {
      count (request, ROUNDS_WEBHOOK_REFUSED);
      return refusal;
    }
  g_autoptr (RoundsWebhook) event = rounds_webhook_read (
      rounds_request_get_body (request), rounds_request_get_now (request), problems);
  if (event == NULL)
    {
      count (request, ROUNDS_WEBHOOK_REFUSED);
      return rounds_response_problems (400, problems);
    }
  if (event->type == ROUNDS_WEBHOOK_OTHER)
    return answer (request, ROUNDS_WEBHOOK_IGNORED);
  Work work = { .event = event };
  if (rounds_request_write (request, write_event, &work, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  return answer (request, work.outcome);
}
