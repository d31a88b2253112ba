/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server whole: its threads and what they share, from start to stop.
 * What an answer is, is decided in rounds-dispatch.h; the process around it is in main.c.
 */

#pragma once

#include "rounds-clock.h"
#include "rounds-route.h"
#include "rounds-server-config.h"
#include "rounds-server-tuning.h"

G_BEGIN_DECLS

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
