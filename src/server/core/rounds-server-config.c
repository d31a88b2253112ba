/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What roundsd was told: file, environment and command line, checked once at start.
 * The layers are put together in rounds-setting-layers.c; this file knows what the settings mean,
 * and rounds-server-config-jitsi.c what Jitsi's do.
 */

#include "config.h"

#include "rounds-server-config-private.h"

#include "rounds-clock.h"
#include "rounds-cors.h"
#include "rounds-setting-values.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>

#define DEFAULT_PORT 5000
#define DEFAULT_ACCESS_TTL (12 * 3600)
#define MAX_ACCESS_TTL (90 * 86400)
#define DEFAULT_EVENTS_PING 30
#define MAX_EVENTS_PING 3600
#define MAX_DRAIN 600
#define MAX_WORKERS 256

/* An account: a person's devices, and a program that brings in a day's bookings. An address: a
 * hospital that opens all its apps at once. */
static const RoundsRate default_rates[ROUNDS_N_RATES] = {
  [ROUNDS_RATE_ACCOUNT] = { 6000, ROUNDS_MINUTE },
  [ROUNDS_RATE_ADDRESS] = { 30000, ROUNDS_MINUTE },
};

static const RoundsSettingName setting_names[] = {
  { "ROUNDS_LISTEN", "server", "listen" },
  { "ROUNDS_TRUSTED_PROXIES", "server", "trusted-proxies" },
  { "ROUNDS_METRICS_TOKEN", "server", "metrics-token" },
  { "ROUNDS_DATA", "server", "data" },
  { "ROUNDS_DATABASE", "server", "database" },
  { "ROUNDS_WORKERS", "server", "workers" },
  { "ROUNDS_ACCESS_TOKEN_TTL", "server", "access-token-ttl" },
  { "ROUNDS_RATE_ACCOUNT", "server", "rate-account" },
  { "ROUNDS_RATE_ADDRESS", "server", "rate-address" },
  { "ROUNDS_EVENTS_PING", "server", "events-ping" },
  { "ROUNDS_DRAIN", "server", "drain" },
  { "ROUNDS_LOG", "server", "log" },
  { "ROUNDS_CORS_ORIGINS", "server", "cors-origins" },
  { "JITSI_APP_ID", "jitsi", "app-id" },
  { "JITSI_SECRET", "jitsi", "secret" },
  { "JITSI_DOMAIN", "jitsi", "domain" },
  { "JITSI_SUB", "jitsi", "sub" },
  { "JITSI_AUD", "jitsi", "aud" },
  { "JITSI_TENANT", "jitsi", "tenant" },
  { "JITSI_KID", "jitsi", "kid" },
  { "JITSI_PRIVATE_KEY_FILE", "jitsi", "private-key-file" },
  { "JITSI_TOKEN_TTL", "jitsi", "token-ttl" },
  { "JITSI_EVENTS_SECRET", "jitsi", "events-secret" },
  { "JITSI_WEBHOOK_SECRET", "jitsi", "webhook-secret" },
};

/* A setting that is not there leaves the default; each of these says what is wrong with one. */

/* "127.0.0.1", "127.0.0.1:5000", "[::1]:5000", "localhost:5000". */
static gboolean
take_listen (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  const char *text = rounds_setting_layers_get (settings, "ROUNDS_LISTEN");
  if (text == NULL)
    return TRUE;
  if (g_str_has_prefix (text, "unix:"))
    {
      self->listen_path = g_strdup (text + strlen ("unix:"));
      return g_path_is_absolute (self->listen_path)
             || rounds_setting_refuse (error, "ROUNDS_LISTEN",
                                       "a whole path, “unix:/run/roundsd/http.sock”");
    }
  /* "::1:5000" is an address without a port, and nobody's wish. */
  gboolean ambiguous = *text != '[' && strchr (text, ':') != strrchr (text, ':');
  g_autoptr (GSocketConnectable) address
      = ambiguous ? NULL : g_network_address_parse (text, DEFAULT_PORT, NULL);
  if (address == NULL)
    return rounds_setting_refuse (error, "ROUNDS_LISTEN",
                                  "an IP address with a port, “127.0.0.1:5000” or “[::1]:5000”");
  const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (address));
  if (g_str_equal (host, "localhost"))
    host = "127.0.0.1";
  if (!g_hostname_is_ip_address (host))
    return rounds_setting_refuse (error, "ROUNDS_LISTEN",
                                  "an IP address with a port, “127.0.0.1:5000” or “[::1]:5000”");
  g_set_str (&self->listen_address, host);
  self->port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  return TRUE;
}

static gboolean
take_trusted_proxies (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  const char *text = rounds_setting_layers_get (settings, "ROUNDS_TRUSTED_PROXIES");
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", ", \t", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      GInetAddressMask *mask = g_inet_address_mask_new_from_string (parts[i], NULL);
      if (mask == NULL)
        return rounds_setting_refuse (error, "ROUNDS_TRUSTED_PROXIES",
                                      "addresses or networks like “127.0.0.1, 10.1.0.0/16”");
      g_ptr_array_add (self->trusted_proxies, mask);
    }
  return TRUE;
}

static gboolean
take_workers (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  const char *text = rounds_setting_layers_get (settings, "ROUNDS_WORKERS");
  guint64 number = 0;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_WORKERS, &number, NULL))
    return rounds_setting_refuse (error, "ROUNDS_WORKERS", "a number of threads from 1 to 256");
  self->n_workers = (guint)number;
  return TRUE;
}

static gboolean
take_log (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  const char *text = rounds_setting_layers_get (settings, "ROUNDS_LOG");
  if (g_strcmp0 (text, "json") == 0)
    self->log_format = ROUNDS_LOG_JSON;
  else if (text != NULL && *text != '\0' && !g_str_equal (text, "text"))
    return rounds_setting_refuse (error, "ROUNDS_LOG", "“text” or “json”");
  return TRUE;
}

static gboolean
take_cors_origins (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  const char *text = rounds_setting_layers_get (settings, "ROUNDS_CORS_ORIGINS");
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", ", \t", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (!rounds_cors_origin_is_valid (parts[i]))
        return rounds_setting_refuse (
            error, "ROUNDS_CORS_ORIGINS",
            "whole origins like “https://portal.example.org”, without a path or “*”");
      g_strv_builder_add (origins, parts[i]);
    }
  self->cors_origins = g_strv_builder_end (origins);
  return TRUE;
}

static void
take_data_dir (RoundsServerConfig *self, RoundsSettingLayers *settings,
               const char *const *environment)
{
  /* The directory that systemd makes for StateDirectory=, else the person's own. */
  const char *given = rounds_setting_layers_get (settings, "ROUNDS_DATA");
  const char *state = g_environ_getenv ((char **)environment, "STATE_DIRECTORY");
  if (given != NULL && *given != '\0')
    self->data_dir = g_strdup (given);
  else if (state != NULL && *state != '\0')
    self->data_dir = g_strdup (state);
  else
    self->data_dir = g_build_filename (g_get_user_data_dir (), "roundsd", NULL);
}

gboolean
rounds_server_config_has_password (const char *url)
{
  g_return_val_if_fail (url != NULL, FALSE);

  const char *place = strstr (url, "://");
  const char *at = place != NULL ? strchr (place + 3, '@') : NULL;
  const char *colon = place != NULL ? strchr (place + 3, ':') : NULL;

  return (at != NULL && colon != NULL && colon < at) || strstr (url, "password=") != NULL;
}

/* Anything but a URL would be a file, and that is the data directory's. */
static gboolean
take_database (RoundsServerConfig *self, RoundsSettingLayers *settings,
               const RoundsServerConfigOptions *options, GError **error)
{
  const char *url = options->database;
  /* Security: everybody on the machine can read the command lines of others. */
  if (url != NULL && rounds_server_config_has_password (url))
    return rounds_setting_refuse (
        error, "--database",
        "no password on the command line; put it into PGPASSWORD, a PGPASSFILE or "
        "ROUNDS_DATABASE");
  if (url == NULL)
    url = rounds_setting_layers_get (settings, "ROUNDS_DATABASE");
  if (url == NULL || *url == '\0')
    return TRUE;
  if (!g_str_has_prefix (url, "postgresql://") && !g_str_has_prefix (url, "postgres://"))
    return rounds_setting_refuse (
        error, "ROUNDS_DATABASE",
        "postgresql://USER@HOST/NAME; without it the database is a file in ROUNDS_DATA");
  self->database = g_strdup (url);
  return TRUE;
}

static RoundsServerConfig *
new_config (void)
{
  RoundsServerConfig *self = g_new0 (RoundsServerConfig, 1);
  self->listen_address = g_strdup ("127.0.0.1");
  self->port = DEFAULT_PORT;
  self->trusted_proxies = g_ptr_array_new_with_free_func (g_object_unref);
  self->jitsi = rounds_jitsi_config_new ();
  /* Handlers wait for the disk more than they compute. */
  self->n_workers = CLAMP (g_get_num_processors () * 2, 4, 32);
  self->access_token_ttl = DEFAULT_ACCESS_TTL;
  self->events_ping = DEFAULT_EVENTS_PING;
  return self;
}

/* The demo, on loopback only, is there to be tried with whatever load somebody likes. */
static void
fill_default_rates (RoundsServerConfig *self, const RoundsServerConfigOptions *options)
{
  if (!options->demo)
    memcpy (self->rates, default_rates, sizeof self->rates);
}

static void
take_options (RoundsServerConfig *self, const RoundsServerConfigOptions *options)
{
  if (options->data_dir != NULL)
    g_set_str (&self->data_dir, options->data_dir);
  if (options->port >= 0)
    {
      self->port = (guint16)options->port;
      g_clear_pointer (&self->listen_path, g_free);
    }
}

static RoundsSettingLayers *
load_settings (const RoundsServerConfigOptions *options, const char *const *environment,
               GError **error)
{
  RoundsSettingSources sources = {
    .names = setting_names,
    .n_names = G_N_ELEMENTS (setting_names),
    .environment = environment,
    .dotenv_path = ".env",
    .ini_path = options->config_path != NULL ? options->config_path : ROUNDS_SYSTEM_CONFIG,
    .ini_required = options->config_path != NULL,
  };
  return rounds_setting_layers_load (&sources, error);
}

RoundsServerConfig *
rounds_server_config_load (const RoundsServerConfigOptions *options, const char *const *environment,
                           GError **error)
{
  g_return_val_if_fail (options != NULL && options->port <= G_MAXUINT16, NULL);

  g_autoptr (RoundsSettingLayers) settings = load_settings (options, environment, error);
  if (settings == NULL)
    return NULL;
  g_autoptr (RoundsServerConfig) self = new_config ();
  take_data_dir (self, settings, environment);
  fill_default_rates (self, options);
  self->metrics_token = rounds_setting_dup_optional (settings, "ROUNDS_METRICS_TOKEN");
  if (!take_listen (self, settings, error) || !take_workers (self, settings, error)
      || !take_database (self, settings, options, error) || !take_log (self, settings, error)
      || !take_trusted_proxies (self, settings, error) || !take_cors_origins (self, settings, error)
      || !rounds_server_config_take_jitsi (self, settings, error)
      || !rounds_setting_take_duration (settings, "ROUNDS_ACCESS_TOKEN_TTL", MAX_ACCESS_TTL,
                                        &self->access_token_ttl, error)
      || !rounds_setting_take_duration (settings, "ROUNDS_EVENTS_PING", MAX_EVENTS_PING,
                                        &self->events_ping, error)
      || !rounds_setting_take_duration (settings, "ROUNDS_DRAIN", MAX_DRAIN, &self->drain, error)
      || !rounds_setting_take_rate (settings, "ROUNDS_RATE_ACCOUNT",
                                    &self->rates[ROUNDS_RATE_ACCOUNT], error)
      || !rounds_setting_take_rate (settings, "ROUNDS_RATE_ADDRESS",
                                    &self->rates[ROUNDS_RATE_ADDRESS], error))
    return NULL;
  take_options (self, options);
  /* Security: the demo's accounts have a password that everybody knows. */
  if (options->demo && !rounds_server_config_is_loopback (self))
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG,
                   "The demo's passwords are public: it listens on loopback only, not on %s",
                   self->listen_address);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
rounds_server_config_free (RoundsServerConfig *self)
{
  if (self == NULL)
    return;
  g_free (self->listen_address);
  g_free (self->listen_path);
  g_free (self->metrics_token);
  g_ptr_array_unref (self->trusted_proxies);
  g_free (self->data_dir);
  g_free (self->database);
  g_clear_pointer (&self->minter, rounds_jitsi_minter_free);
  g_clear_pointer (&self->jitsi, rounds_jitsi_config_free);
  g_free (self->private_key_path);
  g_free (self->jitsi_events_secret);
  g_strfreev (self->jitsi_webhook_secrets);
  g_strfreev (self->cors_origins);
  g_free (self);
}

gboolean
rounds_server_config_has_setting (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (setting_names); i++)
    {
      if (g_str_equal (setting_names[i].name, name))
        return TRUE;
    }
  return FALSE;
}

RoundsJitsiMinter *
rounds_server_config_get_minter (const RoundsServerConfig *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  static GMutex making;
  /* A cache is no change of the configuration. */
  RoundsJitsiMinter **minter = (RoundsJitsiMinter **)&self->minter;

  if (g_atomic_pointer_get (minter) != NULL)
    return *minter;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&making);
  if (*minter == NULL)
    g_atomic_pointer_set (minter, rounds_jitsi_minter_new (self->jitsi, error));
  return *minter;
}

gboolean
rounds_server_config_make_data_dir (const RoundsServerConfig *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (g_mkdir_with_parents (self->data_dir, 0700) == 0)
    return TRUE;
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
               "The data directory %s cannot be made: %s", self->data_dir, g_strerror (errno));
  return FALSE;
}

char *
rounds_server_config_dup_db_path (const RoundsServerConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_build_filename (self->data_dir, "rounds.db", NULL);
}

gboolean
rounds_server_config_is_loopback (const RoundsServerConfig *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->listen_path != NULL)
    return TRUE;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->listen_address);
  return address != NULL && g_inet_address_get_is_loopback (address);
}
