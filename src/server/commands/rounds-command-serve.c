/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * `roundsd serve`: from the configuration to the line that says where it listens, and to the end.
 * It answers nothing itself; see rounds-server.c.
 */

#include "config.h"

#include "rounds-commands.h"

#include "rounds-clock.h"
#include "rounds-demo.h"
#include "rounds-passwords.h"
#include "rounds-server-log.h"
#include "rounds-server.h"
#include "rounds-supervisor.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>

/* How long requests under way may take when we are asked to stop. */
#define STOP_PATIENCE (10 * G_USEC_PER_SEC)

typedef struct
{
  RoundsCommandOptions common;
  int port;
  gboolean demo;
} ServeOptions;

static void
clear_serve_options (ServeOptions *options)
{
  rounds_command_options_clear (&options->common);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServeOptions, clear_serve_options)

static gboolean
parse_options (int argc, char **argv, ServeOptions *options)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "Listen on port N; 0 takes any free one",
      "N" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options->demo,
      "Fill an empty database with demo data, and do without a Jitsi", NULL },
    G_OPTION_ENTRY_NULL,
  };
  options->port = -1;
  if (!rounds_command_parse (&argc, &argv, NULL, "Answers requests until SIGTERM or SIGINT.",
                             entries, &options->common))
    return FALSE;
  if (argc > 1 || options->port < -1 || options->port > G_MAXUINT16)
    {
      g_printerr ("roundsd serve: %s\n",
                  argc > 1 ? "takes no further arguments" : "--port is a number from 0 to 65535");
      return FALSE;
    }
  return TRUE;
}

static RoundsServerConfig *
load_config (const ServeOptions *options, GError **error)
{
  g_auto (GStrv) environment = g_get_environ ();
  g_auto (GStrv) warnings = NULL;
  RoundsServerConfigOptions wanted = {
    .config_path = options->common.config_path,
    .data_dir = options->common.data_dir,
    .database = options->common.database,
    .port = options->port,
    .demo = options->demo,
  };
  g_autoptr (RoundsServerConfig) config
      = rounds_server_config_load (&wanted, (const char *const *)environment, error);
  if (config == NULL || (options->demo && !rounds_server_config_complete_demo (config, error))
      || !rounds_jitsi_config_check (config->jitsi, &warnings, error))
    return NULL;
  rounds_log_set_format (config->log_format);
  for (gsize i = 0; warnings != NULL && warnings[i] != NULL; i++)
    g_message ("%s", warnings[i]);
  return g_steal_pointer (&config);
}

static gboolean
prepare_database (const RoundsServerConfig *config, gboolean demo, RoundsClock *clock,
                  GError **error)
{
  g_autoptr (RoundsDb) db = rounds_command_open_db (config, error);
  return db != NULL && (!demo || rounds_demo_fill (db, rounds_clock_now (clock), error));
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/* A while in which load balancers notice; another signal ends it. */
static void
drain (RoundsServer *server, GMainLoop *loop, gint64 seconds)
{
  if (seconds == 0)
    return;
  guint end = g_timeout_add_seconds ((guint)seconds, quit_cb, loop);
  rounds_server_drain (server);
  g_main_loop_run (loop);
  g_source_remove (end);
}

/* Type=notify: units that need us start when we answer, and none waits while we stop. */
static void
tell_systemd (const char *state)
{
  g_autoptr (GError) error = NULL;

  if (!rounds_supervisor_tell (state, &error))
    g_warning ("%s", error->message);
}

static void
serve_until_asked (RoundsServer *server, const RoundsServerConfig *config)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint term = g_unix_signal_add (SIGTERM, quit_cb, loop);
  guint interrupt = g_unix_signal_add (SIGINT, quit_cb, loop);
  g_autofree char *uri = rounds_server_dup_uri (server);

  printf ("listening on %s\n", uri);
  fflush (stdout);
  tell_systemd ("READY=1");
  rounds_server_log_gather (TRUE);
  g_main_loop_run (loop);
  g_autofree char *stopping
      = g_strdup_printf ("STOPPING=1\nEXTEND_TIMEOUT_USEC=%" G_GINT64_FORMAT,
                         config->drain * G_USEC_PER_SEC + STOP_PATIENCE + STOP_PATIENCE / 2);
  tell_systemd (stopping);
  drain (server, loop, config->drain);
  rounds_server_log_gather (FALSE);
  g_source_remove (term);
  g_source_remove (interrupt);
}

int
rounds_command_serve (int argc, char **argv)
{
  g_auto (ServeOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();

  if (!parse_options (argc, argv, &options))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsServerConfig) config = load_config (&options, &error);
  if (config == NULL || !rounds_passwords_init (&error)
      || !prepare_database (config, options.demo, clock, &error))
    return rounds_command_fail (error);

  RoundsServerOptions wanted = { .config = config, .clock = clock };
  wanted.routes = rounds_routes_get (&wanted.n_routes);
  RoundsServer *server = rounds_server_new (&wanted, &error);
  if (server == NULL)
    return rounds_command_fail (error);
  serve_until_asked (server, config);
  rounds_server_stop (server, STOP_PATIENCE);
  return 0;
}
