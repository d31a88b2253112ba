/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The listener: libmicrohttpd's epoll threads read and write all connections. What becomes of a
 * request whose all parts are there is in rounds-listener-answers.c.
 */

#include "config.h"

#include "rounds-listener-private.h"

#include "rounds-client-address.h"
#include "rounds-listen-socket.h"
#include "rounds-server-error.h"
#include "rounds-server-log.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

/* All that libmicrohttpd keeps of a connection; what does not fit (a head of more than about 11
 * KiB) it refuses itself. It wipes all of it between two requests. */
#define CONNECTION_MEMORY (12 * 1024)

/* More do not help: what is left to do is the kernel's. */
#define MOST_THREADS 4

/* Connections beyond the limit that may be accepted until those before them are counted. */
#define SPARE_PLACES 1024

RoundsConnection *
rounds_listener_get_connection (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info != NULL ? info->socket_context : NULL;
}

/* libmicrohttpd's callbacks, all on the listener's thread */

/* The request line. An exchange begins with the complete head only: from then on the end is told,
 * whatever comes. */
static void *
request_begins_cb (void *data, const char *target, struct MHD_Connection *connection)
{
  RoundsListener *self = data;
  RoundsConnection *open = rounds_listener_get_connection (connection);
  rounds_connections_set_turn (self->connections, open, ROUNDS_TURN_REQUEST);
  rounds_connection_set_target (open, target);
  return NULL;
}

static RoundsExchange *
begin_exchange (RoundsListener *self, struct MHD_Connection *connection)
{
  char *target = rounds_connection_take_target (rounds_listener_get_connection (connection));

  g_atomic_int_inc (&self->n_exchanges);
  return rounds_exchange_new (connection, target != NULL ? target : g_strdup (""));
}

static enum MHD_Result
request_arrives_cb (void *data, struct MHD_Connection *connection, const char *url,
                    const char *method, const char *version, const char *upload,
                    size_t *upload_length, void **request)
{
  RoundsListener *self = data;
  RoundsExchange *exchange = *request;

  if (exchange == NULL)
    {
      exchange = *request = begin_exchange (self, connection);
      const char *peer = rounds_connection_get_peer (rounds_listener_get_connection (connection));
      if (rounds_exchange_read_head (exchange, self->options.context->config, peer, self->router,
                                     method))
        rounds_listener_hand_over (self, exchange);
      return MHD_YES;
    }
  if (*upload_length > 0)
    {
      if (!rounds_exchange_read_body (exchange, upload, *upload_length))
        return MHD_NO;
      *upload_length = 0;
      return MHD_YES;
    }
  rounds_listener_hand_over (self, exchange);
  return MHD_YES;
}

static void
request_ends_cb (void *data, struct MHD_Connection *connection, void **request,
                 enum MHD_RequestTerminationCode reason)
{
  RoundsListener *self = data;
  RoundsConnection *open = rounds_listener_get_connection (connection);

  if (open != NULL)
    rounds_connections_set_turn (self->connections, open, ROUNDS_TURN_REQUEST);
  /* A head that was left unfinished is told of as well. */
  if (*request == NULL)
    return;
  g_clear_pointer ((RoundsExchange **)request, rounds_exchange_free);
  if (!g_atomic_int_dec_and_test (&self->n_exchanges) || g_atomic_int_get (&self->stopping) == 0)
    return;
  /* Only who stops waits for that; telling nobody would be a system call as well. */
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_cond_signal (&self->finished);
}

static void
connection_changes_cb (void *data, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode what)
{
  RoundsListener *self = data;
  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    {
      /* What libmicrohttpd tells is good until it is asked the next thing. */
      const union MHD_ConnectionInfo *info
          = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
      int fd = info->connect_fd;
      *context = rounds_connections_add (self->connections, fd,
                                         rounds_client_address_dup_peer (connection));
    }
  else if (*context != NULL)
    {
      rounds_connections_remove (self->connections, *context);
      *context = NULL;
    }
}

/* rounds_uri_decode() makes a target safe to read; libmicrohttpd is to change nothing. */
static size_t
keep_escaped_cb (void *data, struct MHD_Connection *connection, char *text)
{
  return strlen (text);
}

/* Starting and stopping */

RoundsListener *
rounds_listener_new (const RoundsListenerOptions *options)
{
  g_return_val_if_fail (options != NULL && options->context != NULL, NULL);

  RoundsListener *self = g_new0 (RoundsListener, 1);
  self->options = *options;
  self->router = rounds_router_new (options->routes, options->n_routes);
  self->connections = rounds_connections_new (options->tuning->turn_time);
  self->writes_later
      = rounds_db_writer_set_written (options->context->writer, rounds_listener_take_written, self);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->finished);
  return self;
}

/* Each thread has connections of its own; 0 is libmicrohttpd's way to say one. */
static unsigned int
count_threads (void)
{
  guint n_threads = MIN (g_get_num_processors (), MOST_THREADS);

  return n_threads > 1 ? n_threads : 0;
}

/* It knows no listening socket. Connections are the acceptor's to count, and each thread may come
 * to have all of them. */
static struct MHD_Daemon *
start_daemon (RoundsListener *self)
{
  const RoundsServerTuning *tuning = self->options.tuning;
  const unsigned int n_threads = count_threads ();

  return MHD_start_daemon (
      MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC
          | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG | MHD_USE_NO_LISTEN_SOCKET,
      0, NULL, NULL, request_arrives_cb, self,
      /* First, so that it is in use for what the other options have to say. */
      MHD_OPTION_EXTERNAL_LOGGER, rounds_server_log_library, NULL,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT,
      (tuning->max_connections + SPARE_PLACES) * MAX (n_threads, 1),
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, tuning->max_per_address, MHD_OPTION_CONNECTION_TIMEOUT,
      tuning->idle_seconds, MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1, MHD_OPTION_URI_LOG_CALLBACK,
      request_begins_cb, self, MHD_OPTION_NOTIFY_COMPLETED, request_ends_cb, self,
      MHD_OPTION_NOTIFY_CONNECTION, connection_changes_cb, self, MHD_OPTION_UNESCAPE_CALLBACK,
      keep_escaped_cb, NULL, MHD_OPTION_THREAD_POOL_SIZE, n_threads, MHD_OPTION_END);
}

/* A thread that is woken interrupts the one that woke it, as is good for a desktop; here it makes
 * few requests ready at a time, and each of them a change of threads. So libmicrohttpd's, which
 * have the policy of the one that starts them, wait for their turn. The others do not: beside a
 * flood, a healthy client would wait with them. What an administrator chose himself stays. It is
 * about speed only: where a sandbox forbids it, all goes on as it was. */
static struct MHD_Daemon *
start_patient_daemon (RoundsListener *self)
{
  const struct sched_param parameter = { 0 };
  const gboolean usual = sched_getscheduler (0) == SCHED_OTHER;

  if (usual)
    sched_setscheduler (0, SCHED_BATCH, &parameter);
  struct MHD_Daemon *daemon = start_daemon (self);
  if (usual)
    sched_setscheduler (0, SCHED_OTHER, &parameter);
  return daemon;
}

gboolean
rounds_listener_start (RoundsListener *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->daemon == NULL, FALSE);

  int fd = rounds_listen_socket_open (self->options.context->config, &self->uri, error);
  if (fd < 0)
    return FALSE;
  self->daemon = start_patient_daemon (self);
  if (self->daemon == NULL)
    {
      close (fd);
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                           "The HTTP listener cannot be started");
      return FALSE;
    }
  self->acceptor = rounds_acceptor_new (fd, self->connections, self->daemon,
                                        self->options.tuning->max_connections, error);
  if (self->acceptor == NULL)
    g_clear_pointer (&self->daemon, MHD_stop_daemon);
  return self->acceptor != NULL;
}

/* Until no request is under way, or for @patience µs. */
static void
wait_for_exchanges (RoundsListener *self, gint64 patience)
{
  gint64 end = g_get_monotonic_time () + patience;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (g_atomic_int_get (&self->n_exchanges) > 0)
    {
      if (!g_cond_wait_until (&self->finished, &self->mutex, end))
        return;
    }
}

void
rounds_listener_begin_stop (RoundsListener *self)
{
  g_return_if_fail (self != NULL && self->daemon != NULL);

  g_atomic_int_set (&self->stopping, 1);
  g_clear_pointer (&self->acceptor, rounds_acceptor_free);
}

void
rounds_listener_stop (RoundsListener *self, gint64 patience)
{
  g_return_if_fail (self != NULL && self->daemon != NULL && self->acceptor == NULL);

  wait_for_exchanges (self, patience);
  /* The workers first: each job left resumes its connection, and libmicrohttpd cannot stop with one
   * suspended. What arrives from here on finds no worker and is answered with 503. */
  rounds_worker_pool_finish (self->options.workers);
  rounds_worker_pool_finish (self->options.slow_workers);
  g_clear_pointer (&self->daemon, MHD_stop_daemon);
}

const char *
rounds_listener_get_uri (RoundsListener *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->uri;
}

void
rounds_listener_free (RoundsListener *self)
{
  if (self == NULL)
    return;
  g_assert (self->daemon == NULL);
  rounds_connections_free (self->connections);
  rounds_router_free (self->router);
  g_cond_clear (&self->finished);
  g_mutex_clear (&self->mutex);
  g_free (self->uri);
  g_free (self);
}
