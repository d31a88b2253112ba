/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The socket that roundsd listens on: systemd's, where it hands one over, else one of its own.
 * Accepting is the acceptor's.
 */

#include "config.h"

#include "rounds-listen-socket.h"

#include "rounds-server-error.h"
#include "rounds-supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/socket.h>

#define BACKLOG 1024

static char *
describe_address (GSocketAddress *address)
{
  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    return g_strconcat ("unix:", g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)),
                        NULL);
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  g_autofree char *host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  gboolean v6 = g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  return g_strdup_printf (v6 ? "http://[%s]:%u" : "http://%s:%u", host,
                          g_inet_socket_address_get_port (inet));
}

/* A socket that a server before us left behind. One that somebody still listens on stays. */
static gboolean
clear_path (GSocketAddress *address, const char *path, GError **error)
{
  GStatBuf info;
  g_autoptr (GSocket) probe = NULL;

  if (g_lstat (path, &info) != 0)
    return TRUE;
  probe = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, error);
  if (probe == NULL)
    return FALSE;
  if (!S_ISSOCK (info.st_mode) || g_socket_connect (probe, address, NULL, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                           S_ISSOCK (info.st_mode) ? "another program listens there"
                                                   : "there is a file that is no socket");
      return FALSE;
    }
  return g_unlink (path) == 0 || errno == ENOENT;
}

static GSocket *
bind_socket (GSocketAddress *address, const char *path, GError **error)
{
  g_autoptr (GSocket) sock
      = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, 0, error);
  if (sock == NULL || (path != NULL && !clear_path (address, path, error)))
    return NULL;
  g_socket_set_listen_backlog (sock, BACKLOG);
  if (!g_socket_bind (sock, address, TRUE, error))
    return NULL;
  /* Security: for the web server's group; who it is, the folder around it decides. */
  if (path != NULL && g_chmod (path, 0660) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  return g_socket_listen (sock, error) ? g_steal_pointer (&sock) : NULL;
}

static int
read_option (int fd, int option)
{
  int value = -1;
  socklen_t length = sizeof value;

  return getsockopt (fd, SOL_SOCKET, option, &value, &length) == 0 ? value : -1;
}

/* The descriptor that systemd opened for us; −1 without @error when there is none. */
static int
take_passed (char **uri, GError **error)
{
  const int passed = ROUNDS_SUPERVISOR_FIRST_FD;
  guint n_passed = rounds_supervisor_take_fds ();
  g_autoptr (GSocket) sock = NULL;
  g_autoptr (GSocketAddress) bound = NULL;
  int fd = -1;

  if (n_passed == 0)
    return -1;
  if (n_passed == 1 && read_option (passed, SO_TYPE) == SOCK_STREAM
      && read_option (passed, SO_ACCEPTCONN) == 1)
    sock = g_socket_new_from_fd (passed, NULL);
  if (sock != NULL)
    bound = g_socket_get_local_address (sock, NULL);
  if (bound != NULL)
    fd = fcntl (passed, F_DUPFD_CLOEXEC, 3);
  if (fd < 0)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_LISTEN,
                           "systemd has to hand over one listening stream socket");
      return -1;
    }
  *uri = describe_address (bound);
  return fd;
}

static int
open_own (const RoundsServerConfig *config, char **uri, GError **error)
{
  g_autoptr (GSocketAddress) wanted
      = config->listen_path != NULL
            ? g_unix_socket_address_new (config->listen_path)
            : g_inet_socket_address_new_from_string (config->listen_address, config->port);
  if (wanted == NULL)
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_LISTEN,
                   "“%s” is not an IP address to listen on", config->listen_address);
      return -1;
    }
  g_autoptr (GError) reason = NULL;
  g_autoptr (GSocket) sock = bind_socket (wanted, config->listen_path, &reason);
  g_autoptr (GSocketAddress) bound
      = sock != NULL ? g_socket_get_local_address (sock, &reason) : NULL;
  /* GSocket closes its descriptor when it goes; the acceptor gets one of its own. */
  int fd = bound != NULL ? fcntl (g_socket_get_fd (sock), F_DUPFD_CLOEXEC, 3) : -1;
  if (fd < 0)
    {
      g_autofree char *place = describe_address (wanted);
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_LISTEN,
                   "Cannot listen on %s: %s", place,
                   reason != NULL ? reason->message : "no descriptor left");
      return -1;
    }
  *uri = describe_address (bound);
  return fd;
}

int
rounds_listen_socket_open (const RoundsServerConfig *config, char **uri, GError **error)
{
  g_return_val_if_fail (config != NULL && uri != NULL, -1);

  g_autoptr (GError) reason = NULL;
  int fd = take_passed (uri, &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return -1;
    }
  return fd >= 0 ? fd : open_own (config, uri, error);
}
