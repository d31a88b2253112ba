/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answer of a call that only shows a record, when the same caller was given it before and
 * nothing has changed. What is kept, and for how long, is RoundsRecall's.
 */

#include "config.h"

#include "rounds-recall-answer.h"

#include "rounds-request-private.h"
#include "rounds-shared-body.h"

/* Security: a change that a request has just made is in no answer of before it. Only calls that
 * change nothing recall their record. */
static gboolean
is_recalled (RoundsRequest *request)
{
  return request->meeting != NULL || request->appointment != NULL;
}

/* Security: all that an answer depends on beside the database and the time: who asks (his role and
 * his rights are in the database), and for what. */
static char *
write_key (RoundsRequest *request)
{
  return g_strconcat (request->caller->id, " ", request->route->path, " ",
                      request->match->params[0], NULL);
}

RoundsResponse *
rounds_recall_answer_find (RoundsRequest *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  if (!is_recalled (request))
    return NULL;
  g_autofree char *key = write_key (request);
  g_autoptr (RoundsSharedBody) body
      = rounds_recall_answer (request->context->recall, request->span, key, request->now);
  return body != NULL ? rounds_response_shared (body) : NULL;
}

void
rounds_recall_answer_keep (RoundsRequest *request, RoundsResponse *response, gint64 until)
{
  g_return_if_fail (request != NULL && response != NULL);

  if (!is_recalled (request) || response->http_status != 200)
    return;
  g_autofree char *key = write_key (request);
  rounds_recall_keep_answer (request->context->recall, request->span, key,
                             rounds_response_share (response), until);
}
