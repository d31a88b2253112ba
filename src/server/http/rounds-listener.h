/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The listener: takes requests from the network, hands them to workers, sends the answers.
 * What an answer is, is decided in rounds-dispatch.h; what it works with is made in
 * rounds-server.c.
 */

#pragma once

#include "rounds-change-watch.h"
#include "rounds-event-hub.h"
#include "rounds-event-teller.h"
#include "rounds-exchange.h"
#include "rounds-server-tuning.h"
#include "rounds-worker-pool.h"

G_BEGIN_DECLS

/* Owned by one thread, which starts and stops it. */
typedef struct _RoundsListener RoundsListener;

/* All of it is borrowed and outlives the listener. */
typedef struct
{
  const RoundsServerContext *context;
  const RoundsRoute *routes;
  gsize n_routes;
  const RoundsServerTuning *tuning;
  RoundsWorkerPool *workers; /* their job: a RoundsExchange, for rounds_listener_answer() */
  RoundsWorkerPool *slow_workers;
  RoundsEventTeller *teller;
  RoundsChangeWatch *watch;
} RoundsListenerOptions;

RoundsListener *rounds_listener_new (const RoundsListenerOptions *options);
/* Listens when it returns TRUE. ROUNDS_SERVER_ERROR_LISTEN or _SYSTEM. */
gboolean rounds_listener_start (RoundsListener *self, GError **error);
/* "http://127.0.0.1:5000", with the port that was really taken. */
const char *rounds_listener_get_uri (RoundsListener *self);
/* Takes no new connections; each one ends with its next answer. */
void rounds_listener_begin_stop (RoundsListener *self);
/* Behind that: waits up to @patience µs for the requests under way, ends the workers and the
 * listener's threads. */
void rounds_listener_stop (RoundsListener *self, gint64 patience);
/* One that was never started, or was stopped. */
void rounds_listener_free (RoundsListener *self);

/* Answers a request that a worker has taken, with the worker's database. */
void rounds_listener_answer (RoundsListener *self, RoundsExchange *exchange, RoundsDb *db);
/* What becomes of a request that waited for changes; RoundsEventHubWake. */
gboolean rounds_listener_wake (RoundsListener *self, RoundsExchange *exchange, RoundsWake wake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsListener, rounds_listener_free)

G_END_DECLS
