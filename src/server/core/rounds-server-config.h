/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What roundsd was told: file, environment and command line, checked once at start.
 * Jitsi's part is RoundsJitsiConfig; nothing here is changed while serving.
 */

#pragma once

#include "rounds-jitsi-config.h"
#include "rounds-jitsi-minter.h"
#include "rounds-log.h"
#include "rounds-rates.h"

G_BEGIN_DECLS

/* One owner; read-only while serving, shared by all threads. */
typedef struct
{
  char *listen_address; /* "127.0.0.1" */
  guint16 port; /* 5000; 0 = any free one */
  char *listen_path; /* of a Unix socket instead; or NULL */
  GPtrArray *trusted_proxies; /* of GInetAddressMask: whose X-Forwarded-For counts; never NULL */
  char *metrics_token; /* lets somebody from elsewhere read /metrics; or NULL */
  char *data_dir; /* holds rounds.db */
  char *database; /* a PostgreSQL URL, or NULL: rounds.db. Security: may hold a password */
  RoundsJitsiConfig *jitsi; /* not changed after the first link */
  RoundsJitsiMinter *minter; /* rounds_server_config_get_minter() */
  char *private_key_path; /* JITSI_PRIVATE_KEY_FILE, or NULL */
  char *jitsi_events_secret; /* what Jitsi's own servers show us; NULL: they may not call.
                                Security: never leaves it */
  char **jitsi_webhook_secrets; /* NULL-terminated: what JaaS signs with, the one that will be and
                                   the one that was; NULL: it may not call. Security: as above */
  char **cors_origins; /* NULL-terminated, never NULL */
  guint n_workers;
  RoundsLogFormat log_format;
  gint64 access_token_ttl; /* seconds */
  RoundsRate rates[ROUNDS_N_RATES]; /* what an account and an address may ask for */
  gint64 drain; /* seconds between being asked to stop and taking no more connections; or 0 */
  gint64 events_ping; /* seconds of silence after which a WebSocket client is asked */
} RoundsServerConfig;

/* What the command line says; it goes before everything else. */
typedef struct
{
  const char *config_path; /* NULL: the system's file, where there is one */
  const char *data_dir; /* or NULL */
  const char *database; /* or NULL */
  int port; /* −1 = not said */
  gboolean demo; /* fills in a Jitsi where none is set, and listens on loopback only */
} RoundsServerConfigOptions;

/* Reads all layers (the INI file, `.env` of the working directory, @environment, @options) and
 * checks each value; ROUNDS_SERVER_ERROR_CONFIG names the setting. Whether Jitsi's part can mint
 * links is rounds_jitsi_config_check()'s. The data directory is neither made nor opened. */
RoundsServerConfig *rounds_server_config_load (const RoundsServerConfigOptions *options,
                                               const char *const *environment, GError **error);
void rounds_server_config_free (RoundsServerConfig *self);

/* What mints links; made when it is asked for first. Any thread. NULL with a ROUNDS_JITSI_ERROR
 * when Jitsi's part cannot mint any. (transfer none) */
RoundsJitsiMinter *rounds_server_config_get_minter (const RoundsServerConfig *self, GError **error);

/* Makes the data directory (0700) where it is missing. */
gboolean rounds_server_config_make_data_dir (const RoundsServerConfig *self, GError **error);
/* The database's file. (transfer full) */
char *rounds_server_config_dup_db_path (const RoundsServerConfig *self);
/* Whether nobody but programs of this machine can reach the listener. */
gboolean rounds_server_config_is_loopback (const RoundsServerConfig *self);

/* Whether the environment's variable @name is one that is read. */
gboolean rounds_server_config_has_setting (const char *name);
/* Whether a database's URL holds a password. */
gboolean rounds_server_config_has_password (const char *url);

/* What the demo needs to mint links where no JITSI_* is set: an application of its own, a domain
 * that cannot exist, and a random secret kept (0600) in the data directory. Makes that directory.
 */
gboolean rounds_server_config_complete_demo (RoundsServerConfig *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsServerConfig, rounds_server_config_free)

G_END_DECLS
