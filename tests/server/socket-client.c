/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A WebSocket client that sends exactly the frames that the test wrote, good or bad.
 * It answers no ping by itself.
 */

#include "socket-client.h"

#include <string.h>

/* The pair of RFC 6455, section 1.3. */
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

struct _SocketClient
{
  GSocketConnection *connection;
  GInputStream *in; /* buffered */
};

void
frame_free (Frame *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

char *
socket_client_handshake (const char *path, const char *token, const char *more)
{
  g_autofree char *authorization
      = token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", token) : g_strdup ("");
  return g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: " KEY "\r\n%s%s\r\n",
                          path, authorization, more != NULL ? more : "");
}

SocketClient *
socket_client_new (ServerFixture *server, const char *path, const char *token)
{
  return socket_client_new_with (server, path, token, NULL);
}

static void
read_answer (SocketClient *self)
{
  gboolean accepted = FALSE;
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (self->in);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_autofree char *status = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_cmpstr (status, ==, "HTTP/1.1 101 Switching Protocols");
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
      g_assert_nonnull (line);
      if (*line == '\0')
        break;
      accepted = accepted || g_str_equal (line, "Sec-WebSocket-Accept: " ACCEPT);
    }
  g_assert_true (accepted);
  /* What came behind the head is in the buffer of the lines: they are the stream from here on. */
  g_set_object (&self->in, G_INPUT_STREAM (lines));
}

SocketClient *
socket_client_new_with (ServerFixture *server, const char *path, const char *token,
                        const char *more)
{
  SocketClient *self = g_new0 (SocketClient, 1);
  g_autofree char *handshake = socket_client_handshake (path, token, more);

  self->connection = server_fixture_connect (server);
  self->in = g_object_ref (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)));
  g_assert_true (socket_client_send_raw (self, handshake, strlen (handshake)));
  read_answer (self);
  return self;
}

void
socket_client_free (SocketClient *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->in);
  g_object_unref (self->connection);
  g_free (self);
}

gboolean
socket_client_send_raw (SocketClient *self, const void *bytes, gsize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  return g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL);
}

void
socket_client_send (SocketClient *self, FrameType type, const char *payload, gsize length)
{
  static const guint8 mask[4] = { 0x11, 0x22, 0x33, 0x44 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 head[4] = { 0x80 | (guint8)type, 0x80 | (guint8)length };

  if (length < 126)
    {
      g_byte_array_append (frame, head, 2);
    }
  else
    {
      head[1] = 0x80 | 126;
      head[2] = (guint8)(length >> 8);
      head[3] = (guint8)length;
      g_byte_array_append (frame, head, 4);
    }
  g_byte_array_append (frame, mask, 4);
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8)payload[i] ^ mask[i % 4];
      g_byte_array_append (frame, &byte, 1);
    }
  socket_client_send_raw (self, frame->data, frame->len);
}

static gboolean
read_all (SocketClient *self, void *bytes, gsize length)
{
  gsize n = 0;
  return g_input_stream_read_all (self->in, bytes, length, &n, NULL, NULL) && n == length;
}

Frame *
socket_client_read (SocketClient *self)
{
  guint8 head[2];
  guint8 more[2];

  if (!read_all (self, head, 2))
    return NULL;
  /* Ours never has reserved bits, parts or masks, and is never that long. */
  g_assert_cmpuint (head[0] & 0xf0, ==, 0x80);
  g_assert_cmpuint (head[1], <, 127);
  gsize length = head[1];
  if (length == 126)
    {
      g_assert_true (read_all (self, more, 2));
      length = (gsize)more[0] << 8 | more[1];
    }
  g_autoptr (Frame) frame = g_new0 (Frame, 1);
  frame->type = head[0] & 0x0f;
  frame->length = length;
  frame->text = g_malloc0 (length + 1);
  if (!read_all (self, frame->text, length))
    return NULL;
  if (frame->type == FRAME_CLOSE && length >= 2)
    frame->code = (guint)(guint8)frame->text[0] << 8 | (guint8)frame->text[1];
  return g_steal_pointer (&frame);
}

Frame *
socket_client_read_message (SocketClient *self)
{
  Frame *frame;
  while ((frame = socket_client_read (self)) != NULL && frame->type == FRAME_PING)
    frame_free (frame);
  return frame;
}

guint
socket_client_read_close (SocketClient *self)
{
  for (;;)
    {
      g_autoptr (Frame) frame = socket_client_read (self);
      if (frame == NULL)
        return 0;
      if (frame->type == FRAME_CLOSE)
        return frame->code;
    }
}

gboolean
socket_client_has_more (SocketClient *self, int ms)
{
  return g_buffered_input_stream_get_available (G_BUFFERED_INPUT_STREAM (self->in)) > 0
         || g_socket_condition_timed_wait (g_socket_connection_get_socket (self->connection),
                                           G_IO_IN, ms * G_TIME_SPAN_MILLISECOND, NULL, NULL);
}
