/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A connection that is handed through the bad network as it is, for a WebSocket and for an answer
 * that is long in coming, until chance garbles or cuts it. The others go through fault-proxy.c.
 */

#include "config.h"

#include "fault-tunnel.h"

#include <libdex.h>
#include <string.h>

#include "rounds-future.h"

#define CHUNK_BYTES 4096
#define LATE_MS 8
#define GARBAGE "\x81\x05guest"

typedef struct
{
  GIOStream *front;
  GIOStream *back;
  char *request;
  char *server;
  GCancellable *cancellable; /* ends both ways */
  FaultTunnelFunc choose;
  GSourceOnceFunc ended;
  gpointer data;
} Tunnel;

static void
clear_tunnel (gpointer data)
{
  Tunnel *self = data;

  g_io_stream_close (self->front, NULL, NULL);
  if (self->back != NULL)
    g_io_stream_close (self->back, NULL, NULL);
  g_clear_object (&self->front);
  g_clear_object (&self->back);
  g_clear_object (&self->cancellable);
  g_free (self->request);
  g_free (self->server);
  self->ended (self->data);
}

static void
tunnel_unref (gpointer self)
{
  g_rc_box_release_full (self, clear_tunnel);
}

/* What is no WebSocket ends with its answer. */
static void
add_header (const char *name, const char *value, gpointer text)
{
  gboolean is_kept_open = g_ascii_strcasecmp (value, "keep-alive") == 0;

  g_string_append_printf (text, "%s: %s\r\n", name, is_kept_open ? "close" : value);
}

static char *
write_request (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "GET %s%s%s HTTP/1.1\r\n", g_uri_get_path (uri),
                          query != NULL ? "?" : "", query != NULL ? query : "");
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), add_header,
                                text);
  g_string_append (text, "\r\n");
  return g_string_free_and_steal (text);
}

/* Awaits. */
static gboolean
await_written (GIOStream *to, const void *bytes, gsize length)
{
  g_autoptr (GBytes) rest = g_bytes_new (bytes, length);

  while (g_bytes_get_size (rest) > 0)
    {
      g_autoptr (GBytes) written = g_steal_pointer (&rest);
      gint64 n = dex_await_int64 (dex_output_stream_write_bytes (g_io_stream_get_output_stream (to),
                                                                 written, G_PRIORITY_DEFAULT),
                                  NULL);

      if (n <= 0)
        return FALSE;
      rest = g_bytes_new_from_bytes (written, (gsize)n, g_bytes_get_size (written) - (gsize)n);
    }
  return TRUE;
}

/* Awaits. NULL at the end. */
static GBytes *
await_chunk (Tunnel *self, GIOStream *from)
{
  g_autoptr (DexFuture) read = dex_input_stream_read_bytes (g_io_stream_get_input_stream (from),
                                                            CHUNK_BYTES, G_PRIORITY_DEFAULT);
  g_autoptr (GBytes) chunk = NULL;

  if (!dex_await (dex_future_first (dex_ref (read),
                                    dex_cancellable_new_from_cancellable (self->cancellable), NULL),
                  NULL))
    return NULL;
  chunk = dex_await_boxed (g_steal_pointer (&read), NULL);
  return chunk != NULL && g_bytes_get_size (chunk) > 0 ? g_steal_pointer (&chunk) : NULL;
}

/* Awaits. Returns whether anything can follow. */
static gboolean
await_suffered (Tunnel *self, GBytes *chunk)
{
  gsize length;
  const char *bytes = g_bytes_get_data (chunk, &length);

  switch (self->choose (self->data))
    {
    case FAULT_TUNNEL_LATE:
      dex_await (dex_timeout_new_msec (LATE_MS), NULL);
      return await_written (self->front, bytes, length);
    case FAULT_TUNNEL_HALF:
      await_written (self->front, bytes, length / 2);
      return FALSE;
    case FAULT_TUNNEL_GARBAGE:
      return await_written (self->front, GARBAGE, strlen (GARBAGE));
    case FAULT_TUNNEL_CUT:
      return FALSE;
    case FAULT_TUNNEL_PASS:
    default:
      return await_written (self->front, bytes, length);
    }
}

static DexFuture *
come_fiber (gpointer data)
{
  Tunnel *self = data;
  GBytes *chunk;
  gboolean goes_on = TRUE;

  while (goes_on && (chunk = await_chunk (self, self->back)) != NULL)
    {
      goes_on = await_suffered (self, chunk);
      g_bytes_unref (chunk);
    }
  g_cancellable_cancel (self->cancellable);
  return dex_future_new_true ();
}

/* Connects, and carries what the client says. */
static DexFuture *
go_fiber (gpointer data)
{
  Tunnel *self = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = g_network_address_parse_uri (self->server, 80, NULL);
  GBytes *chunk;
  gboolean goes_on = TRUE;

  self->back = dex_await_object (dex_socket_client_connect (client, address), NULL);
  if (self->back == NULL || !await_written (self->back, self->request, strlen (self->request)))
    return dex_future_new_true ();

  dex_future_disown (rounds_spawn (come_fiber, g_rc_box_acquire (self), tunnel_unref));
  while (goes_on && (chunk = await_chunk (self, self->front)) != NULL)
    {
      goes_on
          = await_written (self->back, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
      g_bytes_unref (chunk);
    }
  g_cancellable_cancel (self->cancellable);
  return dex_future_new_true ();
}

/* The run is over. */
static void
stop_cb (GCancellable *run, gpointer own)
{
  g_cancellable_cancel (own);
}

void
fault_tunnel_open (SoupServerMessage *message, const char *server, GCancellable *cancellable,
                   FaultTunnelFunc choose, GSourceOnceFunc ended, gpointer data)
{
  Tunnel *self = g_rc_box_new0 (Tunnel);

  self->request = write_request (message);
  self->server = g_strdup (server);
  self->cancellable = g_cancellable_new ();
  g_cancellable_connect (cancellable, G_CALLBACK (stop_cb), g_object_ref (self->cancellable),
                         g_object_unref);
  self->choose = choose;
  self->ended = ended;
  self->data = data;
  self->front = soup_server_message_steal_connection (message);
  dex_future_disown (rounds_spawn (go_fiber, self, tunnel_unref));
}
