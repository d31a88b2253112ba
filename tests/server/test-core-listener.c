/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Being overrun and stopped: the listener in this process, where its patience and its places can be
 * few. roundsd as a process is in test-core-life.c.
 */

#include "own-listener.h"
#include "server-fixture.h"

#include "rounds-request-private.h"
#include "rounds-server-error.h"
#include "rounds-test.h"

#include <string.h>

static GMutex gate;

static RoundsResponse *
answer_when_let (RoundsRequest *request)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  return rounds_response_success (200, NULL);
}

static const RoundsRoute table[] = {
  { "GET", "/wait", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_PUBLIC, 0, answer_when_let, "" },
  { "POST", "/wait", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_PUBLIC | ROUNDS_ROUTE_BODY, 1000,
    answer_when_let, "" },
};

static void
start_listener (OwnListener *self, const RoundsServerTuning *tuning)
{
  own_listener_start (self, table, G_N_ELEMENTS (table), tuning);
}

#define GET_WAIT "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"

/* A byte now and then keeps an idle time-out from ever ending; the turn's time does not care. */
static void
test_slow_requests (void)
{
  static const char *const beginnings[] = {
    "",
    "GET /wa",
    "GET /wait HTTP/1.1\r\nHost: x\r\n",
    "POST /wait HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    "Content-Length: 900\r\n\r\n{",
  };
  RoundsServerTuning tuning = { .turn_time = G_USEC_PER_SEC / 5 };
  OwnListener listener = { 0 };
  start_listener (&listener, &tuning);

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GSocketConnection) connection = own_listener_send (&listener, beginnings[i]);
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
      GSocket *sock = g_socket_connection_get_socket (connection);
      /* Until the server cuts it, with some patience for slow machines. */
      while (!g_socket_condition_timed_wait (sock, G_IO_IN, G_USEC_PER_SEC / 50, NULL, NULL)
             && g_get_monotonic_time () < end)
        g_output_stream_write (out, "x", 1, NULL, NULL);
      g_autoptr (ServerReply) reply = server_reply_read (connection);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_assert_true (reply == NULL || reply->status >= 400);
    }
  own_listener_stop (&listener);
}

static void
check_refusal (ServerReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 503);
  g_assert_nonnull (server_reply_get_header (reply, "retry-after"));
  g_assert_cmpstr (json_object_get_string_member (reply->json, "status"), ==, "error");
}

/* Whether the connection has been answered, which is a refusal then; it is done with. */
static gboolean
take_refusal (GSocketConnection **connection)
{
  if (*connection == NULL
      || !g_socket_condition_timed_wait (g_socket_connection_get_socket (*connection), G_IO_IN,
                                         G_USEC_PER_SEC / 50, NULL, NULL))
    return FALSE;
  g_autoptr (ServerReply) reply = server_reply_read (*connection);
  check_refusal (reply);
  g_clear_object (connection);
  return TRUE;
}

/* One thread, two places to wait: of ten requests at once, seven or more are told to come back. */
static void
test_overload (void)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  RoundsServerTuning tuning = { .max_waiting = 2 };
  OwnListener listener = { 0 };
  GSocketConnection *connections[10];
  guint n_served = 0;
  guint n_refused = 0;

  start_listener (&listener, &tuning);
  g_mutex_lock (&gate);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    connections[i] = own_listener_send (&listener, GET_WAIT);
  /* The refused ones are answered while the gate is shut. */
  while (n_refused < 7 && g_get_monotonic_time () < end)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
        n_refused += take_refusal (&connections[i]) ? 1 : 0;
    }
  g_mutex_unlock (&gate);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      if (connections[i] == NULL)
        continue;
      g_autoptr (ServerReply) reply = server_reply_read (connections[i]);
      g_assert_nonnull (reply);
      if (reply->status == 200)
        n_served++;
      else
        check_refusal (reply); /* it took its time to come */
      g_clear_object (&connections[i]);
    }
  g_assert_cmpuint (n_refused, >=, 7);
  g_assert_cmpuint (n_served, >=, 2);
  own_listener_stop (&listener);
}

static void
test_stop_waits_for_handlers (void)
{
  OwnListener listener = { 0 };
  start_listener (&listener, NULL);
  g_mutex_lock (&gate);
  g_autoptr (GSocketConnection) first = own_listener_send (&listener, GET_WAIT);
  g_autoptr (GSocketConnection) second = own_listener_send (&listener, GET_WAIT);
  g_mutex_unlock (&gate);
  g_autoptr (ServerReply) one = server_reply_read (first);
  g_autoptr (ServerReply) two = server_reply_read (second);

  g_assert_cmpuint (one->status, ==, 200);
  g_assert_cmpuint (two->status, ==, 200);
  /* Both connections stay open and idle: that holds up nothing. */
  own_listener_stop (&listener);
}

static void
test_address_taken (void)
{
  OwnListener listener = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  start_listener (&listener, NULL);

  listener.config->port = listener.port;
  RoundsServerOptions wanted = {
    .config = listener.config,
    .clock = clock,
    .routes = table,
    .n_routes = G_N_ELEMENTS (table),
  };
  g_assert_null (rounds_server_new (&wanted, &error));
  g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_LISTEN);
  own_listener_stop (&listener);
}

static gboolean
is_answered (GSocketConnection *connection)
{
  return g_socket_condition_check (g_socket_connection_get_socket (connection), G_IO_IN) != 0;
}

/* Who comes when all places are taken waits until somebody leaves, and is answered then. */
static void
test_places (void)
{
  static const char *const get = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
  RoundsServerTuning tuning = { .max_connections = 2 };
  OwnListener listener = { 0 };

  start_listener (&listener, &tuning);
  g_autoptr (GSocketConnection) first = own_listener_send (&listener, get);
  g_autoptr (ServerReply) one = server_reply_read (first);
  g_autoptr (GSocketConnection) second = own_listener_send (&listener, get);
  g_autoptr (ServerReply) two = server_reply_read (second);
  g_autoptr (GSocketConnection) third = own_listener_send (&listener, get);

  g_assert_cmpuint (one->status, ==, 404);
  g_assert_cmpuint (two->status, ==, 404);
  g_assert_false (is_answered (third));
  g_clear_object (&first);
  g_autoptr (ServerReply) three = server_reply_read (third);
  g_assert_nonnull (three);
  g_assert_cmpuint (three->status, ==, 404);
  own_listener_stop (&listener);
}

/* Those of one address beyond its share are cut, and nobody else notices. */
static void
test_share_of_address (void)
{
  RoundsServerTuning tuning = { .max_per_address = 1 };
  OwnListener listener = { 0 };

  start_listener (&listener, &tuning);
  g_autoptr (GSocketConnection) first
      = own_listener_send (&listener, "GET /nothing HTTP/1.1\r\nHost: x\r\n");
  g_autoptr (GSocketConnection) second = own_listener_send (&listener, "");
  g_assert_null (server_reply_read (second));
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (first)),
                                            "\r\n", 2, NULL, NULL, NULL));
  g_autoptr (ServerReply) one = server_reply_read (first);
  g_assert_cmpuint (one->status, ==, 404);
  own_listener_stop (&listener);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Listener/slow-requests", test_slow_requests);
  g_test_add_func ("/Rounds/Server/Listener/overload", test_overload);
  g_test_add_func ("/Rounds/Server/Listener/stop-waits-for-handlers", test_stop_waits_for_handlers);
  g_test_add_func ("/Rounds/Server/Listener/address-taken", test_address_taken);
  g_test_add_func ("/Rounds/Server/Listener/places", test_places);
  g_test_add_func ("/Rounds/Server/Listener/share-of-address", test_share_of_address);
  return g_test_run ();
}
