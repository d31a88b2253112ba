/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How a request that is all there gets its answer: from memory at once, from a worker, behind a
 * commit, or when something changes. What the answer is, is rounds-dispatch.c's.
 */

#include "config.h"

#include "rounds-listener-private.h"

#include "rounds-later.h"
#include "rounds-metrics.h"
#include "rounds-response-private.h"
#include "rounds-server-log.h"

#include <fcntl.h>

/* While somebody listens, the feed is watched for so long at a time (µs). */
#define CLIENTS_EXPECTED (60 * G_USEC_PER_SEC)

/* On the listener's thread, once 101 is sent. libmicrohttpd would keep all that it has of the
 * connection as long as the WebSocket lives; with a descriptor of our own it can let go at once. */
static void
socket_opens_cb (void *data, struct MHD_Connection *connection, void *request, const char *early,
                 size_t early_length, MHD_socket socket, struct MHD_UpgradeResponseHandle *handle)
{
  RoundsListener *self = data;
  RoundsExchange *exchange = request;
  g_autoptr (RoundsEventAdmission) admission = g_steal_pointer (&exchange->admission);
  int fd = fcntl (socket, F_DUPFD_CLOEXEC, 0);

  if (fd >= 0)
    {
      rounds_change_watch_expect (self->options.watch, g_get_monotonic_time () + CLIENTS_EXPECTED);
      rounds_event_hub_admit (self->options.context->hub, fd, g_steal_pointer (&admission), early,
                              early_length);
    }
  MHD_upgrade_action (handle, MHD_UPGRADE_ACTION_CLOSE);
}

/* Takes @response. The connection is suspended, or it is its own thread that calls. */
static void
send_answer (RoundsListener *self, RoundsExchange *exchange, RoundsResponse *response)
{
  guint status = response->http_status;
  gboolean draining = g_atomic_int_get (&self->options.context->draining) != 0;
  struct MHD_Response *reply
      = rounds_exchange_to_reply (exchange, response, draining, socket_opens_cb, self);
  gint64 duration = g_get_monotonic_time () - exchange->began;
  rounds_server_log_request (exchange->incoming.method, &exchange->match, status, duration);
  rounds_metrics_note (self->options.context->metrics, exchange->match.route, status, duration);
  rounds_connections_set_turn (
      self->connections, rounds_listener_get_connection (exchange->connection), ROUNDS_TURN_ANSWER);
  /* A refusal means that the client has gone; libmicrohttpd then closes the connection. */
  MHD_queue_response (exchange->connection, status, reply);
  rounds_exchange_drop_reply (exchange, reply);
}

/* Takes @response when it waits for changes now. */
static gboolean
park_exchange (RoundsListener *self, RoundsExchange *exchange, RoundsResponse *response)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  gint64 deadline = exchange->began + response->wait->seconds * G_USEC_PER_SEC;

  if (deadline <= g_get_monotonic_time () || g_atomic_int_get (&self->stopping) != 0)
    return FALSE;
  exchange->held = response;
  rounds_change_watch_expect (self->options.watch, deadline);
  if (rounds_event_hub_park (self->options.context->hub, exchange, response->wait, info->connect_fd,
                             deadline))
    return TRUE;
  exchange->held = NULL;
  return FALSE;
}

/* What is sent for @response, taken, when it cannot wait (any longer). Too many wait: an answer at
 * once that looks like any other would be asked for again at once. */
static RoundsResponse *
refuse_to_wait (RoundsListener *self, RoundsExchange *exchange, RoundsResponse *response)
{
  gint64 deadline = exchange->began + response->wait->seconds * G_USEC_PER_SEC;

  if (deadline <= g_get_monotonic_time () || g_atomic_int_get (&self->stopping) != 0)
    return response;
  rounds_response_free (response);
  return rounds_dispatch_overloaded ();
}

gboolean
rounds_listener_wake (RoundsListener *self, RoundsExchange *exchange, RoundsWake wake)
{
  struct MHD_Connection *connection = exchange->connection;

  if (wake == ROUNDS_WAKE_CHANGED)
    {
      exchange->woken = TRUE;
      exchange->incoming.counted = TRUE;
      return rounds_worker_pool_push (self->options.workers, exchange);
    }
  send_answer (self, exchange, g_steal_pointer (&exchange->held));
  MHD_resume_connection (connection);
  return TRUE;
}

/* It may have changed something. */
static void
tell_watch (RoundsListener *self, const RoundsExchange *exchange)
{
  if (g_str_equal (exchange->incoming.method, "GET"))
    return;
  if (exchange->match.route != NULL)
    rounds_event_teller_note_route (self->options.teller, exchange->match.route->path);
  rounds_change_watch_poke (self->options.watch);
}

/* On a worker thread. */
static RoundsResponse *
handle_exchange (RoundsListener *self, RoundsExchange *exchange, RoundsDb *db)
{
  g_autoptr (RoundsResponse) held = g_steal_pointer (&exchange->held);
  RoundsResponse *response = NULL;

  if (held != NULL && held->later != NULL)
    response = rounds_dispatch_written (held->later, &exchange->incoming, db);
  else
    response = rounds_dispatch (self->options.context, &exchange->incoming, &exchange->match, db);
  if (exchange->woken)
    rounds_event_hub_done (self->options.context->hub);
  exchange->woken = FALSE;
  if (response->later == NULL)
    tell_watch (self, exchange);
  return response;
}

/* Takes @response. From here on somebody else may answer it at any moment. */
static void
write_exchange (RoundsListener *self, RoundsExchange *exchange, RoundsResponse *response)
{
  RoundsLater *later = response->later;
  gpointer job = exchange;

  exchange->held = response;
  later->owner = exchange;
  rounds_worker_pool_send_away (self->options.workers);
  if (rounds_db_writer_push (self->options.context->writer, &later->write))
    return;
  g_set_error_literal (&later->write.error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY,
                       "Too many writes wait for the database");
  rounds_worker_pool_take_back (self->options.workers, &job, 1);
}

/* On the writer's thread. */
void
rounds_listener_take_written (RoundsDbWrite *const *writes, guint n_writes, gpointer user_data)
{
  RoundsListener *self = user_data;
  g_autofree gpointer *exchanges = g_new (gpointer, n_writes);

  for (guint i = 0; i < n_writes; i++)
    exchanges[i] = ((RoundsLater *)writes[i])->owner;
  rounds_worker_pool_take_back (self->options.workers, exchanges, n_writes);
}

void
rounds_listener_answer (RoundsListener *self, RoundsExchange *exchange, RoundsDb *db)
{
  struct MHD_Connection *connection = exchange->connection;

  RoundsResponse *response = handle_exchange (self, exchange, db);
  if (response->later != NULL)
    {
      write_exchange (self, exchange, response);
      return;
    }
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

void
rounds_listener_hand_over (RoundsListener *self, RoundsExchange *exchange)
{
  gboolean slow
      = exchange->match.route != NULL && (exchange->match.route->flags & ROUNDS_ROUTE_SLOW) != 0;

  rounds_exchange_finish (exchange);
  exchange->incoming.may_leave = self->writes_later && !slow;
  RoundsResponse *response
      = rounds_dispatch_recalled (self->options.context, &exchange->incoming, &exchange->match);
  if (response != NULL)
    {
      send_answer (self, exchange, response);
      return;
    }
  rounds_connections_set_turn (
      self->connections, rounds_listener_get_connection (exchange->connection), ROUNDS_TURN_OURS);
  /* Before a worker can see it: resuming what is not yet suspended would be lost. */
  MHD_suspend_connection (exchange->connection);
  if (!rounds_worker_pool_push (slow ? self->options.slow_workers : self->options.workers,
                                exchange))
    {
      send_answer (self, exchange, rounds_dispatch_overloaded ());
      MHD_resume_connection (exchange->connection);
    }
}
