/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One kind of request over and over again, on connections that are kept open: the load of `./dev
 * bench server`. Three system calls for an answer at most, since it shares the processor with the
 * server that it measures. It understands no more of HTTP than the two servers beside each other
 * say, and judges no numbers; bench_server.py does.
 *
 * Arguments: PORT-OR-SOCKET CONNECTIONS SECONDS MOST-REQUESTS. Standard input: a method, a bearer
 * token or nothing, a body or nothing, then the paths to take turns with, each on a line. Security:
 * so no token is in an argument. Standard output: what came back, as a line of JSON.
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
#include <sys/un.h>
#include <unistd.h>

#define PATIENCE_MS 20000
#define MAX_EVENTS 256
#define CHUNK (256 * 1024)
#define LENGTH_NAME "\r\nContent-Length: "

typedef struct
{
  int fd;
  GString *head; /* as far as it has come */
  gsize missing; /* bytes of the body, once the head is there */
} Connection;

typedef struct
{
  GPtrArray *requests; /* of GString */
  guint n_sent;
  guint n_answers;
  guint n_refused;
  guint n_broken;
  char *chunk;
} Load;

/* Without its line's end, to be freed; NULL at the end of all. */
static char *
read_line (void)
{
  char *line = NULL;
  size_t size = 0;

  if (getline (&line, &size, stdin) < 0)
    {
      free (line);
      return NULL;
    }
  line[strcspn (line, "\n")] = '\0';
  return line;
}

static GPtrArray *
read_requests (void)
{
  GPtrArray *requests = g_ptr_array_new ();
  char *method = read_line ();
  char *token = read_line ();
  char *body = read_line ();
  char *path;

  if (body == NULL)
    bench_fail ("A method, a token, a body and paths are expected");
  while ((path = read_line ()) != NULL)
    {
      GString *request = g_string_new (NULL);

      g_string_append_printf (request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, path);
      if (*token != '\0')
        g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
      if (*body != '\0')
        g_string_append_printf (
            request, "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen (body));
      g_string_append_printf (request, "\r\n%s", body);
      g_ptr_array_add (requests, request);
      free (path);
    }
  if (requests->len == 0)
    bench_fail ("There is no path to ask for");
  free (method);
  free (token);
  free (body);
  return requests;
}

static void
send_next (Load *self, Connection *connection)
{
  const GString *request = self->requests->pdata[self->n_sent++ % self->requests->len];

  /* Nothing else is on its way to the server: all of it finds room. */
  if (send (connection->fd, request->str, request->len, MSG_NOSIGNAL) != (gssize)request->len)
    self->n_broken++;
}

/* Takes what of @data belongs to the head. FALSE when more has to come, or when it cannot be
 * understood. */
static gboolean
take_head (Load *self, Connection *connection, const char **data, gsize *length)
{
  gsize before = connection->head->len;

  g_string_append_len (connection->head, *data, (gssize)*length);
  const char *end = strstr (connection->head->str, "\r\n\r\n");
  if (end == NULL)
    return FALSE;
  const char *said = strstr (connection->head->str, LENGTH_NAME);
  if (!g_str_has_prefix (connection->head->str, "HTTP/1.1 ") || said == NULL || said > end)
    bench_fail ("An answer cannot be understood: %s", connection->head->str);
  if (connection->head->str[strlen ("HTTP/1.1 ")] != '2')
    self->n_refused++;
  connection->missing = g_ascii_strtoull (said + strlen (LENGTH_NAME), NULL, 10);
  gsize taken = (gsize)(end - connection->head->str) + strlen ("\r\n\r\n") - before;
  *data += taken;
  *length -= taken;
  return TRUE;
}

/* What came on @connection. */
static void
take (Load *self, Connection *connection, const char *data, gsize length)
{
  if (connection->missing == 0 && !take_head (self, connection, &data, &length))
    return;
  if (length > connection->missing)
    bench_fail ("More came than was asked for");
  connection->missing -= length;
  if (connection->missing > 0)
    return;
  g_string_truncate (connection->head, 0);
  self->n_answers++;
  send_next (self, connection);
}

/* A new connection to @place: a port of this machine, or the path of a Unix socket. */
static int
connect_to (const char *place)
{
  const struct sockaddr_in inet = { .sin_family = AF_INET,
                                    .sin_port = htons ((guint16)atoi (place)),
                                    .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct sockaddr_un local = { .sun_family = AF_UNIX };
  const gboolean is_path = g_path_is_absolute (place);
  int fd = socket (is_path ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (local.sun_path, place, sizeof local.sun_path);
  if (fd < 0
      || connect (fd, is_path ? (const struct sockaddr *)&local : (const struct sockaddr *)&inet,
                  is_path ? sizeof local : sizeof inet)
             != 0)
    bench_fail ("%s cannot be reached: %s", place, g_strerror (errno));
  return fd;
}

static void
connect_all (Load *self, int epoll, const char *place, guint n_connections)
{
  for (guint i = 0; i < n_connections; i++)
    {
      Connection *connection = g_new0 (Connection, 1);
      struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.ptr = connection };

      connection->fd = connect_to (place);
      connection->head = g_string_sized_new (4096);
      if (epoll_ctl (epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0)
        bench_fail ("Connection %u cannot be watched: %s", i, g_strerror (errno));
      send_next (self, connection);
    }
}

/* All that has come on @connection: only what comes after it is told again. */
static gboolean
receive (Load *self, Connection *connection)
{
  gssize length;

  do
    {
      length = recv (connection->fd, self->chunk, CHUNK, MSG_DONTWAIT);
      if (length <= 0)
        return length < 0 && errno == EAGAIN;
      take (self, connection, self->chunk, (gsize)length);
    }
  while (length == CHUNK);
  return TRUE;
}

/* One look at all connections. */
static void
take_turn (Load *self, int epoll)
{
  struct epoll_event events[MAX_EVENTS];
  int n_ready = epoll_wait (epoll, events, MAX_EVENTS, PATIENCE_MS);

  if (n_ready <= 0)
    bench_fail ("The server said nothing for %d s", PATIENCE_MS / 1000);
  for (int i = 0; i < n_ready; i++)
    {
      Connection *connection = events[i].data.ptr;

      if (receive (self, connection))
        continue;
      self->n_broken++;
      epoll_ctl (epoll, EPOLL_CTL_DEL, connection->fd, NULL);
    }
}

int
main (int argc, char *argv[])
{
  Load self = { .requests = NULL };

  if (argc != 5)
    bench_fail ("PORT-OR-SOCKET CONNECTIONS SECONDS MOST-REQUESTS are expected");
  self.requests = read_requests ();
  self.chunk = g_malloc (CHUNK);
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  const guint most = (guint)atoi (argv[4]);
  gint64 began = g_get_monotonic_time ();
  const gint64 end = began + (gint64)atoi (argv[3]) * G_USEC_PER_SEC;

  connect_all (&self, epoll, argv[1], (guint)atoi (argv[2]));
  while (self.n_answers < most && self.n_broken == 0 && g_get_monotonic_time () < end)
    take_turn (&self, epoll);
  printf ("{\"requests\":%u,\"microseconds\":%" G_GINT64_FORMAT ",\"refused\":%u,\"broken\":%u}\n",
          self.n_answers, g_get_monotonic_time () - began, self.n_refused, self.n_broken);
  return 0;
}
