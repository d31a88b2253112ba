/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A server in the test's own process.
 */

#include "own-listener.h"

#include "rounds-server-schema.h"

#include <string.h>

void
own_listener_start (OwnListener *self, const RoundsRoute *routes, gsize n_routes,
                    const RoundsServerTuning *tuning)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  const char *environment[] = { "ROUNDS_WORKERS=1", NULL };

  self->folder = rounds_test_folder_new ();
  RoundsServerConfigOptions options = { .port = 0, .data_dir = self->folder };
  self->config = rounds_server_config_load (&options, environment, &error);
  g_assert_no_error (error);
  g_autofree char *path = rounds_server_config_dup_db_path (self->config);
  RoundsDbOptions db_options = { .path = path };
  g_autoptr (RoundsDb) db = rounds_db_open (&db_options, &error);
  g_assert_true (rounds_server_schema_migrate (db, &error));
  RoundsServerOptions wanted = {
    .config = self->config,
    .clock = clock,
    .routes = routes,
    .n_routes = n_routes,
    .tuning = tuning,
  };
  self->server = rounds_server_new (&wanted, &error);
  g_assert_no_error (error);
  g_autofree char *uri = rounds_server_dup_uri (self->server);
  self->port = (guint16)g_ascii_strtoull (strrchr (uri, ':') + 1, NULL, 10);
}

void
own_listener_stop_within (OwnListener *self, gint64 patience)
{
  rounds_server_stop (self->server, patience);
  rounds_server_config_free (self->config);
  rounds_test_folder_free (self->folder);
}

void
own_listener_stop (OwnListener *self)
{
  own_listener_stop_within (self, G_USEC_PER_SEC);
}

GSocketConnection *
own_listener_send (OwnListener *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_timeout (client, 30);
  g_socket_client_set_enable_proxy (client, FALSE);
  GSocketConnection *connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, &error);
  g_assert_no_error (error);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL));
  return connection;
}
