/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Settings: the `.env` format, the order of the layers, what each value may be.
 * What Jitsi's settings have to be is tested in jitsi.
 */

#include "rounds-server-config.h"

#include "rounds-clock.h"
#include "rounds-dotenv.h"
#include "rounds-setting-layers.h"
#include "rounds-test.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_dotenv (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    const char *value; /* NULL: not there */
  } rows[] = {
    { "", "A", NULL },
    { "A=1", "A", "1" },
    { "  A = 1  ", "A", "1" },
    { "export A=1", "A", "1" },
    { "A=1\r\nB=2\r\n", "B", "2" },
    { "A=1\nA=2", "A", "2" },
    { "A=", "A", "" },
    { "# A=1", "A", NULL },
    { "A=1 # one", "A", "1" },
    { "A=1#one", "A", "1#one" },
    { "A=x=y", "A", "x=y" },
    { "A=\"x # y\" # z", "A", "x # y" },
    { "A=\"x\\ny\\\"z\\\\\"", "A", "x\ny\"z\\" },
    { "A='x\\ny'", "A", "x\\ny" },
    { "A=''", "A", "" },
    { "\xef\xbb\xbf"
      "A=1",
      "A", "1" },
    { "JITSI_SECRET=your-jitsi-secret-key", "JITSI_SECRET", "your-jitsi-secret-key" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) values = rounds_dotenv_parse (rows[i].text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (g_hash_table_lookup (values, rows[i].name), ==, rows[i].value);
    }
}

static void
test_dotenv_mistakes (void)
{
  static const char *const texts[] = {
    "A=1\nsecret value", "A=1\n=secret",         "A=1\n1A=secret", "A=1\nA B=secret",
    "A=1\nB=\"secret",   "A=1\nB='secret' more", "A=1\nB=\xff",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (rounds_dotenv_parse (texts[i], &error));
      g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, "2"));
      g_assert_null (strstr (error->message, "secret"));
    }
}

static const RoundsSettingName names[] = {
  { "A", "one", "a" },
  { "B", "one", "b" },
  { "C", "two", "c" },
};

static char *
write_file (const char *folder, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_layers (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *ini = write_file (folder, "x.ini", "[one]\na=ini\nb=ini\n[two]\nc=ini\n");
  g_autofree char *dotenv = write_file (folder, ".env", "A=dotenv\nB=dotenv\nOTHER=x\n");
  const char *environment[] = { "A=environment", "HOME=/", NULL };
  RoundsSettingSources sources = {
    .names = names,
    .n_names = G_N_ELEMENTS (names),
    .environment = environment,
    .dotenv_path = dotenv,
    .ini_path = ini,
    .ini_required = TRUE,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSettingLayers) settings = rounds_setting_layers_load (&sources, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rounds_setting_layers_get (settings, "A"), ==, "environment");
  g_assert_cmpstr (rounds_setting_layers_get (settings, "B"), ==, "dotenv");
  g_assert_cmpstr (rounds_setting_layers_get (settings, "C"), ==, "ini");
  g_assert_null (rounds_setting_layers_get (settings, "OTHER"));
}

static void
test_ini_mistakes (void)
{
  static const char *const texts[] = {
    "[one]\nunknown=secret\n",
    "[nowhere]\na=secret\n",
    "a=secret\n",
    "[one\nsecret",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
      g_autofree char *ini = write_file (folder, "x.ini", texts[i]);
      RoundsSettingSources sources
          = { .names = names, .n_names = G_N_ELEMENTS (names), .ini_path = ini };
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsSettingLayers) settings = rounds_setting_layers_load (&sources, &error);
      g_assert_null (settings);
      g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG);
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_missing_files (void)
{
  RoundsSettingSources sources = {
    .names = names,
    .n_names = G_N_ELEMENTS (names),
    .dotenv_path = "/nowhere/.env",
    .ini_path = "/nowhere/x.ini",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSettingLayers) settings = rounds_setting_layers_load (&sources, &error);
  g_assert_no_error (error);
  g_assert_null (rounds_setting_layers_get (settings, "A"));

  sources.ini_required = TRUE;
  g_autoptr (RoundsSettingLayers) named = rounds_setting_layers_load (&sources, &error);
  g_assert_null (named);
  g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG);
}

static RoundsServerConfig *
load (const char *const *environment, GError **error)
{
  RoundsServerConfigOptions options = { .port = -1 };
  return rounds_server_config_load (&options, environment, error);
}

static void
test_defaults (void)
{
  const char *environment[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsServerConfig) config = load (environment, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (config->listen_address, ==, "127.0.0.1");
  g_assert_cmpuint (config->port, ==, 5000);
  g_assert_true (rounds_server_config_is_loopback (config));
  g_assert_cmpuint (config->n_workers, >=, 4);
  g_assert_cmpint (config->access_token_ttl, ==, 12 * 3600);
  g_assert_cmpuint (config->rates[ROUNDS_RATE_ACCOUNT].n_requests, ==, 6000);
  g_assert_cmpuint (config->rates[ROUNDS_RATE_ADDRESS].n_requests, ==, 30000);
  g_assert_cmpint (config->jitsi->token_ttl, ==, 86400);
  g_assert_null (config->cors_origins[0]);
}

static void
test_values (void)
{
  const char *environment[] = {
    "ROUNDS_LISTEN=[::1]:7000",
    "ROUNDS_DATA=/somewhere",
    "ROUNDS_WORKERS=9",
    "ROUNDS_ACCESS_TOKEN_TTL=30m",
    "ROUNDS_RATE_ACCOUNT=50/90s",
    "ROUNDS_RATE_ADDRESS=off",
    "ROUNDS_CORS_ORIGINS=https://a.example.org,https://b.example.org:8443",
    "JITSI_APP_ID=app",
    "JITSI_SECRET=line\n",
    "JITSI_DOMAIN= Meet.Example.ORG ",
    "JITSI_TOKEN_TTL=2h",
    "JITSI_SUB=meet.jitsi",
    "JITSI_AUD=",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsServerConfig) config = load (environment, &error);
  g_autofree char *db_path = rounds_server_config_dup_db_path (config);

  g_assert_no_error (error);
  g_assert_cmpstr (config->listen_address, ==, "::1");
  g_assert_cmpuint (config->port, ==, 7000);
  g_assert_true (rounds_server_config_is_loopback (config));
  g_assert_cmpstr (db_path, ==, "/somewhere/rounds.db");
  g_assert_cmpuint (config->n_workers, ==, 9);
  g_assert_cmpint (config->access_token_ttl, ==, 1800);
  g_assert_cmpuint (config->rates[ROUNDS_RATE_ACCOUNT].n_requests, ==, 50);
  g_assert_cmpint (config->rates[ROUNDS_RATE_ACCOUNT].span, ==, 90 * ROUNDS_SECOND);
  g_assert_cmpuint (config->rates[ROUNDS_RATE_ADDRESS].n_requests, ==, 0);
  g_assert_cmpstr (config->cors_origins[1], ==, "https://b.example.org:8443");
  g_assert_cmpstr (config->jitsi->secret, ==, "line");
  g_assert_cmpstr (config->jitsi->domain, ==, "meet.example.org");
  g_assert_cmpint (config->jitsi->token_ttl, ==, 7200);
  g_assert_cmpstr (config->jitsi->sub, ==, "meet.jitsi");
  g_assert_null (config->jitsi->aud);
}

/* While JaaS's secret is changed, the old one and the new one count. */
static void
test_webhook_secrets (void)
{
  static const struct
  {
    const char *setting;
    const char *first, *second; /* or NULL */
  } rows[] = {
    { "JITSI_WEBHOOK_SECRET=", NULL, NULL },
    { "JITSI_WEBHOOK_SECRET= , ", NULL, NULL },
    { "JITSI_WEBHOOK_SECRET=whsec_0123456789\n", "whsec_0123456789", NULL },
    { "JITSI_WEBHOOK_SECRET=whsec_0123456789, whsec_9876543210", "whsec_0123456789",
      "whsec_9876543210" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *environment[] = { rows[i].setting, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsServerConfig) config = load (environment, &error);

      g_assert_no_error (error);
      if (rows[i].first == NULL)
        {
          g_assert_null (config->jitsi_webhook_secrets);
          continue;
        }
      g_assert_cmpstr (config->jitsi_webhook_secrets[0], ==, rows[i].first);
      g_assert_cmpstr (config->jitsi_webhook_secrets[1], ==, rows[i].second);
    }
}

static void
test_bad_values (void)
{
  static const char *const settings[] = {
    "ROUNDS_LISTEN=",
    "ROUNDS_LISTEN=example.org:5000",
    "ROUNDS_LISTEN=127.0.0.1:99999",
    "ROUNDS_LISTEN=127.0.0.1:x",
    "ROUNDS_LISTEN=::1:5000",
    "ROUNDS_WORKERS=0",
    "ROUNDS_WORKERS=many",
    "ROUNDS_WORKERS=257",
    "ROUNDS_ACCESS_TOKEN_TTL=0",
    "ROUNDS_ACCESS_TOKEN_TTL=-1",
    "ROUNDS_ACCESS_TOKEN_TTL=1w",
    "ROUNDS_ACCESS_TOKEN_TTL=999999999999999999999",
    "ROUNDS_ACCESS_TOKEN_TTL=m",
    "ROUNDS_DRAIN=-1",
    "ROUNDS_DRAIN=11m",
    "ROUNDS_RATE_ACCOUNT=",
    "ROUNDS_RATE_ACCOUNT=100",
    "ROUNDS_RATE_ACCOUNT=0/1m",
    "ROUNDS_RATE_ACCOUNT=100/",
    "ROUNDS_RATE_ACCOUNT=100/0",
    "ROUNDS_RATE_ACCOUNT=100/2h",
    "ROUNDS_RATE_ACCOUNT=100/1m/1m",
    "ROUNDS_RATE_ADDRESS=-1/1m",
    "ROUNDS_RATE_ADDRESS=10000000/1m",
    "ROUNDS_RATE_ADDRESS=none",
    "ROUNDS_CORS_ORIGINS=*",
    "ROUNDS_CORS_ORIGINS=https://a.example.org/",
    "JITSI_TOKEN_TTL=soon",
    "JITSI_TOKEN_TTL=",
    "JITSI_PRIVATE_KEY_FILE=/nowhere/key.pem",
    "JITSI_PRIVATE_KEY_FILE=/dev/null",
    "JITSI_EVENTS_SECRET=0123456789abcde",
    "JITSI_EVENTS_SECRET=0123456789 abcdef",
    "JITSI_EVENTS_SECRET=0123456789\"abcdef",
    "JITSI_WEBHOOK_SECRET=whsec_012345678",
    "JITSI_WEBHOOK_SECRET=whsec_0123456789abcdef,short",
    "JITSI_WEBHOOK_SECRET=whsec_0123456789\xc3\xa4"
    "bcdef",
    "JITSI_WEBHOOK_SECRET=whsec_0123456789,whsec_1123456789,whsec_2123456789",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const char *environment[] = { settings[i], NULL };
      g_auto (GStrv) pair = g_strsplit (settings[i], "=", 2);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsServerConfig) config = load (environment, &error);
      g_test_message ("%s", settings[i]);
      g_assert_null (config);
      g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, pair[0]));
    }
}

static void
test_command_line_goes_first (void)
{
  const char *environment[] = { "ROUNDS_LISTEN=127.0.0.1:7000", "ROUNDS_DATA=/somewhere", NULL };
  RoundsServerConfigOptions options = { .port = 0, .data_dir = "/elsewhere" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsServerConfig) config = rounds_server_config_load (&options, environment, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (config->port, ==, 0);
  g_assert_cmpstr (config->data_dir, ==, "/elsewhere");
}

static void
test_demo (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  const char *environment[] = { "JITSI_DOMAIN=127.0.0.1:8443", NULL };
  RoundsServerConfigOptions options = { .port = 0, .data_dir = folder, .demo = TRUE };
  g_autofree char *path = g_build_filename (folder, "demo-jitsi-secret", NULL);
  g_autofree char *secret = NULL;
  GStatBuf info;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsServerConfig) config
          = rounds_server_config_load (&options, environment, &error);
      g_assert_no_error (error);
      g_assert_true (rounds_server_config_complete_demo (config, &error));
      g_assert_cmpstr (config->jitsi->app_id, ==, "rounds-demo");
      g_assert_cmpuint (config->rates[ROUNDS_RATE_ACCOUNT].n_requests, ==, 0);
      g_assert_cmpuint (config->rates[ROUNDS_RATE_ADDRESS].n_requests, ==, 0);
      g_assert_cmpstr (config->jitsi->domain, ==, "127.0.0.1:8443");
      g_assert_cmpuint (strlen (config->jitsi->secret), ==, 64);
      /* The same with the next start, or links of the day would die with it. */
      if (secret == NULL)
        secret = g_strdup (config->jitsi->secret);
      g_assert_cmpstr (config->jitsi->secret, ==, secret);
    }
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_demo_stays_on_loopback (void)
{
  const char *environment[] = { "ROUNDS_LISTEN=0.0.0.0:5000", NULL };
  RoundsServerConfigOptions options = { .port = -1, .demo = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsServerConfig) config = rounds_server_config_load (&options, environment, &error);

  g_assert_null (config);
  g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG);
}

static void
test_places (void)
{
  g_autoptr (GError) error = NULL;
  RoundsServerConfigOptions options = { .port = -1 };
  const char *good[]
      = { "ROUNDS_LISTEN=unix:/run/roundsd/http.sock",
          "ROUNDS_TRUSTED_PROXIES=127.0.0.1 10.0.0.0/8, ::1",
          "ROUNDS_DATABASE=postgresql://rounds@db.example.org/rounds", "ROUNDS_LOG=json", NULL };
  static const char *const bad[] = {
    "ROUNDS_LISTEN=unix:http.sock",
    "ROUNDS_TRUSTED_PROXIES=everybody",
    "ROUNDS_TRUSTED_PROXIES=10.0.0.1/8/3",
    "ROUNDS_DATABASE=/var/lib/rounds.db",
    "ROUNDS_LOG=loud",
  };
  g_autoptr (RoundsServerConfig) config = rounds_server_config_load (&options, good, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (config->listen_path, ==, "/run/roundsd/http.sock");
  g_assert_true (rounds_server_config_is_loopback (config));
  g_assert_cmpuint (config->trusted_proxies->len, ==, 3);
  g_assert_cmpstr (config->database, ==, "postgresql://rounds@db.example.org/rounds");
  g_assert_cmpint (config->log_format, ==, ROUNDS_LOG_JSON);
  options.database = "postgresql://rounds:secret@db.example.org/rounds";
  g_assert_null (rounds_server_config_load (&options, good, &error));
  g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG);
  g_assert_null (strstr (error->message, "secret"));
  g_clear_error (&error);
  options.database = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *environment[] = { bad[i], NULL };
      g_test_message ("%s", bad[i]);
      g_assert_null (rounds_server_config_load (&options, environment, &error));
      g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Dotenv/values", test_dotenv);
  g_test_add_func ("/Rounds/Server/Dotenv/mistakes", test_dotenv_mistakes);
  g_test_add_func ("/Rounds/Server/Settings/layers", test_layers);
  g_test_add_func ("/Rounds/Server/Settings/ini-mistakes", test_ini_mistakes);
  g_test_add_func ("/Rounds/Server/Settings/missing-files", test_missing_files);
  g_test_add_func ("/Rounds/Server/Config/defaults", test_defaults);
  g_test_add_func ("/Rounds/Server/Config/values", test_values);
  g_test_add_func ("/Rounds/Server/Config/webhook-secrets", test_webhook_secrets);
  g_test_add_func ("/Rounds/Server/Config/bad-values", test_bad_values);
  g_test_add_func ("/Rounds/Server/Config/command-line-goes-first", test_command_line_goes_first);
  g_test_add_func ("/Rounds/Server/Config/demo", test_demo);
  g_test_add_func ("/Rounds/Server/Config/demo-stays-on-loopback", test_demo_stays_on_loopback);
  g_test_add_func ("/Rounds/Server/Config/places", test_places);
  return g_test_run ();
}
