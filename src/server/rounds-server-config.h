/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What roundsd was told: file, environment and command line, checked once at start.
 * Jitsi's part is RoundsJitsiConfig; nothing here is changed while serving.
 */

#pragma once

#include "rounds-jitsi-config.h"

G_BEGIN_DECLS

/* One owner; read-only while serving, shared by all threads. */
typedef struct
{
  char *listen_address; /* "127.0.0.1" */
  guint16 port; /* 5000; 0 = any free one */
  char *data_dir; /* holds rounds.db */
  RoundsJitsiConfig *jitsi;
  char **cors_origins; /* NULL-terminated, never NULL */
  guint n_workers;
  gint64 access_token_ttl; /* seconds */
} RoundsServerConfig;

void rounds_server_config_free (RoundsServerConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsServerConfig, rounds_server_config_free)

G_END_DECLS
