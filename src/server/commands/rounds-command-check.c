/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * `roundsd check` and `roundsd migrate`: the set-up in plain words, and the schema.
 * `check` changes nothing, not even the schema.
 */

#include "config.h"

#include "rounds-commands.h"

#include "rounds-server-database.h"
#include "rounds-server-schema.h"

#include <glib/gstdio.h>

/* How all of JaaS's secrets for webhooks begin. */
#define WEBHOOK_SECRET_BEGINS "whsec_"

static void
print_finding (const char *kind, const char *text)
{
  g_print ("%-8s %s\n", kind, text);
}

/* The INI file is there for the service's user to read; secrets may stand elsewhere. */
static gboolean
has_secret (const char *ini_path)
{
  static const struct
  {
    const char *group;
    const char *key;
  } secrets[] = {
    { "jitsi", "secret" },
    { "jitsi", "events-secret" },
    { "jitsi", "webhook-secret" },
    { "server", "metrics-token" },
  };
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, ini_path, G_KEY_FILE_NONE, NULL))
    return FALSE;
  g_autofree char *database = g_key_file_get_string (file, "server", "database", NULL);
  if (database != NULL && rounds_server_config_has_password (database))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      if (g_key_file_has_key (file, secrets[i].group, secrets[i].key, NULL))
        return TRUE;
    }
  return FALSE;
}

/* A file that holds a secret should be its owner's alone. */
static void
check_secret_file (const char *path, const char *remedy)
{
  GStatBuf info;
  if (g_stat (path, &info) != 0 || (info.st_mode & 0077) == 0)
    return;
  g_autofree char *text = g_strdup_printf ("%s can be read by others: %s", path, remedy);
  print_finding ("warning", text);
}

static gboolean
check_jitsi (const RoundsServerConfig *config)
{
  g_auto (GStrv) warnings = NULL;
  g_autoptr (GError) error = NULL;

  if (!rounds_jitsi_config_check (config->jitsi, &warnings, &error))
    {
      print_finding ("wrong", error->message);
      return FALSE;
    }
  for (gsize i = 0; warnings != NULL && warnings[i] != NULL; i++)
    print_finding ("warning", warnings[i]);
  g_autofree char *text = g_strdup_printf ("Meeting links lead to %s, %s", config->jitsi->domain,
                                           rounds_jitsi_config_takes_tokens (config->jitsi)
                                               ? "with a personal token each"
                                               : "without a token");
  print_finding ("good", text);
  return TRUE;
}

/* A misspelt setting is as good as none, and nothing else would tell. */
static void
check_names (void)
{
  g_auto (GStrv) names = g_listenv ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (!g_str_has_prefix (names[i], "JITSI_") || rounds_server_config_has_setting (names[i]))
        continue;
      g_autofree char *text
          = g_strdup_printf ("%s is set, but there is no such setting: is it misspelt?", names[i]);
      print_finding ("warning", text);
    }
}

/* Secrets for somebody who will never call. */
static void
check_no_hooks (const RoundsServerConfig *config, gboolean jaas)
{
  if (config->jitsi_events_secret != NULL)
    print_finding ("warning", jaas ? "JITSI_EVENTS_SECRET is of no use here: JaaS tells who comes "
                                     "and goes with JITSI_WEBHOOK_SECRET (docs/jitsi.md)"
                                   : "JITSI_EVENTS_SECRET is of no use here: only a Jitsi of one's "
                                     "own tells who comes and goes (docs/jitsi.md)");
  if (config->jitsi_webhook_secrets != NULL && !jaas)
    print_finding ("warning", "JITSI_WEBHOOK_SECRET is of no use here: only JaaS, with JITSI_KID "
                              "and JITSI_PRIVATE_KEY_FILE, has webhooks (docs/jitsi.md)");
}

/* Whether JaaS may tell who came. */
static gboolean
check_webhooks (const RoundsServerConfig *config)
{
  char **secrets = config->jitsi_webhook_secrets;

  check_no_hooks (config, TRUE);
  if (secrets == NULL)
    {
      print_finding ("warning", "JITSI_WEBHOOK_SECRET is not set: JaaS cannot tell who comes and "
                                "goes, and nobody arrives, begins or ends by himself "
                                "(docs/jitsi.md)");
      return TRUE;
    }
  for (gsize i = 0; secrets[i] != NULL; i++)
    {
      if (!g_str_has_prefix (secrets[i], WEBHOOK_SECRET_BEGINS))
        print_finding ("warning", "JITSI_WEBHOOK_SECRET has one that does not begin with "
                                  "“" WEBHOOK_SECRET_BEGINS "”, as JaaS's do: copy it whole");
      if (g_strcmp0 (secrets[i], config->jitsi_events_secret) == 0)
        print_finding ("warning", "JITSI_WEBHOOK_SECRET and JITSI_EVENTS_SECRET are the same: JaaS "
                                  "makes its own, and reveals it in its console");
    }
  print_finding ("good", "JaaS may tell of calls at /jitsi/webhooks");
  if (secrets[1] != NULL)
    print_finding ("good", "Two of JaaS's secrets count; once JaaS signs with the new one, leave "
                           "the old one out");
  return TRUE;
}

/* Whether Jitsi's own servers may tell who came, and ask which room may open. */
static gboolean
check_hooks (const RoundsServerConfig *config)
{
  const RoundsJitsiConfig *jitsi = config->jitsi;

  if (rounds_jitsi_config_takes_tokens (jitsi) && jitsi->kid != NULL)
    return check_webhooks (config);
  check_no_hooks (config, FALSE);
  if (!rounds_jitsi_config_takes_tokens (jitsi))
    return TRUE;
  if (config->jitsi_events_secret == NULL)
    {
      print_finding ("warning",
                     "JITSI_EVENTS_SECRET is not set: Jitsi cannot tell who comes and goes, nor "
                     "ask which room may open (docs/jitsi.md)");
      return TRUE;
    }
  /* Security: who may say who was there need not be able to sign himself into every call. */
  if (g_strcmp0 (config->jitsi_events_secret, jitsi->secret) == 0)
    {
      print_finding ("wrong", "JITSI_EVENTS_SECRET is the same as JITSI_SECRET: Prosody's "
                              "configuration for events would let anybody sign tokens; make "
                              "another one");
      return FALSE;
    }
  print_finding ("good", "Jitsi may tell of calls at /jitsi/events, and ask for rooms at "
                         "/jitsi/reservations");
  return TRUE;
}

static gboolean
read_number (RoundsDb *db, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *number = rounds_db_get_int (statement, 0);
  return TRUE;
}

static gboolean
check_schema (RoundsDb *db, const char *path, GError **error)
{
  gint64 version = 0;
  gint64 n_admins = 0;
  int newest = rounds_server_schema_get_version ();

  if (!rounds_db_check (db, error) || !rounds_db_get_version (db, &version, error))
    return FALSE;
  if (version > newest)
    {
      g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_NEWER,
                   "its schema is newer (%" G_GINT64_FORMAT ") than this program's (%d)", version,
                   newest);
      return FALSE;
    }
  g_autofree char *text = g_strdup_printf (
      version < newest ? "The database %s is older than this program; “serve” brings it up to date"
                       : "The database %s is sound",
      path);
  print_finding ("good", text);
  if (version == 0)
    return TRUE;
  if (!read_number (db,
                    "SELECT count (*) FROM users WHERE role = 'admin' AND active = 1 "
                    "AND password_hash IS NOT NULL",
                    &n_admins, error))
    return FALSE;
  if (n_admins == 0)
    print_finding ("warning", "No administrator can sign in yet: roundsd user add --role admin …");
  return TRUE;
}

static gboolean
check_database (const RoundsServerConfig *config)
{
  g_autofree char *path = rounds_server_database_describe (config);
  g_autoptr (GError) error = NULL;

  if (!rounds_server_database_exists (config))
    {
      g_autofree char *text = g_strdup_printf ("There is no database yet; “serve” makes %s", path);
      print_finding ("good", text);
      return TRUE;
    }
  g_autoptr (RoundsDb) db = rounds_server_database_open (config, ROUNDS_DATABASE_LOOK, &error);
  if (db != NULL && check_schema (db, path, &error))
    return TRUE;
  g_autofree char *text = g_strdup_printf ("The database %s: %s", path, error->message);
  print_finding ("wrong", text);
  return FALSE;
}

static void
check_listener (const RoundsServerConfig *config)
{
  g_autofree char *text
      = config->listen_path != NULL
            ? g_strdup_printf ("It will listen on the socket %s", config->listen_path)
            : g_strdup_printf ("It will listen on %s, port %u, unless systemd opens its socket",
                               config->listen_address, config->port);
  print_finding ("good", text);
  if (!rounds_server_config_is_loopback (config))
    print_finding ("warning", "That is reachable from the network, and roundsd speaks plain HTTP: "
                              "put a web server with TLS in front and listen on 127.0.0.1");
}

int
rounds_command_check (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;

  if (!rounds_command_parse (&argc, &argv, NULL,
                             "Says what is right and wrong with the set-up; changes nothing.", NULL,
                             &common))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsServerConfig) config = rounds_command_load_config (&common, &error);
  if (config == NULL)
    {
      print_finding ("wrong", error->message);
      return ROUNDS_EXIT_REFUSED;
    }
  if (common.config_path != NULL && has_secret (common.config_path))
    check_secret_file (common.config_path,
                       "put its secrets into the environment (roundsd.env, mode 0600)");
  check_secret_file (".env", "chmod 600 .env");
  if (config->private_key_path != NULL)
    check_secret_file (config->private_key_path,
                       "whoever has this key can sign himself into every call; chmod 600");
  check_names ();
  check_listener (config);
  gboolean good = check_jitsi (config);
  good = check_hooks (config) && good;
  good = check_database (config) && good;
  return good ? 0 : ROUNDS_EXIT_REFUSED;
}

int
rounds_command_migrate (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;

  if (!rounds_command_parse (&argc, &argv, NULL,
                             "Brings the database to this version's schema, making it if need be.",
                             NULL, &common))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsServerConfig) config = rounds_command_load_config (&common, &error);
  if (config == NULL)
    return rounds_command_fail (error);
  g_autoptr (RoundsDb) db = rounds_command_open_db (config, &error);
  if (db == NULL)
    return rounds_command_fail (error);
  g_autofree char *name = rounds_server_database_describe (config);
  g_print ("The database %s has schema %d.\n", name, rounds_server_schema_get_version ());
  return 0;
}
