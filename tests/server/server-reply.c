/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A plain, blocking HTTP client: what it sends is exactly what the test wrote.
 * It knows no redirects and no keep-alive, since roundsd's tests need neither.
 */

#include "server-fixture.h"

#include <string.h>

/* Longer than the server waits for anything in a test; a hang ends the test with a message. */
#define PATIENCE_SECONDS 30

GSocketConnection *
server_fixture_connect (ServerFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_timeout (client, PATIENCE_SECONDS);
  g_socket_client_set_enable_proxy (client, FALSE);
  GSocketConnection *connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", server_fixture_get_port (self), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* FALSE when the server closed first, which may be what the test wants. */
static gboolean
write_all (GSocketConnection *connection, const char *bytes, gsize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  return g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL);
}

/* The length of the head with its empty line, or 0 when it is not all there. */
static gsize
find_head_end (GByteArray *bytes)
{
  if (bytes->len == 0)
    return 0;
  const char *end = g_strstr_len ((const char *)bytes->data, bytes->len, "\r\n\r\n");
  return end != NULL ? (gsize)(end - (const char *)bytes->data) + 4 : 0;
}

static void
parse_head (ServerReply *reply, const char *text, gsize length)
{
  g_autofree char *head = g_strndup (text, length);
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  g_assert_true (g_str_has_prefix (lines[0], "HTTP/1."));
  reply->status = (guint)g_ascii_strtoull (lines[0] + strlen ("HTTP/1.1 "), NULL, 10);
  for (gsize i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) pair = g_strsplit (lines[i], ":", 2);
      g_assert_nonnull (pair[1]);
      g_hash_table_replace (reply->headers, g_ascii_strdown (pair[0], -1),
                            g_strdup (g_strstrip (pair[1])));
    }
}

/* Whether all of an answer is in @bytes, as far as its head says how long it is. */
static gboolean
is_complete (GByteArray *bytes)
{
  gsize head = find_head_end (bytes);
  if (head == 0)
    return FALSE;
  g_autofree char *text = g_ascii_strdown ((const char *)bytes->data, (gssize)head);
  const char *length = strstr (text, "\r\ncontent-length:");
  return length != NULL
         && bytes->len - head
                >= g_ascii_strtoull (length + strlen ("\r\ncontent-length:"), NULL, 10);
}

static GByteArray *
read_bytes (GSocketConnection *connection)
{
  GByteArray *bytes = g_byte_array_new ();
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char buffer[8192];
  gssize n;

  while (!is_complete (bytes)
         && (n = g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (bytes, (const guint8 *)buffer, (guint)n);
  return bytes;
}

ServerReply *
server_reply_read (GSocketConnection *connection)
{
  g_autoptr (GByteArray) bytes = read_bytes (connection);
  gsize head = find_head_end (bytes);
  if (head == 0)
    return NULL;

  ServerReply *reply = g_new0 (ServerReply, 1);
  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  parse_head (reply, (const char *)bytes->data, head);
  reply->body = g_strndup ((const char *)bytes->data + head, bytes->len - head);
  g_autoptr (JsonNode) node = json_from_string (reply->body, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    reply->json = json_node_dup_object (node);
  return reply;
}

void
server_reply_free (ServerReply *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->headers);
  g_free (self->body);
  g_clear_pointer (&self->json, json_object_unref);
  g_free (self);
}

const char *
server_reply_get_header (ServerReply *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

JsonObject *
server_reply_get_data (ServerReply *self)
{
  g_assert_nonnull (self->json);
  g_assert_cmpstr (json_object_get_string_member (self->json, "status"), ==, "success");
  return json_object_get_object_member (self->json, "data");
}

const char *
server_reply_get_code (ServerReply *self)
{
  return self->json != NULL ? json_object_get_string_member_with_default (self->json, "code", NULL)
                            : NULL;
}

ServerReply *
server_fixture_send_raw (ServerFixture *self, const char *request, gssize length)
{
  g_autoptr (GSocketConnection) connection = server_fixture_connect (self);
  write_all (connection, request, length < 0 ? strlen (request) : (gsize)length);
  return server_reply_read (connection);
}

ServerReply *
server_fixture_send (ServerFixture *self, const char *method, const char *path, const char *token,
                     const char *body)
{
  return server_fixture_send_with (self, method, path, token, NULL, body);
}

static GString *
write_request (const char *method, const char *path, const char *token, const char *header,
               const char *body)
{
  GString *request = g_string_new (NULL);

  g_string_printf (request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n", method,
                   path);
  if (token != NULL)
    g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
  if (header != NULL)
    g_string_append_printf (request, "%s\r\n", header);
  if (body != NULL)
    g_string_append_printf (
        request, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
        strlen (body));
  g_string_append (request, "\r\n");
  if (body != NULL)
    g_string_append (request, body);
  return request;
}

ServerReply *
server_fixture_send_with (ServerFixture *self, const char *method, const char *path,
                          const char *token, const char *header, const char *body)
{
  g_autoptr (GString) request = write_request (method, path, token, header, body);
  ServerReply *reply = server_fixture_send_raw (self, request->str, (gssize)request->len);
  g_assert_nonnull (reply);
  return reply;
}

ServerReply *
server_fixture_try (ServerFixture *self, const char *method, const char *path, const char *token,
                    const char *header, const char *body)
{
  g_autoptr (GString) request = write_request (method, path, token, header, body);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", server_fixture_get_port (self), NULL, NULL);

  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                     request->str, request->len, NULL, NULL, NULL))
    return NULL;
  return server_reply_read (connection);
}
