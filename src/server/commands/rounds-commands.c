/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Finds the sub-command, and what the sub-commands share.
 * Their output is for people and scripts, so it goes to the standard streams and not to the log.
 */

#include "config.h"

#include "rounds-commands.h"

#include "rounds-passwords.h"
#include "rounds-server-database.h"
#include "rounds-server-schema.h"

#include <string.h>

typedef struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary;
} Command;

static const Command commands[] = {
  { "serve", rounds_command_serve, "answer requests (migrates the database first)" },
  { "migrate", rounds_command_migrate, "bring the database to this version's schema" },
  { "check", rounds_command_check, "say in plain words what is right and wrong with the set-up" },
  { "user", rounds_command_user, "add, list, change the password of people" },
  { "audit", rounds_command_audit, "check the audit log, sign its head, give up what is old" },
  { "hospital", rounds_command_hospital, "add and list hospitals" },
  { "backup", rounds_command_backup, "copy the database while a server works on it" },
  { "demo", rounds_command_demo, "fill an empty database with a believable hospital" },
};

static void
print_usage (GPrintFunc print)
{
  g_autoptr (GString) text = g_string_new ("Usage: roundsd COMMAND [OPTIONS…]\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, commands[i].summary);
  g_string_append (text, "\nroundsd COMMAND --help says more.\n");
  print (text->str);
}

static void
print_out (const char *text)
{
  g_print ("%s", text);
}

static void
print_err (const char *text)
{
  g_printerr ("%s", text);
}

int
rounds_commands_run (int argc, char **argv)
{
  if (argc < 2)
    {
      print_usage (print_err);
      return ROUNDS_EXIT_USAGE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (argv[1], commands[i].name))
        return commands[i].run (argc - 1, argv + 1);
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_usage (print_out);
      return 0;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("roundsd %s\n", ROUNDS_VERSION);
      return 0;
    }
  g_printerr ("roundsd has no command “%s”.\n\n", argv[1]);
  print_usage (print_err);
  return ROUNDS_EXIT_USAGE;
}

void
rounds_command_options_clear (RoundsCommandOptions *self)
{
  g_clear_pointer (&self->config_path, g_free);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->database, g_free);
}

gboolean
rounds_command_parse (int *argc, char ***argv, const char *usage, const char *summary,
                      const GOptionEntry *entries, RoundsCommandOptions *common)
{
  g_return_val_if_fail (argc != NULL && argv != NULL && common != NULL, FALSE);

  const GOptionEntry shared[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &common->config_path, "Read settings from FILE",
      "FILE" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &common->data_dir, "Keep the database in DIR", "DIR" },
    { "database", 0, 0, G_OPTION_ARG_STRING, &common->database,
      "Keep it in a PostgreSQL server instead: postgresql://USER@HOST/NAME", "URL" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strdup_printf ("roundsd %s", (*argv)[0]);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  /* The program's name in the help is "roundsd serve". */
  g_set_prgname (command);
  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, shared, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("%s: %s\n", command, error->message);
  return FALSE;
}

RoundsServerConfig *
rounds_command_load_config (const RoundsCommandOptions *common, GError **error)
{
  g_return_val_if_fail (common != NULL, NULL);

  g_auto (GStrv) environment = g_get_environ ();
  RoundsServerConfigOptions options = {
    .config_path = common->config_path,
    .data_dir = common->data_dir,
    .database = common->database,
    .port = -1,
  };
  return rounds_server_config_load (&options, (const char *const *)environment, error);
}

RoundsDb *
rounds_command_open_db (const RoundsServerConfig *config, GError **error)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (!rounds_server_config_make_data_dir (config, error))
    return NULL;
  g_autoptr (RoundsDb) db = rounds_server_database_open (config, ROUNDS_DATABASE_WORK, error);
  if (db == NULL || !rounds_server_schema_migrate (db, error))
    {
      g_autofree char *name = rounds_server_database_describe (config);
      g_prefix_error (error, "The database %s: ", name);
      return NULL;
    }
  return g_steal_pointer (&db);
}

RoundsDb *
rounds_command_open (const RoundsCommandOptions *common, RoundsServerConfig **config,
                     GError **error)
{
  g_return_val_if_fail (common != NULL, NULL);

  g_autoptr (RoundsServerConfig) loaded
      = rounds_passwords_init (error) ? rounds_command_load_config (common, error) : NULL;
  RoundsDb *db = loaded != NULL ? rounds_command_open_db (loaded, error) : NULL;
  if (db != NULL && config != NULL)
    *config = g_steal_pointer (&loaded);
  return db;
}

int
rounds_command_fail (const GError *error)
{
  g_return_val_if_fail (error != NULL, ROUNDS_EXIT_REFUSED);

  g_printerr ("roundsd: %s\n", error->message);
  return ROUNDS_EXIT_REFUSED;
}
