/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Takes connections from the listening socket and deals them out to libmicrohttpd's threads.
 *
 * Left to themselves, these accept what they see: the one that wakes up first gets all that came
 * together, a proxy's whole pool for one, and the other processors stand idle for as long as those
 * connections live. MHD_add_connection() goes by the descriptor's number instead, and those of
 * connections that come together follow each other.
 */

#include "config.h"

#include "rounds-acceptor.h"

#include "rounds-server-error.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* When all places are taken, or descriptors or memory are short: how long nobody is let in (ms). */
#define NAP 100

struct _RoundsAcceptor
{
  int fd;
  int ending; /* an eventfd */
  RoundsConnections *connections;
  struct MHD_Daemon *daemon;
  guint most;
  GThread *thread;
  gboolean short_of; /* the thread's: what is missing was said */
};

/* The next one that waits is in @address; −1 when there is none, or when one cannot be had. */
static int
accept_next (RoundsAcceptor *self, struct sockaddr_storage *address, socklen_t *length)
{
  int fd;

  do
    {
      *length = sizeof *address;
      fd = accept4 (self->fd, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    }
  /* ECONNABORTED: that one has left; the next one may be there. */
  while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
  return fd;
}

/* Lets in who waits. FALSE when somebody has to go first. */
static gboolean
accept_all (RoundsAcceptor *self)
{
  struct sockaddr_storage address;
  socklen_t length;

  while (rounds_connections_count (self->connections) < self->most)
    {
      int fd = accept_next (self, &address, &length);
      if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        {
          self->short_of = FALSE;
          return TRUE;
        }
      if (fd < 0)
        {
          if (!self->short_of)
            g_warning ("No connection can be accepted: %s", g_strerror (errno));
          self->short_of = TRUE;
          return FALSE;
        }
      /* Takes the descriptor, whatever becomes of it: an address that has too many is cut here. */
      MHD_add_connection (self->daemon, fd, (const struct sockaddr *)&address, length);
    }
  return FALSE;
}

static gpointer
run_acceptor (gpointer data)
{
  RoundsAcceptor *self = data;
  struct pollfd looks[]
      = { { .fd = self->ending, .events = POLLIN }, { .fd = self->fd, .events = POLLIN } };
  gboolean open = TRUE;

  do
    {
      looks[1].revents = 0;
      if (poll (looks, open ? 2 : 1, open ? -1 : NAP) < 0)
        continue;
      if (looks[0].revents == 0)
        open = accept_all (self);
    }
  while (looks[0].revents == 0);
  return NULL;
}

RoundsAcceptor *
rounds_acceptor_new (int fd, RoundsConnections *connections, struct MHD_Daemon *daemon, guint most,
                     GError **error)
{
  g_return_val_if_fail (fd >= 0 && connections != NULL && daemon != NULL && most > 0, NULL);

  g_autoptr (RoundsAcceptor) self = g_new0 (RoundsAcceptor, 1);
  g_autoptr (GError) reason = NULL;

  self->fd = fd;
  self->connections = connections;
  self->daemon = daemon;
  self->most = most;
  self->ending = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->ending >= 0 && g_unix_set_fd_nonblocking (fd, TRUE, &reason))
    self->thread = g_thread_try_new ("acceptor", run_acceptor, self, &reason);
  if (self->thread != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
               "Connections cannot be accepted: %s",
               reason != NULL ? reason->message : "no descriptor left");
  return NULL;
}

void
rounds_acceptor_free (RoundsAcceptor *self)
{
  const guint64 one = 1;

  if (self == NULL)
    return;
  if (self->thread != NULL)
    {
      if (write (self->ending, &one, sizeof one) != sizeof one)
        g_assert_not_reached (); /* a counter that only this call raises */
      g_thread_join (self->thread);
    }
  if (self->ending >= 0)
    close (self->ending);
  close (self->fd);
  g_free (self);
}
