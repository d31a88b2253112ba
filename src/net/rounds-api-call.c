/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One call of the backend, from the request to the record: what all resources have in common.
 * It knows no resource; their files name the paths and the readers.
 */

#include "config.h"

#include "rounds-api-object.h"

#include <string.h>

#include "rounds-future.h"
#include "rounds-json.h"
#include "rounds-net-error.h"
#include "rounds-soup.h"
#include "rounds-wipe.h"

#define MAX_ANSWER_BYTES (32 * 1024 * 1024)
/* Below this an answer is read where it arrives: 64 KiB are about a hundred records, a millisecond.
 */
#define MAX_INLINE_BYTES (64 * 1024)

typedef struct
{
  RoundsApi *api;
  char *method;
  char *path;
  GBytes *body; /* or NULL */
  char *token; /* what was shown to the server, or NULL */
  guint session; /* whose it is */
  gboolean waits; /* the server may be silent for long */
  char *key; /* Idempotency-Key, or NULL */
  gint64 version; /* If-Match, or 0 */
  GType type;
  RoundsApiReadFunc read;
  DexPromise *promise; /* what the caller waits for; its cancellable ends the call */
} Call;

/* What a large answer's reader gets on its thread: no object of the main thread. */
typedef struct
{
  GBytes *body;
  GType type;
  RoundsApiReadFunc read;
} Decode;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->api);
  g_clear_pointer (&call->method, g_free);
  g_clear_pointer (&call->path, g_free);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_clear_pointer (&call->token, rounds_wipe_free);
  g_clear_pointer (&call->key, g_free);
  dex_clear (&call->promise);
  g_free (call);
}

static void
decode_free (gpointer data)
{
  Decode *decode = data;

  g_clear_pointer (&decode->body, g_bytes_unref);
  g_free (decode);
}

static void
add_guard (Call *call, SoupMessageHeaders *headers)
{
  g_autofree char *version = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", call->version);

  if (call->key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", call->key);
  if (call->version > 0)
    soup_message_headers_replace (headers, "If-Match", version);
}

static SoupMessage *
make_message (Call *call)
{
  g_autofree char *url = g_strconcat (call->api->address->base_url, call->path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (call->method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* Security: a redirect is an answer like any other wrong one. Followed, it could carry the token
   * or a patient's data to another server. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept", "application/json");

  if (call->token != NULL)
    {
      g_autoptr (RoundsSecretText) bearer = g_strconcat ("Bearer ", call->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  add_guard (call, headers);
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", call->body);

  return g_steal_pointer (&message);
}

static gboolean
answers_in_json (SoupMessage *message)
{
  const char *type
      = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return type != NULL
         && (g_ascii_strcasecmp (type, "application/json") == 0
             || (g_ascii_strncasecmp (type, "application/", strlen ("application/")) == 0
                 && g_str_has_suffix (type, "+json")));
}

static DexFuture *
decode_answer (GBytes *body, GType type, RoundsApiReadFunc read)
{
  g_autoptr (RoundsWireAnswer) answer = NULL;
  GError *error = NULL;
  gpointer record;

  if (g_bytes_get_size (body) > 0)
    answer
        = rounds_wire_answer_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  if (answer == NULL || !answer->success)
    return dex_future_new_for_error (rounds_net_error_new_unreadable (NULL));

  record = read (answer, body, &error);
  if (record == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (type, record);
}

static DexFuture *
decode_fiber (gpointer data)
{
  Decode *decode = data;

  return decode_answer (decode->body, decode->type, decode->read);
}

static DexFuture *
decode_on_pool (GBytes *body, GType type, RoundsApiReadFunc read)
{
  Decode *decode = g_new0 (Decode, 1);

  decode->body = g_bytes_ref (body);
  decode->type = type;
  decode->read = read;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, decode_fiber, decode,
                              decode_free);
}

/* What a complete answer comes to; a large one is still being read then. */
static DexFuture *
judge_answer (Call *call, SoupMessage *message, GBytes *body)
{
  guint status = soup_message_get_status (message);
  g_autoptr (GBytes) nothing = NULL;

  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    return dex_future_new_for_error (rounds_net_error_from_refusal (
        status, answers_in_json (message) ? body : NULL, rounds_soup_get_retry_after (message),
        call->api->address->host));

  if (status == SOUP_STATUS_NO_CONTENT)
    body = nothing = g_bytes_new_static ("{\"status\":\"success\"}", 20);
  else if (!answers_in_json (message))
    return dex_future_new_for_error (rounds_net_error_new_unreadable (NULL));

  if (g_bytes_get_size (body) > MAX_INLINE_BYTES)
    return decode_on_pool (body, call->type, call->read);
  return decode_answer (body, call->type, call->read);
}

/* Awaits the whole answer, or its deadline. */
static GBytes *
await_answer (Call *call, SoupMessage *message, GError **error)
{
  GCancellable *cancellable = dex_promise_get_cancellable (call->promise);
  g_autoptr (DexFuture) fetch = NULL;

  /* A server that sends one byte now and then never runs into the session's time-out. */
  fetch = rounds_soup_fetch (call->waits ? call->api->waiting : call->api->session, message,
                             MAX_ANSWER_BYTES, cancellable);
  if (!dex_await (
          dex_future_first (dex_ref (fetch), dex_timeout_new_msec (call->api->deadline_ms), NULL),
          error))
    {
      g_cancellable_cancel (cancellable);
      return NULL;
    }
  return dex_await_boxed (g_steal_pointer (&fetch), error);
}

/* Awaits the answer. Returns what it comes to. @is_refused: the server does not take the token. */
static DexFuture *
await_attempt (Call *call, gboolean *is_refused)
{
  g_autoptr (SoupMessage) message = make_message (call);
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  *is_refused = FALSE;
  body = await_answer (call, message, &error);
  if (body == NULL)
    return dex_future_new_for_error (
        rounds_net_error_from_transport (error, call->api->address->host));
  *is_refused
      = call->token != NULL && soup_message_get_status (message) == SOUP_STATUS_UNAUTHORIZED;
  return judge_answer (call, message, body);
}

/* Awaits. A token that the server does not take any more gets one successor. */
static DexFuture *
await_outcome (Call *call)
{
  gboolean is_refused = FALSE;
  g_autoptr (DexFuture) refusal = await_attempt (call, &is_refused);
  g_autoptr (GError) error = NULL;
  DexFuture *outcome;

  if (!is_refused)
    return g_steal_pointer (&refusal);

  if (!dex_await (rounds_api_refresh (call->api, call->token, call->session), &error))
    {
      if (!g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED))
        return dex_future_new_for_error (g_steal_pointer (&error));
      rounds_api_refuse_token (call->api, call->token);
      return g_steal_pointer (&refusal);
    }

  /* Security: what one session asked is not asked in the name of another. */
  if (call->session != call->api->n_sessions)
    return g_steal_pointer (&refusal);
  rounds_wipe_set (&call->token, call->api->token);
  outcome = await_attempt (call, &is_refused);
  if (is_refused)
    rounds_api_refuse_token (call->api, call->token);
  return outcome;
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *call = data;
  g_autoptr (DexFuture) outcome = await_outcome (call);
  GError *error = NULL;

  if (dex_await (dex_ref (outcome), &error))
    dex_promise_resolve (call->promise, dex_future_get_value (outcome, NULL));
  else
    dex_promise_reject (call->promise, error);
  return dex_future_new_true ();
}

static DexFuture *
pass_on_cb (DexFuture *future, gpointer user_data)
{
  return dex_ref (future);
}

/* Security: a request may carry a password, and most carry what patients say of themselves. */
static GBytes *
serialise (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char *text;

  json_node_take_object (node, object);
  text = rounds_json_to_text (node);
  return g_bytes_new_with_free_func (text, strlen (text), rounds_wipe_free, text);
}

static Call *
new_call (RoundsApi *self, const char *method, char *path, JsonObject *body, GType type,
          RoundsApiReadFunc read)
{
  Call *call = g_new0 (Call, 1);

  call->api = g_object_ref (self);
  call->session = self->n_sessions;
  call->method = g_strdup (method);
  call->path = path;
  call->body = body != NULL ? serialise (body) : NULL;
  call->type = type;
  call->read = read;
  return call;
}

/* Takes @call. */
static DexFuture *
start_call (Call *call)
{
  DexFuture *result;

  /* Only a future that hangs on the promise discards it when it is dropped. */
  call->promise = dex_promise_new_cancellable ();
  result = dex_future_finally (dex_ref (DEX_FUTURE (call->promise)), pass_on_cb, NULL, NULL);
  dex_future_disown (rounds_spawn (call_fiber, call, call_free));
  return result;
}

DexFuture *
rounds_api_call (RoundsApi *self, const char *method, char *path, JsonObject *body, GType type,
                 RoundsApiReadFunc read, RoundsApiCallFlags flags)
{
  Call *call;

  g_assert (ROUNDS_IS_API (self));

  call = new_call (self, method, path, body, type, read);
  if ((flags & ROUNDS_API_CALL_ANONYMOUS) == 0)
    call->token = g_strdup (self->token);
  call->waits = (flags & ROUNDS_API_CALL_WAITS) != 0;
  return start_call (call);
}

DexFuture *
rounds_api_call_guarded (RoundsApi *self, const char *method, char *path, JsonObject *body,
                         GType type, RoundsApiReadFunc read, const RoundsApiGuard *guard)
{
  Call *call;

  g_assert (ROUNDS_IS_API (self));

  call = new_call (self, method, path, body, type, read);
  call->token = g_strdup (self->token);
  if (guard != NULL)
    {
      call->key = g_strdup (guard->key);
      call->version = guard->version;
    }
  return start_call (call);
}
