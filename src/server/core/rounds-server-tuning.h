/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the network may ask of a server: how many, how long, how much at once.
 * It enforces nothing; the listener and the hub do.
 */

#pragma once

#include <glib.h>

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

/* @wanted (or NULL) with the defaults filled in, and no more connections than the process may have
 * files: their limit is raised as far as it goes. */
RoundsServerTuning rounds_server_tuning_fill (const RoundsServerTuning *wanted);

G_END_DECLS
