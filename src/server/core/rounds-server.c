/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The listener: one epoll thread of libmicrohttpd reads and writes all connections; a request whose
 * all parts are there is suspended and answered by a worker.
 * It decides nothing about the answer; see rounds-dispatch.c.
 */

#include "config.h"

#include "rounds-server.h"

#include "rounds-call-sweep.h"
#include "rounds-change-listener.h"
#include "rounds-change-watch.h"
#include "rounds-connections.h"
#include "rounds-event-hub.h"
#include "rounds-event-teller.h"
#include "rounds-exchange.h"
#include "rounds-listen-socket.h"
#include "rounds-metrics.h"
#include "rounds-response-private.h"
#include "rounds-server-database.h"
#include "rounds-server-error.h"
#include "rounds-server-log.h"
#include "rounds-worker-pool.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* All that libmicrohttpd keeps of a connection; what does not fit (a head of more than about 15
 * KiB) it refuses itself. */
#define CONNECTION_MEMORY (16 * 1024)

/* Writes that may share a commit. A PostgreSQL server has a hundred connections for all its
 * clients, unless it was told otherwise. */
#define MOST_WORKERS 64
#define MOST_WORKERS_REMOTE 16

/* Security: with 64 MiB a password check, this bounds the memory that a flood of sign-ins takes. */
#define SLOW_WORKERS 2

/* Descriptors that are not connections: databases, pipes, the log. */
#define SPARE_FILES 256

/* While somebody listens, the feed is watched for so long at a time (µs). */
#define CLIENTS_EXPECTED (60 * G_USEC_PER_SEC)

static const RoundsServerTuning default_tuning = {
  .max_connections = 8000,
  .max_per_address = 2000,
  .max_clients = 10000,
  .idle_seconds = 60,
  .turn_time = 90 * G_USEC_PER_SEC,
  .max_waiting = 1000,
  .max_waiting_slow = 64,
};

struct _RoundsServer
{
  RoundsServerContext context;
  const RoundsRoute *routes;
  gsize n_routes;
  RoundsServerTuning tuning;
  RoundsWorkerPool *workers;
  RoundsWorkerPool *slow_workers;
  RoundsConnections *connections;
  RoundsEventTeller *teller;
  RoundsChangeWatch *watch;
  RoundsCallSweep *sweep;
  RoundsChangeListener *listener; /* NULL for a database that tells nothing */
  struct MHD_Daemon *daemon;
  int listen_fd; /* ours until the daemon has it, −1 then */
  char *uri;
  GMutex mutex;
  GCond finished;
  guint n_exchanges; /* guarded by mutex: from the head of a request to the end of its answer */
  int stopping; /* atomic */
};

/* Answers */

static RoundsConnection *
get_connection (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info != NULL ? info->socket_context : NULL;
}

/* On the listener's thread, once 101 is sent. libmicrohttpd would keep all that it has of the
 * connection as long as the WebSocket lives; with a descriptor of our own it can let go at once. */
static void
socket_opens_cb (void *data, struct MHD_Connection *connection, void *request, const char *early,
                 size_t early_length, MHD_socket socket, struct MHD_UpgradeResponseHandle *handle)
{
  RoundsServer *self = data;
  RoundsExchange *exchange = request;
  g_autoptr (RoundsEventAdmission) admission = g_steal_pointer (&exchange->admission);
  int fd = fcntl (socket, F_DUPFD_CLOEXEC, 0);

  if (fd >= 0)
    {
      rounds_change_watch_expect (self->watch, g_get_monotonic_time () + CLIENTS_EXPECTED);
      rounds_event_hub_admit (self->context.hub, fd, g_steal_pointer (&admission), early,
                              early_length);
    }
  MHD_upgrade_action (handle, MHD_UPGRADE_ACTION_CLOSE);
}

/* Takes @response. The connection is suspended, or it is its own thread that calls. */
static void
send_answer (RoundsServer *self, RoundsExchange *exchange, RoundsResponse *response)
{
  guint status = response->http_status;
  gboolean draining = g_atomic_int_get (&self->context.draining) != 0;
  struct MHD_Response *reply
      = rounds_exchange_to_reply (exchange, response, draining, socket_opens_cb, self);
  gint64 duration = g_get_monotonic_time () - exchange->began;
  rounds_server_log_request (exchange->incoming.method, &exchange->match, status, duration);
  rounds_metrics_note (self->context.metrics, exchange->match.route, status, duration);
  rounds_connections_set_turn (self->connections, get_connection (exchange->connection),
                               ROUNDS_TURN_ANSWER);
  /* A refusal means that the client has gone; libmicrohttpd then closes the connection. */
  MHD_queue_response (exchange->connection, status, reply);
  MHD_destroy_response (reply);
}

/* Takes @response when it waits for changes now. */
static gboolean
park_exchange (RoundsServer *self, RoundsExchange *exchange, RoundsResponse *response)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  gint64 deadline = exchange->began + response->wait->seconds * G_USEC_PER_SEC;

  if (deadline <= g_get_monotonic_time () || g_atomic_int_get (&self->stopping) != 0)
    return FALSE;
  exchange->held = response;
  rounds_change_watch_expect (self->watch, deadline);
  if (rounds_event_hub_park (self->context.hub, exchange, response->wait, info->connect_fd,
                             deadline))
    return TRUE;
  exchange->held = NULL;
  return FALSE;
}

/* What is sent for @response, taken, when it cannot wait (any longer). Too many wait: an answer at
 * once that looks like any other would be asked for again at once. */
static RoundsResponse *
refuse_to_wait (RoundsServer *self, RoundsExchange *exchange, RoundsResponse *response)
{
  gint64 deadline = exchange->began + response->wait->seconds * G_USEC_PER_SEC;

  if (deadline <= g_get_monotonic_time () || g_atomic_int_get (&self->stopping) != 0)
    return response;
  rounds_response_free (response);
  return rounds_dispatch_overloaded ();
}

/* On the hub's thread. */
static gboolean
wake_exchange (gpointer request, RoundsWake wake, gpointer user_data)
{
  RoundsServer *self = user_data;
  RoundsExchange *exchange = request;
  struct MHD_Connection *connection = exchange->connection;

  if (wake == ROUNDS_WAKE_CHANGED)
    {
      exchange->woken = TRUE;
      exchange->incoming.counted = TRUE;
      return rounds_worker_pool_push (self->workers, exchange);
    }
  send_answer (self, exchange, g_steal_pointer (&exchange->held));
  MHD_resume_connection (connection);
  return TRUE;
}

/* On a worker thread. */
static RoundsResponse *
handle_exchange (RoundsServer *self, RoundsExchange *exchange, RoundsDb *db)
{
  RoundsResponse *response
      = rounds_dispatch (&self->context, &exchange->incoming, &exchange->match, db);

  if (exchange->woken)
    rounds_event_hub_done (self->context.hub);
  exchange->woken = FALSE;
  g_clear_pointer (&exchange->held, rounds_response_free);
  if (!g_str_equal (exchange->incoming.method, "GET"))
    {
      if (exchange->match.route != NULL)
        rounds_event_teller_note_route (self->teller, exchange->match.route->path);
      rounds_change_watch_poke (self->watch);
    }
  return response;
}

/* On a worker thread. */
static void
answer_exchange (gpointer job, RoundsDb *db, gpointer user_data)
{
  RoundsServer *self = user_data;
  RoundsExchange *exchange = job;
  struct MHD_Connection *connection = exchange->connection;

  RoundsResponse *response = handle_exchange (self, exchange, db);
  if (response->wait != NULL)
    {
      /* From here on somebody else may answer it at any moment. */
      if (park_exchange (self, exchange, response))
        return;
      response = refuse_to_wait (self, exchange, response);
    }
  send_answer (self, exchange, response);
  /* From here on the listener may free the exchange at any moment. */
  MHD_resume_connection (connection);
}

static void
hand_over (RoundsServer *self, RoundsExchange *exchange)
{
  gboolean slow
      = exchange->match.route != NULL && (exchange->match.route->flags & ROUNDS_ROUTE_SLOW) != 0;

  rounds_exchange_finish (exchange);
  rounds_connections_set_turn (self->connections, get_connection (exchange->connection),
                               ROUNDS_TURN_OURS);
  /* Before a worker can see it: resuming what is not yet suspended would be lost. */
  MHD_suspend_connection (exchange->connection);
  if (!rounds_worker_pool_push (slow ? self->slow_workers : self->workers, exchange))
    {
      send_answer (self, exchange, rounds_dispatch_overloaded ());
      MHD_resume_connection (exchange->connection);
    }
}

/* libmicrohttpd's callbacks, all on the listener's thread */

/* The request line. An exchange begins with the complete head only: from then on the end is told,
 * whatever comes. */
static void *
request_begins_cb (void *data, const char *target, struct MHD_Connection *connection)
{
  RoundsServer *self = data;
  RoundsConnection *open = get_connection (connection);
  rounds_connections_set_turn (self->connections, open, ROUNDS_TURN_REQUEST);
  rounds_connection_set_target (open, target);
  return NULL;
}

static RoundsExchange *
begin_exchange (RoundsServer *self, struct MHD_Connection *connection)
{
  g_autofree char *target = rounds_connection_take_target (get_connection (connection));
  g_mutex_lock (&self->mutex);
  self->n_exchanges++;
  g_mutex_unlock (&self->mutex);
  return rounds_exchange_new (connection, target != NULL ? target : "");
}

static enum MHD_Result
request_arrives_cb (void *data, struct MHD_Connection *connection, const char *url,
                    const char *method, const char *version, const char *upload,
                    size_t *upload_length, void **request)
{
  RoundsServer *self = data;
  RoundsExchange *exchange = *request;

  if (exchange == NULL)
    {
      exchange = *request = begin_exchange (self, connection);
      if (rounds_exchange_read_head (exchange, self->context.config, self->routes, self->n_routes,
                                     method))
        hand_over (self, exchange);
      return MHD_YES;
    }
  if (*upload_length > 0)
    {
      if (!rounds_exchange_read_body (exchange, upload, *upload_length))
        return MHD_NO;
      *upload_length = 0;
      return MHD_YES;
    }
  hand_over (self, exchange);
  return MHD_YES;
}

static void
request_ends_cb (void *data, struct MHD_Connection *connection, void **request,
                 enum MHD_RequestTerminationCode reason)
{
  RoundsServer *self = data;
  RoundsConnection *open = get_connection (connection);

  if (open != NULL)
    rounds_connections_set_turn (self->connections, open, ROUNDS_TURN_REQUEST);
  /* A head that was left unfinished is told of as well. */
  if (*request == NULL)
    return;
  g_clear_pointer ((RoundsExchange **)request, rounds_exchange_free);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  self->n_exchanges--;
  g_cond_signal (&self->finished);
}

static void
connection_changes_cb (void *data, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode what)
{
  RoundsServer *self = data;
  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    {
      const union MHD_ConnectionInfo *info
          = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
      *context = rounds_connections_add (self->connections, info->connect_fd);
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

/* Where there are fewer than wished, requests and WebSockets get less in the same proportion. */
static void
share_files (RoundsServerTuning *tuning, guint n_files)
{
  guint wished = tuning->max_connections + tuning->max_clients;
  if (n_files >= wished)
    return;
  tuning->max_clients = (guint)((guint64)tuning->max_clients * n_files / wished);
  tuning->max_connections = n_files - tuning->max_clients;
}

static RoundsServerTuning
fill_tuning (const RoundsServerTuning *wanted)
{
  RoundsServerTuning tuning = wanted != NULL ? *wanted : default_tuning;
  struct rlimit files;

  if (tuning.max_connections == 0)
    tuning.max_connections = default_tuning.max_connections;
  if (tuning.max_per_address == 0)
    tuning.max_per_address = default_tuning.max_per_address;
  if (tuning.max_clients == 0)
    tuning.max_clients = default_tuning.max_clients;
  if (tuning.idle_seconds == 0)
    tuning.idle_seconds = default_tuning.idle_seconds;
  if (tuning.turn_time == 0)
    tuning.turn_time = default_tuning.turn_time;
  if (tuning.max_waiting == 0)
    tuning.max_waiting = default_tuning.max_waiting;
  if (tuning.max_waiting_slow == 0)
    tuning.max_waiting_slow = default_tuning.max_waiting_slow;

  if (getrlimit (RLIMIT_NOFILE, &files) == 0)
    {
      /* More connections than descriptors would make accept() fail in a loop. */
      const guint wished = tuning.max_connections + tuning.max_clients;
      files.rlim_cur = MIN (files.rlim_max, wished + SPARE_FILES);
      if (setrlimit (RLIMIT_NOFILE, &files) == 0)
        share_files (&tuning, (guint)MAX (files.rlim_cur, SPARE_FILES + 128) - SPARE_FILES);
    }
  return tuning;
}

static gboolean
start_workers (RoundsServer *self, GError **error)
{
  self->context.writer
      = rounds_server_database_open_writer (self->context.config, self->tuning.max_waiting, error);
  if (self->context.writer == NULL)
    return FALSE;
  self->context.audit
      = rounds_audit_new (self->context.config, self->context.writer, self->context.clock, error);
  if (self->context.audit == NULL)
    return FALSE;
  RoundsWorkerPoolOptions options = {
    .name = "worker",
    .n_threads = self->context.config->n_workers,
    .n_most
    = rounds_server_database_is_remote (self->context.config) ? MOST_WORKERS_REMOTE : MOST_WORKERS,
    .max_waiting = self->tuning.max_waiting,
    .config = self->context.config,
    .func = answer_exchange,
    .user_data = self,
  };
  self->workers = rounds_worker_pool_new (&options, error);
  if (self->workers == NULL)
    return FALSE;
  self->context.workers = self->workers;
  options.name = "slow";
  options.n_threads = SLOW_WORKERS;
  options.n_most = SLOW_WORKERS;
  options.max_waiting = self->tuning.max_waiting_slow;
  self->slow_workers = rounds_worker_pool_new (&options, error);
  if (self->slow_workers == NULL)
    return FALSE;
  self->sweep = rounds_call_sweep_start (self->context.config, self->context.writer,
                                         self->context.clock, error);
  return self->sweep != NULL;
}

static void
hear_changes (RoundsDb *db, const RoundsChangeNews *news, gpointer user_data)
{
  RoundsServer *self = user_data;

  if (rounds_event_hub_count_clients (self->context.hub) > 0)
    {
      rounds_event_teller_tell (self->teller, db, news, rounds_clock_now (self->context.clock));
      rounds_change_watch_expect (self->watch, g_get_monotonic_time () + CLIENTS_EXPECTED);
    }
  rounds_event_hub_hear (self->context.hub, news);
}

static gboolean
start_hub (RoundsServer *self, GError **error)
{
  RoundsEventHubOptions options = {
    /* So that there is always room for requests that do not wait. */
    .max_parked = self->tuning.max_connections * 3 / 4,
    .max_at_once = self->context.config->n_workers * 2,
    .max_clients = self->tuning.max_clients,
    .ping = self->context.config->events_ping * G_USEC_PER_SEC,
    .wake = wake_exchange,
    .user_data = self,
  };
  RoundsDb *db = rounds_server_database_open (self->context.config, ROUNDS_DATABASE_LOOK, error);
  if (db == NULL)
    return FALSE;
  self->watch = rounds_change_watch_new (db, hear_changes, self, &options.head, error);
  if (self->watch == NULL)
    return FALSE;
  self->context.hub = rounds_event_hub_new (&options, error);
  if (self->context.hub == NULL)
    return FALSE;
  self->teller = rounds_event_teller_new (self->context.hub);
  return rounds_change_listener_start (self->context.config, self->watch, &self->listener, error);
}

static gboolean
start_listening (RoundsServer *self, GError **error)
{
  const RoundsServerTuning *tuning = &self->tuning;
  self->listen_fd = rounds_listen_socket_open (self->context.config, &self->uri, error);
  if (self->listen_fd < 0)
    return FALSE;
  self->connections = rounds_connections_new (tuning->turn_time);
  self->daemon = MHD_start_daemon (
      MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC
          | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG,
      0, NULL, NULL, request_arrives_cb, self,
      /* First, so that it is in use for what the other options have to say. */
      MHD_OPTION_EXTERNAL_LOGGER, rounds_server_log_library, NULL, MHD_OPTION_LISTEN_SOCKET,
      self->listen_fd, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
      MHD_OPTION_CONNECTION_LIMIT, tuning->max_connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
      tuning->max_per_address, MHD_OPTION_CONNECTION_TIMEOUT, tuning->idle_seconds,
      MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1, MHD_OPTION_URI_LOG_CALLBACK, request_begins_cb, self,
      MHD_OPTION_NOTIFY_COMPLETED, request_ends_cb, self, MHD_OPTION_NOTIFY_CONNECTION,
      connection_changes_cb, self, MHD_OPTION_UNESCAPE_CALLBACK, keep_escaped_cb, NULL,
      MHD_OPTION_END);
  if (self->daemon == NULL)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                           "The HTTP listener cannot be started");
      return FALSE;
    }
  self->listen_fd = -1;
  return TRUE;
}

static void
free_server (RoundsServer *self)
{
  if (self->listen_fd >= 0)
    close (self->listen_fd);
  g_clear_pointer (&self->sweep, rounds_call_sweep_free);
  g_clear_pointer (&self->listener, rounds_change_listener_free);
  g_clear_pointer (&self->watch, rounds_change_watch_free);
  g_clear_pointer (&self->teller, rounds_event_teller_free);
  g_clear_pointer (&self->context.hub, rounds_event_hub_free);
  g_clear_pointer (&self->workers, rounds_worker_pool_free);
  g_clear_pointer (&self->slow_workers, rounds_worker_pool_free);
  g_clear_pointer (&self->context.audit, rounds_audit_free);
  g_clear_pointer (&self->context.writer, rounds_db_writer_free);
  g_clear_pointer (&self->connections, rounds_connections_free);
  rounds_limits_free (self->context.limits);
  rounds_rates_free (self->context.rates);
  rounds_metrics_free (self->context.metrics);
  g_clear_object (&self->context.clock);
  g_cond_clear (&self->finished);
  g_mutex_clear (&self->mutex);
  g_free (self->uri);
  g_free (self);
}

RoundsServer *
rounds_server_new (const RoundsServerOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL && options->config != NULL, NULL);
  g_return_val_if_fail (options->clock != NULL, NULL);

  RoundsServer *self = g_new0 (RoundsServer, 1);
  self->listen_fd = -1;
  self->context.config = options->config;
  self->context.clock = g_object_ref (options->clock);
  self->context.limits = rounds_limits_new (NULL);
  self->context.rates = rounds_rates_new (self->context.config->rates);
  self->routes = options->routes;
  self->n_routes = options->n_routes;
  self->tuning = fill_tuning (options->tuning);
  self->context.metrics = rounds_metrics_new (self->routes, self->n_routes);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->finished);
  if (!start_hub (self, error) || !start_workers (self, error) || !start_listening (self, error))
    {
      free_server (self);
      return NULL;
    }
  return self;
}

char *
rounds_server_dup_uri (RoundsServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->uri);
}

/* Until no request is under way, or for @patience µs. */
static void
wait_for_exchanges (RoundsServer *self, gint64 patience)
{
  gint64 end = g_get_monotonic_time () + patience;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (self->n_exchanges > 0)
    {
      if (!g_cond_wait_until (&self->finished, &self->mutex, end))
        return;
    }
}

void
rounds_server_drain (RoundsServer *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->context.draining, 1);
}

void
rounds_server_stop (RoundsServer *self, gint64 patience)
{
  g_return_if_fail (self != NULL);

  rounds_server_drain (self);
  g_atomic_int_set (&self->stopping, 1);
  int fd = MHD_quiesce_daemon (self->daemon);
  if (fd >= 0)
    close (fd);
  rounds_event_hub_stop (self->context.hub);
  wait_for_exchanges (self, patience);
  /* The workers first: each job left resumes its connection, and libmicrohttpd cannot stop with one
   * suspended. What arrives from here on finds no worker and is answered with 503. */
  rounds_worker_pool_finish (self->workers);
  rounds_worker_pool_finish (self->slow_workers);
  MHD_stop_daemon (self->daemon);
  free_server (self);
}
