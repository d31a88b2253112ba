/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Talking to a supervisor without its library: that would be half a MiB of a server's memory, for a
 * datagram and two variables.
 */

#include "config.h"

#include "rounds-supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Far more than anybody hands over. */
#define MAX_FDS 64

static guint
read_number (const char *name, guint most)
{
  const char *text = g_getenv (name);
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, most, &number, NULL))
    return 0;
  return (guint)number;
}

guint
rounds_supervisor_take_fds (void)
{
  /* Somebody else's, left in the environment, are not for us. */
  gboolean ours = read_number ("LISTEN_PID", G_MAXINT) == (guint)getpid ();
  guint n_fds = ours ? read_number ("LISTEN_FDS", MAX_FDS) : 0;

  g_unsetenv ("LISTEN_PID");
  g_unsetenv ("LISTEN_FDS");
  g_unsetenv ("LISTEN_FDNAMES");
  for (guint i = 0; i < n_fds; i++)
    {
      if (fcntl (ROUNDS_SUPERVISOR_FIRST_FD + (int)i, F_SETFD, FD_CLOEXEC) != 0)
        return i;
    }
  return n_fds;
}

/* A path, or "@name" of Linux' abstract ones. */
static gboolean
fill_address (const char *name, struct sockaddr_un *address, socklen_t *length)
{
  gsize n_bytes = strlen (name);

  if ((name[0] != '/' && name[0] != '@') || n_bytes < 2 || n_bytes >= sizeof address->sun_path)
    return FALSE;
  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  memcpy (address->sun_path, name, n_bytes);
  *length = (socklen_t)(offsetof (struct sockaddr_un, sun_path) + n_bytes + 1);
  if (name[0] == '@')
    {
      address->sun_path[0] = '\0';
      (*length)--;
    }
  return TRUE;
}

static gboolean
send_state (const struct sockaddr_un *address, socklen_t length, const char *state)
{
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gssize n_sent;

  if (fd < 0)
    return FALSE;
  n_sent
      = sendto (fd, state, strlen (state), MSG_NOSIGNAL, (const struct sockaddr *)address, length);
  int saved_errno = errno;
  close (fd);
  errno = saved_errno;
  return n_sent == (gssize)strlen (state);
}

gboolean
rounds_supervisor_tell (const char *state, GError **error)
{
  g_return_val_if_fail (state != NULL, FALSE);

  const char *name = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address;
  socklen_t length = 0;

  if (name == NULL)
    return TRUE;
  if (!fill_address (name, &address, &length))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "NOTIFY_SOCKET is no path of a socket");
      return FALSE;
    }
  if (send_state (&address, length, state))
    return TRUE;
  int saved_errno = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               "The supervisor cannot be told: %s", g_strerror (saved_errno));
  return FALSE;
}
