/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bytes of one WebSocket: read without waiting, so much at a turn; collected and sent together.
 * Nothing here grows with what the other side does or leaves undone.
 */

#include "config.h"

#include "rounds-event-socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Read at once before it is the others' turn. */
#define MAX_READ (16 * 1024)
#define SEND_BUFFER (16 * 1024)
/* Past this, nothing more is to be added. */
#define MAX_OUT 2048

/* Messages are small and are to arrive now; what a client does not take is not to pile up in the
 * kernel either. Where the socket has no such options, it works without. */
static void
tune (int fd)
{
  int yes = 1;
  int size = SEND_BUFFER;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

static gboolean
is_only_not_now (int error_number)
{
  return error_number == EAGAIN || error_number == EWOULDBLOCK;
}

void
rounds_event_socket_init (RoundsEventSocket *self, int fd, const char *early, gsize early_length)
{
  g_return_if_fail (self != NULL && fd >= 0);

  *self = (RoundsEventSocket){ .fd = fd };
  if (early_length > 0)
    self->early = g_bytes_new (early, early_length);
  tune (fd);
}

void
rounds_event_socket_clear (RoundsEventSocket *self)
{
  g_return_if_fail (self != NULL);

  close (self->fd);
  g_clear_pointer (&self->early, g_bytes_unref);
  g_clear_pointer (&self->out, g_byte_array_unref);
}

void
rounds_event_socket_begin_turn (RoundsEventSocket *self)
{
  self->n_read = 0;
}

static gssize
read_early (RoundsEventSocket *self, guint8 *buffer, gsize length)
{
  gsize n_early = 0;
  const guint8 *bytes = g_bytes_get_data (self->early, &n_early);
  gsize n = MIN (length, n_early);
  memcpy (buffer, bytes, n);
  g_autoptr (GBytes) all = g_steal_pointer (&self->early);
  if (n < n_early)
    self->early = g_bytes_new_from_bytes (all, n, n_early - n);
  return (gssize)n;
}

/* What recv() says, whatever signals come. */
static gssize
receive (RoundsEventSocket *self, void *buffer, gsize length)
{
  gssize n;

  do
    n = recv (self->fd, buffer, length, MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  if (n > 0)
    self->n_read += (gsize)n;
  else if (n == 0 || !is_only_not_now (errno))
    self->gone = TRUE;
  return n;
}

gssize
rounds_event_socket_read (RoundsEventSocket *self, guint8 *buffer, gsize length)
{
  g_return_val_if_fail (self != NULL && buffer != NULL, -1);

  if (self->early != NULL)
    return read_early (self, buffer, length);
  if (self->n_read >= MAX_READ)
    return -1;
  gssize n = receive (self, buffer, length);
  return n > 0 ? n : -1;
}

gboolean
rounds_event_socket_read_away (RoundsEventSocket *self)
{
  char buffer[1024];

  g_return_val_if_fail (self != NULL, FALSE);

  while (self->n_read < MAX_READ && receive (self, buffer, sizeof buffer) > 0)
    ;
  return !self->gone;
}

gboolean
rounds_event_socket_is_full (const RoundsEventSocket *self)
{
  return self->out != NULL && self->out->len >= MAX_OUT;
}

void
rounds_event_socket_add (RoundsEventSocket *self, const guint8 *bytes, gsize length)
{
  g_return_if_fail (self != NULL && bytes != NULL);

  if (self->out == NULL)
    self->out = g_byte_array_new ();
  g_byte_array_append (self->out, bytes, (guint)length);
}

void
rounds_event_socket_flush (RoundsEventSocket *self, gint64 now)
{
  gssize n;

  g_return_if_fail (self != NULL);

  if (self->out == NULL)
    return;
  do
    n = send (self->fd, self->out->data, self->out->len, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      if (!is_only_not_now (errno))
        self->gone = TRUE;
      else if (self->stuck_since == 0)
        self->stuck_since = now;
      return;
    }
  self->stuck_since = 0;
  if ((gsize)n < self->out->len)
    g_byte_array_remove_range (self->out, 0, (guint)n);
  else
    g_clear_pointer (&self->out, g_byte_array_unref);
}
