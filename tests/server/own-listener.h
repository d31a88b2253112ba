/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A server in the test's own process, with routes of the test's own and one worker.
 * A real roundsd process is server-fixture.h's.
 */

#pragma once

#include "rounds-server.h"
#include "rounds-test.h"

G_BEGIN_DECLS

typedef struct
{
  RoundsTestFolder *folder;
  RoundsServerConfig *config;
  RoundsServer *server;
  guint16 port;
} OwnListener;

/* On an empty database in a file. @tuning: (nullable) */
void own_listener_start (OwnListener *self, const RoundsRoute *routes, gsize n_routes,
                         const RoundsServerTuning *tuning);
/* Waits for requests for @patience µs first. */
void own_listener_stop_within (OwnListener *self, gint64 patience);
/* A second of patience. */
void own_listener_stop (OwnListener *self);
/* A new connection on which @text has been sent. (transfer full) */
GSocketConnection *own_listener_send (OwnListener *self, const char *text);

G_END_DECLS
