/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * libsoup's callbacks as futures: the one place where both are known.
 * It reads no JSON and knows no status code of ours.
 */

#include "config.h"

#include "rounds-soup.h"

#include <glib/gi18n-lib.h>

#include "rounds-api.h"
#include "rounds-future.h"

#define CHUNK_BYTES (64 * 1024)
#define KEEP_ALIVE_SECONDS 60
/* A listing asks for four things at once; one more is left for what the person does meanwhile. */
#define MAX_CONNECTIONS 5
#define MAX_RETRY_AFTER_SECONDS 3600

typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  gsize max_bytes;
  GCancellable *cancellable;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_object (&fetch->session);
  g_clear_object (&fetch->message);
  g_clear_object (&fetch->cancellable);
  g_free (fetch);
}

static DexFuture *
reject_as_too_large (void)
{
  return dex_future_new_reject (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BAD_ANSWER, "%s",
                                _ ("The server’s answer is too large."));
}

static void
send_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (stream == NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_resolve_object (promise, g_steal_pointer (&stream));
}

/* Resolves to the GInputStream of the body once the headers are in. */
static DexFuture *
send_message (Fetch *fetch)
{
  DexPromise *promise = dex_promise_new ();

  soup_session_send_async (fetch->session, fetch->message, G_PRIORITY_DEFAULT, fetch->cancellable,
                           send_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GBytes *chunk = NULL;
  GError *error = NULL;

  chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  if (chunk == NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boxed (promise, G_TYPE_BYTES, chunk);
}

/* Resolves to the next GBytes of the body, empty at its end. */
static DexFuture *
read_chunk (Fetch *fetch, GInputStream *stream)
{
  DexPromise *promise = dex_promise_new ();

  g_input_stream_read_bytes_async (stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, fetch->cancellable,
                                   read_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) body = NULL;
  GError *error = NULL;

  stream = dex_await_object (send_message (fetch), &error);
  if (stream == NULL)
    return dex_future_new_for_error (error);

  if (soup_message_headers_get_content_length (soup_message_get_response_headers (fetch->message))
      > (goffset)fetch->max_bytes)
    return reject_as_too_large ();

  body = g_byte_array_new ();
  for (;;)
    {
      g_autoptr (GBytes) chunk = NULL;

      chunk = dex_await_boxed (read_chunk (fetch, stream), &error);
      if (chunk == NULL)
        return dex_future_new_for_error (error);
      if (g_bytes_get_size (chunk) == 0)
        return dex_future_new_take_boxed (G_TYPE_BYTES,
                                          g_byte_array_free_to_bytes (g_steal_pointer (&body)));

      /* The announced length may lie, and a compressed body grows only here. */
      if (g_bytes_get_size (chunk) > fetch->max_bytes - body->len)
        return reject_as_too_large ();
      g_byte_array_append (body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
    }
}

SoupSession *
rounds_soup_session_new (guint timeout)
{
  g_autoptr (SoupSession) session = NULL;

  session = soup_session_new_with_options ("user-agent", "Rounds/" ROUNDS_VERSION, "timeout",
                                           timeout, "idle-timeout", KEEP_ALIVE_SECONDS, "max-conns",
                                           MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS,
                                           NULL);

  /* Security: who we are is said by our bearer token alone. A server or proxy that asks for Basic,
   * NTLM or Negotiate gets nothing from the desktop's other credentials. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return g_steal_pointer (&session);
}

/* In seconds of 1970, or -1. */
static gint64
read_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : -1;
}

guint
rounds_soup_get_retry_after (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds = 0;
  gint64 until;
  gint64 now;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &seconds, NULL))
    return (guint)MIN (seconds, MAX_RETRY_AFTER_SECONDS);

  /* A moment is one of the server's clock, which also says what it is now; ours may be hours off.
   */
  until = read_date (text);
  now = read_date (soup_message_headers_get_one (headers, "Date"));
  if (now < 0)
    now = g_get_real_time () / G_USEC_PER_SEC;
  return until > now ? (guint)MIN (until - now, MAX_RETRY_AFTER_SECONDS) : 0;
}

static void
connected_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (SoupWebsocketConnection) socket = NULL;
  g_autoptr (GError) error = NULL;

  socket = soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);
  if (socket == NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_resolve_object (promise, g_steal_pointer (&socket));
}

DexFuture *
rounds_soup_connect (SoupSession *session, SoupMessage *message, GCancellable *cancellable)
{
  DexPromise *promise;

  dex_return_error_if_fail (SOUP_IS_SESSION (session));
  dex_return_error_if_fail (SOUP_IS_MESSAGE (message));
  dex_return_error_if_fail (G_IS_CANCELLABLE (cancellable));

  promise = dex_promise_new ();
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        cancellable, connected_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

DexFuture *
rounds_soup_fetch (SoupSession *session, SoupMessage *message, gsize max_bytes,
                   GCancellable *cancellable)
{
  Fetch *fetch;

  dex_return_error_if_fail (SOUP_IS_SESSION (session));
  dex_return_error_if_fail (SOUP_IS_MESSAGE (message));
  dex_return_error_if_fail (G_IS_CANCELLABLE (cancellable));

  fetch = g_new0 (Fetch, 1);
  fetch->session = g_object_ref (session);
  fetch->message = g_object_ref (message);
  fetch->max_bytes = max_bytes;
  fetch->cancellable = g_object_ref (cancellable);
  return rounds_spawn (fetch_fiber, fetch, fetch_free);
}
