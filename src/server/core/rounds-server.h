/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The listener: takes requests from the network, hands them to workers, sends the answers.
 * What an answer is, is decided in rounds-dispatch.h; the process around it is in main.c.
 */

#pragma once

#include "rounds-clock.h"
#include "rounds-route.h"
#include "rounds-server-config.h"

G_BEGIN_DECLS

/* What the network may ask of us. Zero means the default. */
typedef struct
{
  guint max_connections; /* 8000, or what the limit on open files allows */
  guint max_per_address; /* 2000: a whole hospital may come from one */
  guint max_clients; /* 10000 WebSockets, or what the limit on open files allows */
  guint idle_seconds; /* 60: a connection on which nothing moves */
  gint64 turn_time; /* µs, 90 s: the whole of one request, or of taking one answer */
  guint max_waiting; /* 1000 requests for a worker; past this 503 */
  guint max_waiting_slow; /* 64 sign-ins for their workers; past this 503 */
} RoundsServerTuning;

/* Owned by one thread, which starts and stops it. */
typedef struct _RoundsServer RoundsServer;

typedef struct
{
  const RoundsServerConfig *config; /* borrowed, outlives the server; names a migrated database */
  RoundsClock *clock;
  const RoundsRoute *routes; /* static */
  gsize n_routes;
  const RoundsServerTuning *tuning; /* NULL for the defaults */
} RoundsServerOptions;

/* Listens and answers when it returns. ROUNDS_SERVER_ERROR_LISTEN, _SYSTEM or a ROUNDS_DB_ERROR. */
RoundsServer *rounds_server_new (const RoundsServerOptions *options, GError **error);
/* "http://127.0.0.1:5000", with the port that was really taken. (transfer full) */
char *rounds_server_dup_uri (RoundsServer *self);
/* Goes on answering and says at /readyz that it will end, so that a load balancer sends nobody new,
 * and with each answer that its connection is the client's last one here. */
void rounds_server_drain (RoundsServer *self);
/* Takes no new connections, finishes the requests under way (those whose client does not go on for
 * @patience µs are cut), ends all threads and frees the server. */
void rounds_server_stop (RoundsServer *self, gint64 patience);

G_END_DECLS
