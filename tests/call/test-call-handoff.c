/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The loopback address that sends a browser on to a secret one: to whom, how often, and to whom
 * not. Which program is started with it is tested in test-call-failures.c.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rounds-call-handoff.h"
#include "rounds-init.h"

#define TARGET "https://meet.example.org/ward-round#jwt=%22aaa.bbb.ccc%22"

typedef struct
{
  char *request;
  guint port;
  char *answer; /* NULL: nobody listens */
  gboolean done;
} Exchange;

static void
take_answer_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->answer = g_task_propagate_pointer (G_TASK (result), NULL);
  exchange->done = TRUE;
}

/* In a thread, as a browser is another program. */
static void
exchange_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Exchange *exchange = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *text = g_malloc0 (65536);
  gsize size = 0;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)exchange->port, NULL, NULL);
  if (connection != NULL)
    {
      /* The other side may have had enough before it has read all. */
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 exchange->request, strlen (exchange->request), NULL, NULL, NULL);
      g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
      g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), text, 65535,
                               &size, NULL, NULL);
    }
  g_task_return_pointer (task, connection != NULL ? g_steal_pointer (&text) : NULL, g_free);
}

static char *
exchange (guint port, const char *request)
{
  Exchange exchange = { (char *)request, port, NULL, FALSE };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, take_answer_cb, &exchange);

  g_task_set_task_data (task, &exchange, NULL);
  g_task_run_in_thread (task, exchange_in_thread);
  while (!exchange.done)
    g_main_context_iteration (NULL, TRUE);
  return exchange.answer;
}

static guint
split_uri (RoundsCallHandoff *handoff, char **path)
{
  g_autoptr (GUri) uri
      = g_uri_parse (rounds_call_handoff_get_uri (handoff), G_URI_FLAGS_NONE, NULL);

  g_assert_cmpstr (g_uri_get_host (uri), ==, "127.0.0.1");
  *path = g_strdup (g_uri_get_path (uri));
  return (guint)g_uri_get_port (uri);
}

static RoundsCallHandoff *
open_handoff (guint *port, char **path)
{
  g_autoptr (GError) error = NULL;
  RoundsCallHandoff *handoff = rounds_call_handoff_new (TARGET, &error);

  g_assert_no_error (error);
  *port = split_uri (handoff, path);
  /* What goes into the command line says nothing. */
  /* With the dot: the address is random and hexadecimal. */
  g_assert_null (strstr (rounds_call_handoff_get_uri (handoff), ".bbb"));
  g_assert_null (strstr (rounds_call_handoff_get_uri (handoff), "meet.example.org"));
  return handoff;
}

static void
test_sends_on_once (void)
{
  guint port = 0;
  g_autofree char *path = NULL;
  g_autoptr (RoundsCallHandoff) handoff = open_handoff (&port, &path);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path);
  g_autofree char *first = exchange (port, request);
  g_autofree char *second = exchange (port, request);

  g_assert_true (g_str_has_prefix (first, "HTTP/1.1 303 "));
  g_assert_nonnull (strstr (first, "\r\nLocation: " TARGET "\r\n"));
  g_assert_nonnull (strstr (first, "\r\nCache-Control: no-store\r\n"));
  g_assert_null (second);
}

static void
test_gone_with_its_object (void)
{
  guint port = 0;
  g_autofree char *path = NULL;
  g_autoptr (RoundsCallHandoff) handoff = open_handoff (&port, &path);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\n\r\n", path);
  g_autofree char *answer = NULL;

  g_clear_object (&handoff);
  answer = exchange (port, request);
  g_assert_null (answer);
}

/* Who does not know the path learns nothing and spoils nothing. */
static void
test_strangers (void)
{
  guint port = 0;
  g_autofree char *path = NULL;
  g_autoptr (RoundsCallHandoff) handoff = open_handoff (&port, &path);
  g_autofree char *huge = g_strnfill (100000, 'x');
  g_autofree char *close = g_strdup_printf ("GET %sa HTTP/1.1\r\n\r\n", path);
  g_autofree char *posted = g_strdup_printf ("POST %s HTTP/1.1\r\n\r\n", path);
  const char *const requests[]
      = { "GET / HTTP/1.1\r\n\r\n", close, posted, huge, "", "\r\n\r\n", "GET" };
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\n\r\n", path);
  g_autofree char *answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *refused = exchange (port, requests[i]);

      g_assert_nonnull (refused);
      g_assert_null (strstr (refused, "303"));
      g_assert_null (strstr (refused, ".bbb"));
    }
  answer = exchange (port, request);
  g_assert_nonnull (strstr (answer, TARGET));
}

static void
test_whose_connection (void)
{
  static const char table[]
      = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "
        "timeout\n"
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1001 0 7 1\n"
        "   1: 0100007F:A001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000 0 8 1\n"
        "   2: 0100007F:1F90 0100007F:A001 01 00000000:00000000 00:00000000 00000000  1001 0 9 1\n"
        "   3: 0200007F:A002 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1002 0 9 1\n"
        "   4: 0000000000000000FFFF00000100007F:A003 0000000000000000FFFF00000100007F:1F90 01 "
        "00000000:00000000 00:00000000 00000000  1003 0 9 1\n"
        "   5: 0100007F:A004 0100007F:1F90\n";
  static const struct
  {
    const char *peer;
    guint port;
    gint64 uid;
  } cases[] = {
    { "127.0.0.1", 0xa001, 1000 }, { "127.0.0.2", 0xa002, 1002 }, { "127.0.0.1", 0xa003, 1003 },
    { "127.0.0.1", 0xa002, -1 },   { "127.0.0.1", 0xa004, -1 },   { "127.0.0.1", 0xa005, -1 },
  };
  g_autoptr (GSocketAddress) own = g_inet_socket_address_new_from_string ("127.0.0.1", 0x1f90);

  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      g_test_skip ("The table above is a little-endian machine's");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketAddress) peer
          = g_inet_socket_address_new_from_string (cases[i].peer, cases[i].port);

      g_assert_cmpint (rounds_call_handoff_find_uid (table, G_INET_SOCKET_ADDRESS (peer),
                                                     G_INET_SOCKET_ADDRESS (own)),
                       ==, cases[i].uid);
    }
}

static void
client_ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, user_data, NULL, NULL);
}

/* Another user of the machine reads our command line and is faster than the browser. */
static void
test_other_user (void)
{
  guint port = 0;
  g_autofree char *path = NULL;
  g_autoptr (RoundsCallHandoff) handoff = open_handoff (&port, &path);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\n\r\n", path);
  g_autofree char *stolen = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GSubprocess) client = NULL;

  if (getuid () != 0)
    {
      g_test_skip ("Only root can be somebody else");
      return;
    }

  client = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                             NULL, "setpriv", "--reuid=65534", "--clear-groups", "curl", "-sS",
                             "-i", rounds_call_handoff_get_uri (handoff), NULL);
  g_assert_nonnull (client);
  g_subprocess_communicate_utf8_async (client, NULL, NULL, client_ended_cb, &stolen);
  while (stolen == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!g_str_has_prefix (stolen, "HTTP/"))
    {
      g_test_skip ("This machine lets nobody be somebody else");
      return;
    }
  g_assert_true (g_str_has_prefix (stolen, "HTTP/1.1 403 "));
  g_assert_null (strstr (stolen, ".bbb"));

  answer = exchange (port, request);
  g_assert_nonnull (strstr (answer, TARGET));
}

int
main (int argc, char *argv[])
{
  rounds_init ("test-call-handoff");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Call/Handoff/sends-on-once", test_sends_on_once);
  g_test_add_func ("/Rounds/Call/Handoff/gone-with-its-object", test_gone_with_its_object);
  g_test_add_func ("/Rounds/Call/Handoff/strangers", test_strangers);
  g_test_add_func ("/Rounds/Call/Handoff/whose-connection", test_whose_connection);
  g_test_add_func ("/Rounds/Call/Handoff/other-user", test_other_user);

  return g_test_run ();
}
