/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Thousands of WebSocket clients of one roundsd, and when each of them reads an event: the client's
 * part of `./dev bench events`, as cheap as it can be, since it shares the processor with the
 * server. It makes no events and judges no numbers; bench_events.py does.
 *
 * Standard input: "PORT CLIENTS CLIENTS-OF-ONE", a bearer token a line until an empty line, then
 * commands. Security: so no token is in an argument. Standard output: "open" once all are there;
 * after "quiet", "quiet" when nothing has come for a fifth of a second; after "event", "waiting",
 * and then the moments (CLOCK_MONOTONIC, µs) at which each client had read that there is something.
 */

#include "config.h"

#include "bench-fail.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS 30000
#define QUIET_MS 200
#define MAX_EVENTS 512
#define MAX_LINE 256

typedef struct
{
  int epoll;
  int *sockets;
  gboolean *waiting; /* by the number of the client */
  guint n_sockets;
  guint n_waiting;
} Clients;

/* Without its line's end; FALSE at the end of all. */
static gboolean
read_line (char line[static MAX_LINE])
{
  if (fgets (line, MAX_LINE, stdin) == NULL)
    return FALSE;
  line[strcspn (line, "\n")] = '\0';
  return TRUE;
}

static void
say (const char *word)
{
  puts (word);
  fflush (stdout);
}

static void
send_all (int fd, const char *text)
{
  gsize length = strlen (text);

  if (send (fd, text, length, MSG_NOSIGNAL) != (gssize)length)
    bench_fail ("A request could not be sent: %s", g_strerror (errno));
}

/* Until the server has said hello. */
static void
await_hello (int fd)
{
  char answer[2048];
  gsize length = 0;

  while (length + 1 < sizeof answer)
    {
      gssize n = recv (fd, answer + length, sizeof answer - 1 - length, 0);

      if (n <= 0)
        break;
      length += (gsize)n;
      if (memmem (answer, length, "\"hello\"", 7) != NULL)
        return;
    }
  answer[length] = '\0';
  bench_fail ("A WebSocket was refused: %.100s", answer);
}

static int
open_socket (guint16 port, const char *token)
{
  const struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  g_autofree char *request
      = g_strdup_printf ("GET /api/events HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Authorization: Bearer %s\r\n\r\n",
                         token);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || connect (fd, (const struct sockaddr *)&address, sizeof address) != 0)
    bench_fail ("A connection could not be opened: %s", g_strerror (errno));
  send_all (fd, request);
  await_hello (fd);
  return fd;
}

static void
open_all (Clients *self)
{
  char line[MAX_LINE];
  guint port, n_clients, n_of_one;
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);

  if (!read_line (line) || sscanf (line, "%u %u %u", &port, &n_clients, &n_of_one) != 3)
    bench_fail ("PORT CLIENTS CLIENTS-OF-ONE are expected");
  while (read_line (line) && line[0] != '\0')
    g_ptr_array_add (tokens, g_strdup (line));
  if (n_of_one == 0 || tokens->len * n_of_one < n_clients)
    bench_fail ("There are too few tokens");
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->sockets = g_new0 (int, n_clients);
  self->waiting = g_new0 (gboolean, n_clients);
  for (; self->n_sockets < n_clients; self->n_sockets++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.u32 = self->n_sockets };
      int fd = open_socket ((guint16)port, g_ptr_array_index (tokens, self->n_sockets / n_of_one));

      self->sockets[self->n_sockets] = fd;
      epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event);
    }
  say ("open");
}

/* Whether it brought news. */
static gboolean
read_socket (Clients *self, guint number)
{
  char bytes[4096];
  gssize n = recv (self->sockets[number], bytes, sizeof bytes, MSG_DONTWAIT);

  if (n == 0)
    bench_fail ("The server closed a WebSocket");
  return n > 0 && memmem (bytes, (gsize)n, "\"changes\"", 9) != NULL;
}

/* Until nothing has come for a while: states come behind the news. */
static void
await_quiet (Clients *self)
{
  struct epoll_event events[MAX_EVENTS];
  int n_events;

  while ((n_events = epoll_wait (self->epoll, events, MAX_EVENTS, QUIET_MS)) > 0)
    {
      for (int i = 0; i < n_events; i++)
        read_socket (self, events[i].data.u32);
    }
  say ("quiet");
}

static void
await_event (Clients *self)
{
  struct epoll_event events[MAX_EVENTS];

  self->n_waiting = self->n_sockets;
  for (guint i = 0; i < self->n_sockets; i++)
    self->waiting[i] = TRUE;
  say ("waiting");
  while (self->n_waiting > 0)
    {
      int n_events = epoll_wait (self->epoll, events, MAX_EVENTS, PATIENCE_MS);

      if (n_events <= 0)
        bench_fail ("%u clients heard nothing", self->n_waiting);
      for (int i = 0; i < n_events; i++)
        {
          guint number = events[i].data.u32;

          if (!read_socket (self, number) || !self->waiting[number])
            continue;
          self->waiting[number] = FALSE;
          self->n_waiting--;
          printf ("%" G_GINT64_FORMAT " ", g_get_monotonic_time ());
        }
    }
  say ("");
}

int
main (void)
{
  static char buffer[1024 * 1024];
  Clients clients = { .epoll = -1 };
  char line[MAX_LINE];

  /* What is printed while events come in is written when all have come. */
  setvbuf (stdout, buffer, _IOFBF, sizeof buffer);
  open_all (&clients);
  while (read_line (line))
    {
      if (g_str_equal (line, "event"))
        await_event (&clients);
      else
        await_quiet (&clients);
    }
  for (guint i = 0; i < clients.n_sockets; i++)
    close (clients.sockets[i]);
  close (clients.epoll);
  g_free (clients.sockets);
  g_free (clients.waiting);
  return 0;
}
