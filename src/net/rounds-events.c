/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The WebSocket on which the server says that there is something new.
 * What is new is in the change feed; when to open it again is up to sync.
 */

#include "config.h"

#include "rounds-events.h"

#include <string.h>

#include "rounds-api-object.h"
#include "rounds-future.h"
#include "rounds-json.h"
#include "rounds-net-error.h"
#include "rounds-soup.h"
#include "rounds-wipe.h"

#define DEADLINE_MS (20 * 1000)
/* A laptop that was carried out of reach notices after both. */
#define PING_SECONDS 25
#define PONG_SECONDS 10
#define MAX_MESSAGE_BYTES (64 * 1024)
/* Close codes of docs/changes.md. */
#define SESSION_ENDED 4401

struct _RoundsEvents
{
  GObject parent_instance;

  RoundsApi *api;
  SoupWebsocketConnection *socket; /* from the handshake to the end */
  DexPromise *hello; /* while it is not there yet */
  GCancellable *opening; /* from open to close or the end */
  guint deadline_ms;
};

G_DEFINE_FINAL_TYPE (RoundsEvents, rounds_events, G_TYPE_OBJECT)

enum
{
  OPENED,
  NEWS,
  ALIVE,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  RoundsEvents *events;
  GCancellable *cancellable;
  DexFuture *hello;
  char *since; /* or NULL */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->events);
  g_clear_object (&opening->cancellable);
  dex_clear (&opening->hello);
  g_free (opening->since);
  g_free (opening);
}

/* Lets go of the socket; nothing of it is heard any more. A goodbye would have to wait for the
 * server's: that the connection ends says as much. */
static void
drop_socket (RoundsEvents *self)
{
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
}

static void
rounds_events_dispose (GObject *object)
{
  RoundsEvents *self = ROUNDS_EVENTS (object);

  rounds_events_close (self);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (rounds_events_parent_class)->dispose (object);
}

static void
rounds_events_class_init (RoundsEventsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_events_dispose;

  signals[OPENED] = g_signal_new ("opened", ROUNDS_TYPE_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[NEWS] = g_signal_new ("news", ROUNDS_TYPE_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[ALIVE] = g_signal_new ("alive", ROUNDS_TYPE_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", ROUNDS_TYPE_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rounds_events_init (RoundsEvents *self)
{
  self->deadline_ms = DEADLINE_MS;
}

/* The end that we did not ask for. Takes @error. */
static void
end (RoundsEvents *self, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autoptr (RoundsEvents) kept = g_object_ref (self);

  rounds_events_close (self);
  g_signal_emit (self, signals[ENDED], 0, owned);
}

static void
take_hello (RoundsEvents *self)
{
  g_autoptr (DexPromise) hello = g_steal_pointer (&self->hello);

  if (hello == NULL)
    return;
  dex_promise_resolve_boolean (hello, TRUE);
  g_signal_emit (self, signals[OPENED], 0);
}

/* What a newer server says besides is none of our business. */
static void
message_cb (RoundsEvents *self, int type, GBytes *bytes, SoupWebsocketConnection *socket)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (JsonObject) object = NULL;
  RoundsJsonReader reader = { NULL, "", problems };
  const char *word = NULL;

  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    object = rounds_json_parse_object (g_bytes_get_data (bytes, NULL),
                                       (gssize)g_bytes_get_size (bytes), NULL);
  reader.object = object;
  if (object == NULL || !rounds_json_read_string (&reader, "type", TRUE, &word))
    end (self, rounds_net_error_new_unreadable (NULL));
  else if (strcmp (word, "hello") == 0)
    take_hello (self);
  else if (strcmp (word, "changes") == 0 && self->hello == NULL)
    g_signal_emit (self, signals[NEWS], 0);
}

static void
pong_cb (RoundsEvents *self, GBytes *bytes, SoupWebsocketConnection *socket)
{
  if (self->hello == NULL)
    g_signal_emit (self, signals[ALIVE], 0);
}

static void
closed_cb (RoundsEvents *self, SoupWebsocketConnection *socket)
{
  const char *host = self->api->address->host;

  if (soup_websocket_connection_get_close_code (socket) == SESSION_ENDED)
    end (self, rounds_net_error_from_refusal (401, NULL, 0, host));
  else
    end (self,
         rounds_net_error_from_transport (
             g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "Hung up"), host));
}

/* Takes @socket. */
static void
watch_socket (RoundsEvents *self, SoupWebsocketConnection *socket)
{
  self->socket = socket;
  soup_websocket_connection_set_max_incoming_payload_size (socket, MAX_MESSAGE_BYTES);
  soup_websocket_connection_set_keepalive_interval (socket, PING_SECONDS);
  soup_websocket_connection_set_keepalive_pong_timeout (socket, PONG_SECONDS);
  g_signal_connect_object (socket, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "pong", G_CALLBACK (pong_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

static SoupMessage *
make_message (RoundsApi *api, const char *since)
{
  g_autofree char *path = rounds_api_path ("events", NULL);
  g_autofree char *url = NULL;
  g_autoptr (RoundsSecretText) bearer = NULL;
  SoupMessage *message;

  if (since != NULL)
    path = rounds_api_add_query (g_steal_pointer (&path), "since", since);
  url = g_strconcat (api->address->base_url, path, NULL);
  message = soup_message_new ("GET", url);
  /* Security: as with every call, a redirect could carry the token to another server. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (api->token != NULL)
    {
      bearer = g_strconcat ("Bearer ", api->token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    bearer);
    }
  return message;
}

/* What an attempt to connect came to: takes @error. */
static GError *
judge_failure (RoundsApi *api, SoupMessage *message, GError *error)
{
  g_autoptr (GError) owned = error;
  guint status = soup_message_get_status (message);

  if (status >= 300)
    return rounds_net_error_from_refusal (status, NULL, rounds_soup_get_retry_after (message),
                                          api->address->host);
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    return rounds_net_error_new_unreadable (NULL);
  return rounds_net_error_from_transport (g_steal_pointer (&owned), api->address->host);
}

/* Awaits @future (taken) or the deadline. */
static gboolean
await_in_time (Opening *opening, DexFuture *future, GError **error)
{
  return dex_await (dex_future_first (future, dex_timeout_new_msec (opening->events->deadline_ms),
                                      dex_cancellable_new_from_cancellable (opening->cancellable),
                                      NULL),
                    error);
}

/* Awaits. */
static gboolean
await_socket (Opening *opening, GError **error)
{
  RoundsEvents *self = opening->events;
  g_autoptr (SoupMessage) message = make_message (self->api, opening->since);
  g_autoptr (DexFuture) connected
      = rounds_soup_connect (self->api->waiting, message, opening->cancellable);
  GError *local_error = NULL;

  if (!await_in_time (opening, dex_ref (connected), &local_error))
    {
      g_propagate_error (error, judge_failure (self->api, message, local_error));
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (opening->cancellable, error))
    return FALSE;
  watch_socket (self, dex_await_object (g_steal_pointer (&connected), NULL));
  return TRUE;
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  RoundsEvents *self = opening->events;
  g_autoptr (GError) error = NULL;
  gboolean is_open
      = await_socket (opening, &error) && await_in_time (opening, dex_ref (opening->hello), &error);

  if (!is_open && !g_cancellable_is_cancelled (opening->cancellable))
    end (self,
         rounds_net_error_from_transport (g_steal_pointer (&error), self->api->address->host));
  return dex_future_new_true ();
}

RoundsEvents *
rounds_events_new (RoundsApi *api)
{
  RoundsEvents *self;

  g_return_val_if_fail (ROUNDS_IS_API (api), NULL);

  self = g_object_new (ROUNDS_TYPE_EVENTS, NULL);
  self->api = g_object_ref (api);
  return self;
}

void
rounds_events_open (RoundsEvents *self, const char *since)
{
  Opening *opening;

  g_return_if_fail (ROUNDS_IS_EVENTS (self));

  rounds_events_close (self);
  self->hello = dex_promise_new ();
  self->opening = g_cancellable_new ();
  opening = g_new0 (Opening, 1);
  opening->events = g_object_ref (self);
  opening->cancellable = g_object_ref (self->opening);
  opening->hello = dex_ref (DEX_FUTURE (self->hello));
  opening->since = g_strdup (since);
  dex_future_disown (rounds_spawn (open_fiber, opening, opening_free));
}

void
rounds_events_close (RoundsEvents *self)
{
  g_return_if_fail (ROUNDS_IS_EVENTS (self));

  drop_socket (self);
  dex_clear (&self->hello);
  /* The fiber that opens it sees this, whatever it waits for. */
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
}

void
rounds_events_set_deadline (RoundsEvents *self, guint milliseconds)
{
  g_return_if_fail (ROUNDS_IS_EVENTS (self));

  self->deadline_ms = milliseconds;
}
