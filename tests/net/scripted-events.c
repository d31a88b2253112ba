/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The WebSocket of a scripted server, which says what the test tells it.
 * It knows no feed; what there is to ask for is scripted as any call is.
 */

#include "config.h"

#include "scripted-events.h"

#include <libsoup/soup.h>

#define PATH "/api/events"

struct _ScriptedEvents
{
  GPtrArray *sockets; /* SoupWebsocketConnection */
  char *greeting;
  guint n_come;
  char *last_since;
  char *last_authorization;
};

static void
closed_cb (SoupWebsocketConnection *socket, ScriptedEvents *self)
{
  g_ptr_array_remove (self->sockets, socket);
}

static void
come_cb (SoupServer *soup, SoupServerMessage *message, const char *path,
         SoupWebsocketConnection *socket, gpointer data)
{
  ScriptedEvents *self = data;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) asked = query != NULL ? soup_form_decode (query) : NULL;

  self->n_come++;
  g_set_str (&self->last_since, asked != NULL ? g_hash_table_lookup (asked, "since") : NULL);
  g_set_str (&self->last_authorization,
             soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                           "Authorization"));
  g_ptr_array_add (self->sockets, g_object_ref (socket));
  g_signal_connect (socket, "closed", G_CALLBACK (closed_cb), self);
  if (self->greeting != NULL)
    soup_websocket_connection_send_text (socket, self->greeting);
}

static void
drop_socket (gpointer data)
{
  g_signal_handlers_disconnect_matched (data, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer)closed_cb,
                                        NULL);
  g_object_unref (data);
}

ScriptedEvents *
scripted_events_new (ScriptedServer *server)
{
  ScriptedEvents *self = g_new0 (ScriptedEvents, 1);

  self->sockets = g_ptr_array_new_with_free_func (drop_socket);
  self->greeting = g_strdup (SCRIPTED_HELLO);
  soup_server_add_websocket_handler (scripted_server_get_soup (server), PATH, NULL, NULL, come_cb,
                                     self, NULL);
  return self;
}

void
scripted_events_free (ScriptedEvents *self)
{
  g_ptr_array_unref (self->sockets);
  g_free (self->greeting);
  g_free (self->last_since);
  g_free (self->last_authorization);
  g_free (self);
}

void
scripted_events_set_greeting (ScriptedEvents *self, const char *text)
{
  g_set_str (&self->greeting, text);
}

guint
scripted_events_count (ScriptedEvents *self)
{
  return self->n_come;
}

guint
scripted_events_count_open (ScriptedEvents *self)
{
  return self->sockets->len;
}

const char *
scripted_events_get_last_since (ScriptedEvents *self)
{
  return self->last_since;
}

const char *
scripted_events_get_last_authorization (ScriptedEvents *self)
{
  return self->last_authorization;
}

void
scripted_events_say (ScriptedEvents *self, const char *text)
{
  for (guint i = 0; i < self->sockets->len; i++)
    soup_websocket_connection_send_text (g_ptr_array_index (self->sockets, i), text);
}

void
scripted_events_hang_up (ScriptedEvents *self, guint16 code)
{
  for (guint i = 0; i < self->sockets->len; i++)
    soup_websocket_connection_close (g_ptr_array_index (self->sockets, i), code, NULL);
}
