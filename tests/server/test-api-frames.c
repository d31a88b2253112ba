/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Bad frames, floods, and clients that are slow, silent or gone: each ends by itself, and nobody
 * else notices.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"
#include "socket-client.h"

#include <string.h>

static ApiWorld *world;

static SocketClient *
listen_as (ApiPerson who)
{
  SocketClient *client = socket_client_new (world->server, "/api/events", world->tokens[who]);
  g_autoptr (Frame) hello = socket_client_read (client);
  g_assert_nonnull (hello);
  return client;
}

/* A bystander who never stopped being served. */
static void
assert_well (SocketClient *client)
{
  socket_client_send (client, FRAME_PING, "x", 1);
  for (;;)
    {
      g_autoptr (Frame) frame = socket_client_read (client);
      g_assert_nonnull (frame);
      g_assert_cmpint (frame->type, !=, FRAME_CLOSE);
      if (frame->type == FRAME_PONG)
        break;
    }
}

static void
test_ping (void)
{
  g_autoptr (SocketClient) client = listen_as (DOCTOR);
  socket_client_send (client, FRAME_PING, "are you there?", 14);
  g_autoptr (Frame) frame = socket_client_read (client);
  g_assert_cmpint (frame->type, ==, FRAME_PONG);
  g_assert_cmpstr (frame->text, ==, "are you there?");
  /* Text is for later versions. */
  socket_client_send (client, FRAME_TEXT, "{}", 2);
  assert_well (client);
}

static void
test_goodbye (void)
{
  g_autoptr (SocketClient) client = listen_as (DOCTOR);
  socket_client_send (client, FRAME_CLOSE, "\x03\xe8", 2);
  g_assert_cmpuint (socket_client_read_close (client), ==, 1000);
  g_assert_null (socket_client_read (client));
}

static void
test_bad_frames (void)
{
#define MASK "\x00\x00\x00\x00"
  static const struct
  {
    const char *what;
    const char *bytes;
    gsize length;
    guint code;
  } bad[] = {
    { "not masked", "\x81\x02hi", 4, 1002 },
    { "reserved bit", "\xc1\x82" MASK "hi", 8, 1002 },
    { "reserved type", "\x83\x80" MASK, 6, 1002 },
    { "reserved control type", "\x8b\x80" MASK, 6, 1002 },
    { "a ping in parts", "\x09\x80" MASK, 6, 1002 },
    { "a ping that is too long", "\x89\xfe\x00\x7e" MASK, 8, 1002 },
    { "a part of nothing", "\x80\x80" MASK, 6, 1002 },
    { "a text in a text", "\x01\x80" MASK "\x81\x80" MASK, 12, 1002 },
    { "a length in too many bytes", "\x81\xfe\x00\x01" MASK "a", 9, 1002 },
    { "a negative length", "\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff" MASK, 14, 1002 },
    { "bytes", "\x82\x82" MASK "hi", 8, 1003 },
    { "no UTF-8", "\x81\x82" MASK "\xc3\x28", 8, 1007 },
    { "too long", "\x81\xfe\x10\x01" MASK "a", 9, 1009 },
    { "much too long", "\x81\xff\x00\x00\x00\x10\x00\x00\x00\x00" MASK "a", 15, 1009 },
    { "a goodbye of one byte", "\x88\x81" MASK "x", 7, 1002 },
    { "a goodbye without sense", "\x88\x82" MASK "\x03\xed", 8, 1002 },
  };
  g_autoptr (SocketClient) bystander = listen_as (DESK);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SocketClient) client = listen_as (DOCTOR);
      g_test_message ("bad: %s", bad[i].what);
      socket_client_send_raw (client, bad[i].bytes, bad[i].length);
      g_assert_cmpuint (socket_client_read_close (client), ==, bad[i].code);
      g_assert_null (socket_client_read (client));
      assert_well (bystander);
    }
}

/* What comes right behind the handshake, in the same packet, is a frame already. */
static void
test_early_frames (void)
{
  g_autofree char *handshake = socket_client_handshake ("/api/events", world->tokens[DOCTOR], NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GSocketConnection) connection = server_fixture_connect (world->server);
  char answer[4096] = "";
  gsize n = 0;

  g_byte_array_append (bytes, (const guint8 *)handshake, (guint)strlen (handshake));
  g_byte_array_append (bytes, (const guint8 *)"\x89\x85" MASK "early", 11);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes->data,
                             bytes->len, NULL, NULL, NULL);
  while (g_strstr_len (answer, (gssize)n,
                       "\x8a\x05"
                       "early")
         == NULL)
    {
      gssize got = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                        answer + n, sizeof answer - n - 1, NULL, NULL);
      g_assert_cmpint (got, >, 0);
      n += (gsize)got;
    }
}

/* Messages without end: in parts, in pings, in texts. All end the same way. */
static void
test_floods (void)
{
  static const struct
  {
    const char *begin;
    const char *again;
  } floods[] = {
    { "\x01\x80" MASK, "\x00\x80" MASK },
    { "\x89\x80" MASK, "\x89\x80" MASK },
    { "\x81\x80" MASK, "\x81\x80" MASK },
    { "\x8a\x80" MASK, "\x8a\x80" MASK },
  };
  g_autoptr (SocketClient) bystander = listen_as (DESK);

  for (gsize i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      g_autoptr (SocketClient) client = listen_as (DOCTOR);
      socket_client_send_raw (client, floods[i].begin, 6);
      for (int n = 0; n < 10000 && socket_client_send_raw (client, floods[i].again, 6); n++)
        ;
      guint code = socket_client_read_close (client);
      /* Closing with unread bytes resets the connection, and the goodbye may be lost. */
      g_assert_true (code == 1008 || code == 0);
      g_assert_null (socket_client_read (client));
      assert_well (bystander);
    }
}

static void
test_half_frames (void)
{
  g_autoptr (SocketClient) bystander = listen_as (DESK);
  for (int n = 1; n < 8; n++)
    {
      g_autoptr (SocketClient) client = listen_as (DOCTOR);
      socket_client_send_raw (client, "\x81\x82" MASK "hi", (gsize)n);
    }
  assert_well (bystander);
}

/* ROUNDS_EVENTS_PING=1: who says nothing is asked after a second, and let go after two. */
static void
test_silent (void)
{
  g_autoptr (SocketClient) client = listen_as (PATIENT);
  g_autoptr (Frame) ping = socket_client_read (client);
  g_assert_cmpint (ping->type, ==, FRAME_PING);
  socket_client_send (client, FRAME_PONG, ping->text, ping->length);
  g_autoptr (Frame) again = socket_client_read (client);
  g_assert_cmpint (again->type, ==, FRAME_PING);
  g_assert_cmpuint (socket_client_read_close (client), ==, 1001);
}

static void
make_news (const char *path, int number)
{
  g_autofree char *body = g_strdup_printf ("{\"notes\":\"%d\"}", number);
  g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "PATCH", path, body);
}

/* Who takes nothing gets one message for all that he missed, or is sent away; the server holds
 * nothing for him. */
static void
test_coalesced (void)
{
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autoptr (SocketClient) client = listen_as (DOCTOR);
  guint n_news = 0;

  for (int i = 0; i < 60; i++)
    make_news (path, i);
  while (socket_client_has_more (client, 100))
    {
      g_autoptr (Frame) frame = socket_client_read_message (client);
      g_assert_nonnull (frame);
      /* Nor does he answer when he is asked whether he is there; a slow computer comes to that. */
      if (frame->type == FRAME_CLOSE)
        break;
      g_assert_cmpint (frame->type, ==, FRAME_TEXT);
      n_news += strstr (frame->text, "\"changes\"") != NULL;
    }
  g_assert_cmpuint (n_news, >=, 1);
  g_assert_cmpuint (n_news, <, 60);
}

int
main (int argc, char **argv)
{
  const char *environment[] = { "ROUNDS_EVENTS_PING=1", NULL };

  rounds_test_init (&argc, &argv);
  world = api_world_new_with (environment);
  g_test_add_func ("/Rounds/Server/ApiFrames/ping", test_ping);
  g_test_add_func ("/Rounds/Server/ApiFrames/goodbye", test_goodbye);
  g_test_add_func ("/Rounds/Server/ApiFrames/bad-frames", test_bad_frames);
  g_test_add_func ("/Rounds/Server/ApiFrames/early-frames", test_early_frames);
  g_test_add_func ("/Rounds/Server/ApiFrames/floods", test_floods);
  g_test_add_func ("/Rounds/Server/ApiFrames/half-frames", test_half_frames);
  g_test_add_func ("/Rounds/Server/ApiFrames/silent", test_silent);
  g_test_add_func ("/Rounds/Server/ApiFrames/coalesced", test_coalesced);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
