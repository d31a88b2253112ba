/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which database the server works on, a SQLite file or a PostgreSQL server, and connections to it.
 * Schemas are rounds-server-schema.h's, tables the repositories'.
 */

#include "config.h"

#include "rounds-server-database.h"

#include "rounds-recall.h"
#include "rounds-server-error.h"
#ifdef ROUNDS_WITH_POSTGRES
#include "rounds-db-postgres.h"
#endif

static RoundsDb *
open_file (const RoundsServerConfig *config, RoundsDatabaseUse use, GError **error)
{
  g_autofree char *path = rounds_server_config_dup_db_path (config);

  return rounds_db_open (
      &(RoundsDbOptions){
          .path = path,
          .full_sync = TRUE,
          /* Security: what is written beside the writer would not be in the audit log. */
          .read_only = use != ROUNDS_DATABASE_WORK,
      },
      error);
}

#ifdef ROUNDS_WITH_POSTGRES
static RoundsDb *
open_remote (const RoundsServerConfig *config, RoundsDatabaseUse use, GError **error)
{
  return rounds_db_postgres_open (
      &(RoundsDbPostgresOptions){
          .url = config->database,
          .read_only = use == ROUNDS_DATABASE_LOOK,
      },
      error);
}
#else
static RoundsDb *
open_remote (const RoundsServerConfig *config, RoundsDatabaseUse use, GError **error)
{
  g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG,
                       "This roundsd was built without PostgreSQL (libpq)");
  return NULL;
}
#endif

gboolean
rounds_server_database_is_remote (const RoundsServerConfig *config)
{
  g_return_val_if_fail (config != NULL, FALSE);

  return config->database != NULL;
}

RoundsDb *
rounds_server_database_open (const RoundsServerConfig *config, RoundsDatabaseUse use,
                             GError **error)
{
  g_return_val_if_fail (config != NULL, NULL);

  return rounds_server_database_is_remote (config) ? open_remote (config, use, error)
                                                   : open_file (config, use, error);
}

RoundsDbWriter *
rounds_server_database_open_writer (const RoundsServerConfig *config, guint max_waiting,
                                    GError **error)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (rounds_server_database_is_remote (config))
    return rounds_db_writer_new_direct ();
  g_autofree char *path = rounds_server_config_dup_db_path (config);
  return rounds_db_writer_new (
      &(RoundsDbOptions){ .path = path, .quiet_tables = rounds_recall_quiet_tables }, max_waiting,
      error);
}

char *
rounds_server_database_describe (const RoundsServerConfig *config)
{
  g_return_val_if_fail (config != NULL, NULL);

#ifdef ROUNDS_WITH_POSTGRES
  if (rounds_server_database_is_remote (config))
    return rounds_db_postgres_describe (config->database);
#endif
  return rounds_server_config_dup_db_path (config);
}

gboolean
rounds_server_database_exists (const RoundsServerConfig *config)
{
  g_return_val_if_fail (config != NULL, FALSE);

  g_autofree char *path = rounds_server_config_dup_db_path (config);
  return rounds_server_database_is_remote (config) || g_file_test (path, G_FILE_TEST_EXISTS);
}
