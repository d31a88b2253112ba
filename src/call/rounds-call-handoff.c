/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A way for another program of the same person to get an address with a secret in it, without the
 * secret in a command line: a loopback address that answers once, with a redirection.
 * It starts no program.
 *
 * Security: every user of the machine may read command lines, and the path in ours is in one. So
 * the secret goes only to a connection that a process of our own user made, and once. Whoever runs
 * as our user could look into our memory anyway.
 */

#include "config.h"

#include "rounds-call-handoff.h"

#include <libdex.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rounds-future.h"
#include "rounds-id.h"
#include "rounds-wipe.h"

#define MAX_REQUEST 16384 /* bytes of head; a browser sends its cookies for 127.0.0.1 along */
#define REQUEST_SECONDS 10
#define PATH_BYTES 16

struct _RoundsCallHandoff
{
  GObject parent_instance;

  GSocketService *service;
  char *target; /* Security: has the token in it */
  char *path;
  char *uri;
};

G_DEFINE_FINAL_TYPE (RoundsCallHandoff, rounds_call_handoff, G_TYPE_OBJECT)

/* Answers nobody any more. */
static void
close_service (RoundsCallHandoff *self)
{
  if (self->service == NULL)
    return;

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
}

/* One connection, while its request is read and answered. */
typedef struct
{
  RoundsCallHandoff *handoff;
  GSocketConnection *connection;
} Visit;

static void
free_visit (gpointer data)
{
  Visit *visit = data;

  g_object_unref (visit->handoff);
  g_object_unref (visit->connection);
  g_free (visit);
}

/* The address as the kernel's table of connections writes it: words of the machine in hex. */
static char *
format_address (GInetSocketAddress *address, gboolean mapped)
{
  const guint8 *bytes = g_inet_address_to_bytes (g_inet_socket_address_get_address (address));
  gsize size = g_inet_address_get_native_size (g_inet_socket_address_get_address (address));
  guint8 whole[16] = { [10] = 0xff, [11] = 0xff };
  g_autoptr (GString) text = g_string_new (NULL);
  gsize first = mapped && size == 4 ? 0 : 16 - size;

  memcpy (whole + 16 - size, bytes, size);
  for (gsize i = first; i < 16; i += 4)
    {
      guint32 word;

      memcpy (&word, whole + i, 4);
      g_string_append_printf (text, "%08X", word);
    }
  g_string_append_printf (text, ":%04X", g_inet_socket_address_get_port (address));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gint64
find_uid_of_pair (const char *table, const char *local, const char *remote)
{
  g_autofree char *pair = g_strdup_printf (" %s %s ", local, remote);
  const char *found = strstr (table, pair);
  guint uid;

  /* What follows: state, queues, timer, retransmissions, user. */
  if (found == NULL || sscanf (found + strlen (pair), "%*s %*s %*s %*s %u", &uid) != 1)
    return -1;
  return uid;
}

/**
 * rounds_call_handoff_find_uid:
 * @table: what stands in /proc/net/tcp or tcp6
 * @peer: the address of the one who has called
 * @own: the address that was called
 *
 * Returns: the user whose process called, −1 when the table does not tell
 */
gint64
rounds_call_handoff_find_uid (const char *table, GInetSocketAddress *peer, GInetSocketAddress *own)
{
  gint64 uid = -1;

  g_return_val_if_fail (table != NULL, -1);

  for (guint mapped = 0; mapped < 2 && uid < 0; mapped++)
    {
      g_autofree char *local = format_address (peer, mapped);
      g_autofree char *remote = format_address (own, mapped);

      uid = find_uid_of_pair (table, local, remote);
    }
  return uid;
}

/* The tables are the kernel's memory, not a disk. One that cannot be read says nothing, and nobody
 * is let in on that. */
static gboolean
is_ours (GSocketConnection *connection)
{
  static const char *const paths[] = { "/proc/net/tcp", "/proc/net/tcp6" };
  g_autoptr (GSocketAddress) peer = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GSocketAddress) own = g_socket_connection_get_local_address (connection, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (peer) || !G_IS_INET_SOCKET_ADDRESS (own))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *table = NULL;

      if (g_file_get_contents (paths[i], &table, NULL, NULL)
          && rounds_call_handoff_find_uid (table, G_INET_SOCKET_ADDRESS (peer),
                                           G_INET_SOCKET_ADDRESS (own))
                 == (gint64)getuid ())
        return TRUE;
    }
  return FALSE;
}

/* Awaits the request's head. NULL: too long, or the other side has gone. */
static char *
read_head_fiber (GInputStream *stream)
{
  g_autoptr (GString) head = g_string_new (NULL);

  while (head->len < MAX_REQUEST)
    {
      g_autoptr (GBytes) bytes
          = dex_await_boxed (dex_input_stream_read_bytes (stream, 4096, G_PRIORITY_DEFAULT), NULL);
      gsize size = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

      if (size == 0 || memchr (data, '\0', size) != NULL)
        return NULL;
      g_string_append_len (head, data, (gssize)size);
      if (strstr (head->str, "\r\n\r\n") != NULL)
        return g_string_free_and_steal (g_steal_pointer (&head));
    }
  return NULL;
}

static char *
answer_request (RoundsCallHandoff *self, const char *head, gboolean ours)
{
  g_autofree char *wanted = g_strdup_printf ("GET %s HTTP/1.", self->path);
  const char *status = "404 Not Found";

  if (head != NULL && g_str_has_prefix (head, wanted) && self->service != NULL)
    {
      if (ours)
        return g_strdup_printf ("HTTP/1.1 303 See Other\r\nLocation: %s\r\n"
                                "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
                                "Content-Length: 0\r\nConnection: close\r\n\r\n",
                                self->target);
      status = "403 Forbidden";
    }
  return g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
}

/* Nobody is told of a failure: whoever calls here and gets no answer sees it in their browser. */
static DexFuture *
answer_fiber (gpointer data)
{
  Visit *visit = data;
  GIOStream *stream = G_IO_STREAM (visit->connection);
  gboolean ours = is_ours (visit->connection);
  g_autofree char *head = read_head_fiber (g_io_stream_get_input_stream (stream));
  g_autoptr (RoundsSecretText) answer = answer_request (visit->handoff, head, ours);
  g_autoptr (GBytes) bytes = g_bytes_new (answer, strlen (answer));
  g_autoptr (GError) error = NULL;

  /* From here on nobody else gets it. */
  if (g_str_has_prefix (answer, "HTTP/1.1 303"))
    close_service (visit->handoff);
  dex_await (dex_output_stream_write_bytes (g_io_stream_get_output_stream (stream), bytes,
                                            G_PRIORITY_DEFAULT),
             &error);
  g_io_stream_close (stream, NULL, NULL);
  return dex_future_new_true ();
}

static gboolean
incoming_cb (RoundsCallHandoff *self, GSocketConnection *connection)
{
  Visit *visit = g_new0 (Visit, 1);

  g_socket_set_timeout (g_socket_connection_get_socket (connection), REQUEST_SECONDS);
  visit->handoff = g_object_ref (self);
  visit->connection = g_object_ref (connection);
  dex_future_disown (rounds_spawn (answer_fiber, visit, free_visit));
  return TRUE;
}

static void
rounds_call_handoff_dispose (GObject *object)
{
  close_service (ROUNDS_CALL_HANDOFF (object));

  G_OBJECT_CLASS (rounds_call_handoff_parent_class)->dispose (object);
}

static void
rounds_call_handoff_finalize (GObject *object)
{
  RoundsCallHandoff *self = ROUNDS_CALL_HANDOFF (object);

  g_clear_pointer (&self->target, rounds_wipe_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->uri, g_free);

  G_OBJECT_CLASS (rounds_call_handoff_parent_class)->finalize (object);
}

static void
rounds_call_handoff_class_init (RoundsCallHandoffClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_call_handoff_dispose;
  object_class->finalize = rounds_call_handoff_finalize;
}

static void
rounds_call_handoff_init (RoundsCallHandoff *self)
{
}

static gboolean
listen (RoundsCallHandoff *self, GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *random = rounds_random_hex (PATH_BYTES);

  self->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &address,
                                      error))
    return FALSE;

  self->path = g_strconcat ("/", random, NULL);
  self->uri = g_strdup_printf ("http://127.0.0.1:%u%s",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)),
                               self->path);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self,
                           G_CONNECT_SWAPPED);
  return TRUE;
}

/**
 * rounds_call_handoff_new:
 * @target: where to send the one who calls; no line breaks
 *
 * Returns: (transfer full) (nullable): open from now on; it closes with its last reference, and
 *   as soon as it has answered
 */
RoundsCallHandoff *
rounds_call_handoff_new (const char *target, GError **error)
{
  g_autoptr (RoundsCallHandoff) self = NULL;

  g_return_val_if_fail (target != NULL && strpbrk (target, "\r\n") == NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_HANDOFF, NULL);
  self->target = g_strdup (target);
  if (!listen (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* What may stand in a command line. (transfer none) */
const char *
rounds_call_handoff_get_uri (RoundsCallHandoff *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_HANDOFF (self), NULL);

  return self->uri;
}
