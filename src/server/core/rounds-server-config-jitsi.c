/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What roundsd was told of Jitsi, and what the demo makes up where it was told nothing.
 * Whether that fits together is rounds-jitsi-config.c's to say.
 */

#include "config.h"

#include "rounds-server-config-private.h"

#include "rounds-id.h"
#include "rounds-setting-values.h"

#include <string.h>

#define MIN_EVENTS_SECRET 16
/* The one that JaaS signs with, and the one before or after it. */
#define MOST_WEBHOOK_SECRETS 2
#define MAX_JITSI_TTL (30 * 86400)

#define DEMO_APP_ID "rounds-demo"
#define DEMO_DOMAIN "meet.example.org"
#define DEMO_SECRET_FILE "demo-jitsi-secret"
#define DEMO_SECRET_BYTES 32

static gboolean
take_private_key (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  const char *path = rounds_setting_layers_get (settings, "JITSI_PRIVATE_KEY_FILE");
  g_autoptr (GError) reason = NULL;
  if (path == NULL || *path == '\0')
    return TRUE;
  self->private_key_path = g_strdup (path);
  if (g_file_get_contents (path, &self->jitsi->private_key, NULL, &reason))
    return *self->jitsi->private_key != '\0'
           || rounds_setting_refuse (error, "JITSI_PRIVATE_KEY_FILE",
                                     "a key in the file, which is empty");
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG,
               "JITSI_PRIVATE_KEY_FILE cannot be read: %s", reason->message);
  return FALSE;
}

static gboolean
take_token_settings (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  RoundsJitsiConfig *jitsi = self->jitsi;
  const char *app_id = rounds_setting_layers_get (settings, "JITSI_APP_ID");
  const char *secret = rounds_setting_layers_get (settings, "JITSI_SECRET");
  const char *domain = rounds_setting_layers_get (settings, "JITSI_DOMAIN");

  g_set_str (&jitsi->app_id, app_id);
  g_set_str (&jitsi->secret, secret);
  /* Read from a file with its line's end, as `JITSI_SECRET=$(cat …)` never gives but an INI
   * written by a script does. */
  while (jitsi->secret != NULL && g_str_has_suffix (jitsi->secret, "\n"))
    jitsi->secret[strlen (jitsi->secret) - 1] = '\0';
  if (domain != NULL)
    {
      g_autofree char *lower = g_ascii_strdown (domain, -1);
      g_set_str (&jitsi->domain, g_strstrip (lower));
    }
  g_free (jitsi->sub);
  jitsi->sub = rounds_setting_dup_optional (settings, "JITSI_SUB");
  g_free (jitsi->aud);
  jitsi->aud = rounds_setting_dup_optional (settings, "JITSI_AUD");
  g_free (jitsi->tenant);
  jitsi->tenant = rounds_setting_dup_optional (settings, "JITSI_TENANT");
  g_free (jitsi->kid);
  jitsi->kid = rounds_setting_dup_optional (settings, "JITSI_KID");
  return rounds_setting_take_duration (settings, "JITSI_TOKEN_TTL", MAX_JITSI_TTL,
                                       &jitsi->token_ttl, error)
         && take_private_key (self, settings, error);
}

/* It is sent in a header and written between quotes into Prosody's configuration: RFC 6750's
 * characters go through both as they are. */
static gboolean
is_bearer (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("-._~+/=", *p) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_printable (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return FALSE;
    }
  return TRUE;
}

/* Security: who guesses it can say who was in which call, and open every room. */
static gboolean
take_events_secret (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  self->jitsi_events_secret = rounds_setting_dup_optional (settings, "JITSI_EVENTS_SECRET");
  if (self->jitsi_events_secret == NULL
      || (strlen (self->jitsi_events_secret) >= MIN_EVENTS_SECRET
          && is_bearer (self->jitsi_events_secret)))
    return TRUE;
  return rounds_setting_refuse (error, "JITSI_EVENTS_SECRET",
                                "at least 16 letters and digits, as “openssl rand -hex 32” makes "
                                "them");
}

/* Security: who guesses one of them can say who was in which call. */
static gboolean
take_webhook_secrets (RoundsServerConfig *self, RoundsSettingLayers *settings, GError **error)
{
  const char *text = rounds_setting_layers_get (settings, "JITSI_WEBHOOK_SECRET");
  g_autoptr (GStrvBuilder) secrets = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", ", \t\n", -1);
  guint n_secrets = 0;
  gboolean good = TRUE;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      good = good && strlen (parts[i]) >= MIN_EVENTS_SECRET && is_printable (parts[i]);
      g_strv_builder_add (secrets, parts[i]);
      n_secrets++;
    }
  if (!good || n_secrets > MOST_WEBHOOK_SECRETS)
    return rounds_setting_refuse (error, "JITSI_WEBHOOK_SECRET",
                                  "the secret that JaaS's console reveals, “whsec_…”, or two of "
                                  "them with a comma between");
  if (n_secrets > 0)
    self->jitsi_webhook_secrets = g_strv_builder_end (secrets);
  return TRUE;
}

gboolean
rounds_server_config_take_jitsi (RoundsServerConfig *self, RoundsSettingLayers *settings,
                                 GError **error)
{
  g_return_val_if_fail (self != NULL && settings != NULL, FALSE);

  return take_token_settings (self, settings, error) && take_events_secret (self, settings, error)
         && take_webhook_secrets (self, settings, error);
}

static char *
load_or_make_demo_secret (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, DEMO_SECRET_FILE, NULL);
  g_autofree char *secret = NULL;
  g_autoptr (GError) reason = NULL;

  if (g_file_get_contents (path, &secret, NULL, &reason))
    return g_strstrip (g_steal_pointer (&secret));
  if (!g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  secret = rounds_random_hex (DEMO_SECRET_BYTES);
  if (!g_file_set_contents_full (path, secret, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return NULL;
  return g_steal_pointer (&secret);
}

gboolean
rounds_server_config_complete_demo (RoundsServerConfig *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  RoundsJitsiConfig *jitsi = self->jitsi;
  /* What is set but empty stays so, and is refused like anywhere else. */
  if (jitsi->app_id == NULL)
    jitsi->app_id = g_strdup (DEMO_APP_ID);
  if (jitsi->domain == NULL)
    jitsi->domain = g_strdup (DEMO_DOMAIN);
  if (jitsi->secret != NULL || jitsi->private_key != NULL)
    return TRUE;
  if (!rounds_server_config_make_data_dir (self, error))
    return FALSE;
  jitsi->secret = load_or_make_demo_secret (self->data_dir, error);
  return jitsi->secret != NULL;
}
