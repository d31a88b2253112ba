/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The sub-commands of roundsd, and what they share.
 * Each lives in a file of its own; none of them serves HTTP but `serve`.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-server-config.h"

G_BEGIN_DECLS

#define ROUNDS_EXIT_REFUSED 1
#define ROUNDS_EXIT_USAGE 2

/* Runs `roundsd COMMAND …`. Returns the exit status: 0, 1 refused (the reason is on standard
 * error), 2 wrong usage. */
int rounds_commands_run (int argc, char **argv);

/* The commands; @argv[0] is the command's own name. */
int rounds_command_serve (int argc, char **argv);
int rounds_command_backup (int argc, char **argv);
int rounds_command_migrate (int argc, char **argv);
int rounds_command_demo (int argc, char **argv);
int rounds_command_check (int argc, char **argv);
int rounds_command_user (int argc, char **argv);
int rounds_command_hospital (int argc, char **argv);
int rounds_command_audit (int argc, char **argv);

/* What every command takes: --config, --data and --database. One owner. */
typedef struct
{
  char *config_path;
  char *data_dir;
  char *database;
} RoundsCommandOptions;

void rounds_command_options_clear (RoundsCommandOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsCommandOptions, rounds_command_options_clear)

/* Parses @argv with @entries (or NULL) and the common options. @usage: what stands behind the
 * command's name in its help. FALSE after saying what is wrong. */
gboolean rounds_command_parse (int *argc, char ***argv, const char *usage, const char *summary,
                               const GOptionEntry *entries, RoundsCommandOptions *common);
/* The configuration for commands that do not serve. */
RoundsServerConfig *rounds_command_load_config (const RoundsCommandOptions *common, GError **error);
/* Opens the database of @config, made and brought to the newest schema where need be. */
RoundsDb *rounds_command_open_db (const RoundsServerConfig *config, GError **error);
/* Both at once, for commands that write; passwords and hashes are ready to be made then. @config
 * (out, transfer full, optional). */
RoundsDb *rounds_command_open (const RoundsCommandOptions *common, RoundsServerConfig **config,
                               GError **error);
/* Says @error on standard error. Returns ROUNDS_EXIT_REFUSED. */
int rounds_command_fail (const GError *error);

G_END_DECLS
