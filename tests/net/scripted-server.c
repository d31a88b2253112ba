/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An HTTP server in the test's own process that answers, or misbehaves, as the test tells it.
 * It knows no rule of the API; the real roundsd does.
 */

#include "config.h"

#include "scripted-server.h"

#include <string.h>

#include "rounds-json.h"
#include "rounds-wire.h"

typedef struct
{
  guint status;
  char *content_type; /* or NULL: none is named */
  char *body;
  char *raw; /* instead of all of the above */
  char *token; /* or NULL: for everybody */
  SoupMessageHeaders *headers;
} Script;

struct _ScriptedServer
{
  SoupServer *soup;
  char *url;
  guint16 port;
  GHashTable *scripts; /* route → Script */
  GHashTable *counts; /* route → number */
  GHashTable *held_back; /* set of routes */
  GPtrArray *waiting; /* SoupServerMessage, unanswered */
  char *last_body;
  char *last_query;
  SoupMessageHeaders *last_headers;
};

static void
script_free (gpointer data)
{
  Script *script = data;

  g_free (script->content_type);
  g_free (script->body);
  g_free (script->raw);
  g_free (script->token);
  soup_message_headers_unref (script->headers);
  g_free (script);
}

static Script *
add_script (ScriptedServer *self, const char *route)
{
  Script *script = g_new0 (Script, 1);

  script->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_hash_table_insert (self->scripts, g_strdup (route), script);
  return script;
}

static char *
get_route (SoupServerMessage *message)
{
  return g_strdup_printf ("%s %s", soup_server_message_get_method (message),
                          g_uri_get_path (soup_server_message_get_uri (message)));
}

static void
copy_header (const char *name, const char *value, gpointer headers)
{
  soup_message_headers_append (headers, name, value);
}

static void
remember (ScriptedServer *self, SoupServerMessage *message, const char *route)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  guint count = scripted_server_count (self, route);

  g_hash_table_insert (self->counts, g_strdup (route), GUINT_TO_POINTER (count + 1));
  g_free (self->last_body);
  self->last_body = g_strndup (body->data, body->length);
  g_set_str (&self->last_query, g_uri_get_query (soup_server_message_get_uri (message)));
  soup_message_headers_clear (self->last_headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), copy_header,
                                self->last_headers);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GIOStream) stream = user_data;

  /* The client may have hung up first. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/* The client is in the same thread, so a large answer must not wait for it to be read. */
static void
write_raw (SoupServerMessage *message, const char *raw)
{
  GIOStream *stream = soup_server_message_steal_connection (message);
  char *copy = g_strdup (raw);

  g_object_set_data_full (G_OBJECT (stream), "raw", copy, g_free);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), copy, strlen (copy),
                                   G_PRIORITY_DEFAULT, NULL, written_cb, stream);
}

static gboolean
is_let_in (Script *script, SoupServerMessage *message)
{
  const char *shown = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");

  return script->token == NULL
         || (shown != NULL && g_str_has_prefix (shown, "Bearer ")
             && strcmp (shown + strlen ("Bearer "), script->token) == 0);
}

static void
answer (ScriptedServer *self, SoupServerMessage *message)
{
  g_autofree char *route = get_route (message);
  Script *script = g_hash_table_lookup (self->scripts, route);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (script == NULL)
    {
      scripted_server_refuse (self, route, 404, "not_found", "There is no such thing");
      script = g_hash_table_lookup (self->scripts, route);
    }

  if (script->raw != NULL)
    {
      write_raw (message, script->raw);
      return;
    }
  if (!is_let_in (script, message))
    {
      soup_server_message_set_status (message, 401, NULL);
      return;
    }

  soup_server_message_set_status (message, script->status, NULL);
  if (script->body != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, script->body,
                                      strlen (script->body));
  if (script->content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", script->content_type);
  else
    soup_message_headers_remove (headers, "Content-Type");
  soup_message_headers_foreach (script->headers, copy_header, headers);
}

static void
request_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  ScriptedServer *self = user_data;
  g_autofree char *route = get_route (message);

  remember (self, message, route);
  if (g_hash_table_contains (self->held_back, route))
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->waiting, g_object_ref (message));
      return;
    }
  answer (self, message);
}

ScriptedServer *
scripted_server_new (void)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);

  self->scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, script_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->held_back = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->last_headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  scripted_server_start (self);
  return self;
}

void
scripted_server_start (ScriptedServer *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->soup, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->soup);
  self->port = g_uri_get_port (uris->data);
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
}

void
scripted_server_stop (ScriptedServer *self)
{
  g_ptr_array_set_size (self->waiting, 0);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}

void
scripted_server_free (ScriptedServer *self)
{
  scripted_server_stop (self);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->scripts, g_hash_table_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->held_back, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->last_body, g_free);
  g_clear_pointer (&self->last_query, g_free);
  g_clear_pointer (&self->last_headers, soup_message_headers_unref);
  g_free (self);
}

const char *
scripted_server_get_url (ScriptedServer *self)
{
  return self->url;
}

SoupServer *
scripted_server_get_soup (ScriptedServer *self)
{
  return self->soup;
}

void
scripted_server_answer (ScriptedServer *self, const char *route, guint status,
                        const char *content_type, const char *body)
{
  Script *script = add_script (self, route);

  script->status = status;
  script->content_type = g_strdup (content_type);
  script->body = g_strdup (body);
}

/* Takes @envelope. */
static void
answer_envelope (ScriptedServer *self, const char *route, guint status, JsonObject *envelope)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, envelope);
  text = rounds_json_to_text (node);
  scripted_server_answer (self, route, status, "application/json", text);
}

void
scripted_server_answer_data (ScriptedServer *self, const char *route, JsonObject *data)
{
  answer_envelope (self, route, 200, rounds_wire_success (data));
}

void
scripted_server_refuse (ScriptedServer *self, const char *route, guint status, const char *code,
                        const char *message)
{
  answer_envelope (self, route, status, rounds_wire_fail (code, message, NULL));
}

void
scripted_server_add_header (ScriptedServer *self, const char *route, const char *name,
                            const char *value)
{
  Script *script = g_hash_table_lookup (self->scripts, route);

  soup_message_headers_append (script->headers, name, value);
}

void
scripted_server_require_token (ScriptedServer *self, const char *route, const char *token)
{
  Script *script = g_hash_table_lookup (self->scripts, route);

  g_set_str (&script->token, token);
}

void
scripted_server_answer_raw (ScriptedServer *self, const char *route, const char *bytes)
{
  add_script (self, route)->raw = g_strdup (bytes);
}

void
scripted_server_hold_back (ScriptedServer *self, const char *route)
{
  g_hash_table_add (self->held_back, g_strdup (route));
}

void
scripted_server_let_go (ScriptedServer *self, const char *route)
{
  g_hash_table_remove (self->held_back, route);
  for (guint i = self->waiting->len; i > 0; i--)
    {
      SoupServerMessage *message = g_ptr_array_index (self->waiting, i - 1);
      g_autofree char *its_route = get_route (message);

      if (strcmp (its_route, route) != 0)
        continue;
      answer (self, message);
      soup_server_message_unpause (message);
      g_ptr_array_remove_index (self->waiting, i - 1);
    }
}

guint
scripted_server_count (ScriptedServer *self, const char *route)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, route));
}

guint
scripted_server_count_all (ScriptedServer *self)
{
  GHashTableIter iter;
  gpointer count;
  guint all = 0;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    all += GPOINTER_TO_UINT (count);
  return all;
}

const char *
scripted_server_get_last_body (ScriptedServer *self)
{
  return self->last_body;
}

const char *
scripted_server_get_last_query (ScriptedServer *self)
{
  return self->last_query;
}

const char *
scripted_server_get_last_header (ScriptedServer *self, const char *name)
{
  return soup_message_headers_get_one (self->last_headers, name);
}
