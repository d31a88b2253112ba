/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the network may ask of a server, with what the machine gives.
 * It enforces nothing; the listener and the hub do.
 */

#include "config.h"

#include "rounds-server-tuning.h"

#include <sys/resource.h>

/* Descriptors that are not connections: databases, pipes, the log. */
#define SPARE_FILES 256

static const RoundsServerTuning default_tuning = {
  .max_connections = 8000,
  .max_per_address = 2000,
  .max_clients = 10000,
  .idle_seconds = 60,
  .turn_time = 90 * G_USEC_PER_SEC,
  .max_waiting = 1000,
  .max_waiting_slow = 64,
};

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

RoundsServerTuning
rounds_server_tuning_fill (const RoundsServerTuning *wanted)
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
