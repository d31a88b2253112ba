/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Two roundsd on one PostgreSQL: what is written through one wakes the clients of the other, at
 * once, and goes on doing so after a node has died.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"
#include "socket-client.h"

#include <string.h>

/* Well below the second after which a node looks by itself. */
#define AT_ONCE (700 * G_TIME_SPAN_MILLISECOND)
#define N_ROUNDS 5

static ApiWorld *world;

static ServerFixture *
start_node (void)
{
  const char *environment[] = {
    "JITSI_APP_ID=" API_APP_ID,
    "JITSI_SECRET=" API_SECRET,
    "JITSI_DOMAIN=" API_DOMAIN,
    NULL,
  };
  return server_fixture_new_with (&(ServerFixtureOptions){
      .environment = environment,
      .database = server_fixture_get_database (world->server),
  });
}

static void
read_news (SocketClient *client)
{
  for (;;)
    {
      g_autoptr (Frame) frame = socket_client_read_message (client);
      g_assert_nonnull (frame);
      g_assert_cmpint (frame->type, ==, FRAME_TEXT);
      if (strstr (frame->text, "\"changes\"") != NULL)
        return;
    }
}

static void
test_other_node (void)
{
  g_autoptr (ServerFixture) other = start_node ();
  g_autoptr (SocketClient) client = socket_client_new (other, "/api/events", world->tokens[DOCTOR]);
  g_autoptr (Frame) hello = socket_client_read (client);
  gint64 fastest = G_MAXINT64;

  for (int i = 0; i < N_ROUNDS; i++)
    {
      gint64 began = g_get_monotonic_time ();
      g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
      read_news (client);
      fastest = MIN (fastest, g_get_monotonic_time () - began);
    }
  g_assert_cmpint (fastest, <, AT_ONCE);
}

static void
test_node_dies (void)
{
  g_autoptr (ServerFixture) other = start_node ();
  ServerFixture *dying = start_node ();
  g_autoptr (SocketClient) client = socket_client_new (dying, "/api/events", world->tokens[DOCTOR]);
  g_autoptr (Frame) hello = socket_client_read (client);
  g_autoptr (JsonNode) node = json_from_string (hello->text, NULL);
  const char *cursor = api_text (json_node_get_object (node), "cursor");
  g_autofree char *path = g_strconcat ("/api/events?since=", cursor, NULL);

  server_fixture_kill (dying);
  server_fixture_free (dying);
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autoptr (SocketClient) again = socket_client_new (other, path, world->tokens[DOCTOR]);
  read_news (again);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  if (server_fixture_get_database (world->server) != NULL)
    {
      g_test_add_func ("/Rounds/Server/ApiNodes/other-node", test_other_node);
      g_test_add_func ("/Rounds/Server/ApiNodes/node-dies", test_node_dies);
    }
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
