/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The socket that roundsd listens on.
 * Accepting is libmicrohttpd's.
 */

#include "config.h"

#include "rounds-listen-socket.h"

#include "rounds-server-error.h"

#include <fcntl.h>
#include <gio/gio.h>

#define BACKLOG 1024

static char *
describe_address (GSocketAddress *address)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  g_autofree char *host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  gboolean v6 = g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  return g_strdup_printf (v6 ? "http://[%s]:%u" : "http://%s:%u", host,
                          g_inet_socket_address_get_port (inet));
}

static GSocket *
bind_socket (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) sock = g_socket_new (g_socket_address_get_family (address),
                                           G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (sock == NULL)
    return NULL;
  g_socket_set_listen_backlog (sock, BACKLOG);
  if (!g_socket_bind (sock, address, TRUE, error) || !g_socket_listen (sock, error))
    return NULL;
  return g_steal_pointer (&sock);
}

int
rounds_listen_socket_open (const RoundsServerConfig *config, char **uri, GError **error)
{
  g_return_val_if_fail (config != NULL && uri != NULL, -1);

  g_autoptr (GError) reason = NULL;
  g_autoptr (GSocketAddress) wanted
      = g_inet_socket_address_new_from_string (config->listen_address, config->port);
  if (wanted == NULL)
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_LISTEN,
                   "“%s” is not an IP address to listen on", config->listen_address);
      return -1;
    }
  g_autoptr (GSocket) sock = bind_socket (wanted, &reason);
  g_autoptr (GSocketAddress) bound
      = sock != NULL ? g_socket_get_local_address (sock, &reason) : NULL;
  /* GSocket closes its descriptor when it goes; libmicrohttpd gets one of its own. */
  int fd = bound != NULL ? fcntl (g_socket_get_fd (sock), F_DUPFD_CLOEXEC, 3) : -1;
  if (fd < 0)
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_LISTEN,
                   "Cannot listen on %s, port %u: %s", config->listen_address, config->port,
                   reason != NULL ? reason->message : "no descriptor left");
      return -1;
    }
  *uri = describe_address (bound);
  return fd;
}
