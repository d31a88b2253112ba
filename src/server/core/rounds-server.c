/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server whole: its threads and what they share, from start to stop.
 * Requests are taken and answered in rounds-listener.c.
 */

#include "config.h"

#include "rounds-server.h"

#include "rounds-call-sweep.h"
#include "rounds-change-listener.h"
#include "rounds-listener.h"
#include "rounds-metrics.h"
#include "rounds-server-database.h"

/* Writes that may share a commit. A PostgreSQL server has a hundred connections for all its
 * clients, unless it was told otherwise. */
#define MOST_WORKERS 64
#define MOST_WORKERS_REMOTE 16

/* Security: with 64 MiB a password check, this bounds the memory that a flood of sign-ins takes. */
#define SLOW_WORKERS 2

/* While somebody listens, the feed is watched for so long at a time (µs). */
#define CLIENTS_EXPECTED (60 * G_USEC_PER_SEC)

struct _RoundsServer
{
  RoundsServerContext context;
  const RoundsRoute *routes;
  gsize n_routes;
  RoundsServerTuning tuning;
  RoundsWorkerPool *workers;
  RoundsWorkerPool *slow_workers;
  RoundsEventTeller *teller;
  RoundsChangeWatch *watch;
  RoundsCallSweep *sweep;
  RoundsChangeListener *nodes; /* NULL for a database that tells nothing */
  RoundsListener *listener;
};

/* Starting and stopping */

/* On a worker thread. */
static void
answer_exchange (gpointer exchange, RoundsDb *db, gpointer user_data)
{
  RoundsServer *self = user_data;
  rounds_listener_answer (self->listener, exchange, db);
}

/* On the hub's thread. */
static gboolean
wake_exchange (gpointer exchange, RoundsWake wake, gpointer user_data)
{
  RoundsServer *self = user_data;
  return rounds_listener_wake (self->listener, exchange, wake);
}

static gboolean
start_workers (RoundsServer *self, GError **error)
{
  self->context.writer
      = rounds_server_database_open_writer (self->context.config, self->tuning.max_waiting, error);
  if (self->context.writer == NULL)
    return FALSE;
  self->context.recall = rounds_recall_new (self->context.writer);
  self->context.audit
      = rounds_audit_new (self->context.config, self->context.writer, self->context.clock, error);
  if (self->context.audit == NULL)
    return FALSE;
  gboolean remote = rounds_server_database_is_remote (self->context.config);
  RoundsWorkerPoolOptions options = {
    .name = "worker",
    /* A connection to a file is there in a millisecond; a PostgreSQL server starts a process. */
    .n_least = remote ? self->context.config->n_workers : 1,
    .n_threads = self->context.config->n_workers,
    .n_most = remote ? MOST_WORKERS_REMOTE : MOST_WORKERS,
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
  options.n_least = 1;
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
  return rounds_change_listener_start (self->context.config, self->watch, &self->nodes, error);
}

static gboolean
start_listening (RoundsServer *self, GError **error)
{
  const RoundsListenerOptions options = {
    .context = &self->context,
    .routes = self->routes,
    .n_routes = self->n_routes,
    .tuning = &self->tuning,
    .workers = self->workers,
    .slow_workers = self->slow_workers,
    .teller = self->teller,
    .watch = self->watch,
  };
  /* It is known to the workers before the first request comes. */
  self->listener = rounds_listener_new (&options);
  return rounds_listener_start (self->listener, error);
}

static void
free_server (RoundsServer *self)
{
  g_clear_pointer (&self->listener, rounds_listener_free);
  g_clear_pointer (&self->sweep, rounds_call_sweep_free);
  g_clear_pointer (&self->nodes, rounds_change_listener_free);
  /* Its thread asks us for it until it has ended. */
  if (self->watch != NULL)
    rounds_change_watch_free (self->watch);
  g_clear_pointer (&self->teller, rounds_event_teller_free);
  g_clear_pointer (&self->context.hub, rounds_event_hub_free);
  g_clear_pointer (&self->workers, rounds_worker_pool_free);
  g_clear_pointer (&self->slow_workers, rounds_worker_pool_free);
  g_clear_pointer (&self->context.audit, rounds_audit_free);
  g_clear_pointer (&self->context.recall, rounds_recall_free);
  g_clear_pointer (&self->context.writer, rounds_db_writer_free);
  rounds_limits_free (self->context.limits);
  rounds_rates_free (self->context.rates);
  rounds_metrics_free (self->context.metrics);
  g_clear_object (&self->context.clock);
  g_free (self);
}

RoundsServer *
rounds_server_new (const RoundsServerOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL && options->config != NULL, NULL);
  g_return_val_if_fail (options->clock != NULL, NULL);

  RoundsServer *self = g_new0 (RoundsServer, 1);
  self->context.config = options->config;
  self->context.clock = g_object_ref (options->clock);
  self->context.limits = rounds_limits_new (NULL);
  self->context.rates = rounds_rates_new (self->context.config->rates);
  self->routes = options->routes;
  self->n_routes = options->n_routes;
  self->tuning = rounds_server_tuning_fill (options->tuning);
  self->context.metrics = rounds_metrics_new (self->routes, self->n_routes);
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

  return g_strdup (rounds_listener_get_uri (self->listener));
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
  rounds_listener_begin_stop (self->listener);
  rounds_event_hub_stop (self->context.hub);
  rounds_listener_stop (self->listener, patience);
  free_server (self);
}
