/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * `roundsd backup FILE`: a copy of the SQLite database, of one moment, while a server works on it.
 * PostgreSQL has tools of its own.
 */

#include "config.h"

#include "rounds-commands.h"

#include "rounds-server-database.h"
#include "rounds-server-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
refuse_errno (GError **error, const char *path, int saved_errno)
{
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM, "%s: %s", path,
               g_strerror (saved_errno));
  return FALSE;
}

/* One read transaction: who writes meanwhile does not wait, and is not in it. */
static gboolean
copy_database (RoundsDb *db, const char *path, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, "VACUUM INTO $1", error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, path);
  return rounds_db_run (statement, error);
}

/* A copy that is not sound is none. */
static gboolean
check_copy (const char *path, GError **error)
{
  g_autoptr (RoundsDb) copy
      = rounds_db_open (&(RoundsDbOptions){ .path = path, .read_only = TRUE }, error);

  return copy != NULL && rounds_db_check (copy, error);
}

/* On the disk, under its own name only when it is whole. */
static gboolean
keep_copy (const char *partial, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file = g_open (partial, O_RDONLY | O_CLOEXEC);
  int directory = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean kept = file >= 0 && directory >= 0 && fsync (file) == 0 && g_rename (partial, path) == 0
                  && fsync (directory) == 0;
  int saved_errno = errno;

  if (file >= 0)
    close (file);
  if (directory >= 0)
    close (directory);
  return kept || refuse_errno (error, path, saved_errno);
}

static gboolean
back_up (const RoundsServerConfig *config, const char *path, GError **error)
{
  if (rounds_server_database_is_remote (config))
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                           "PostgreSQL is backed up by its own tools: pg_dump -Fc, or continuous "
                           "archiving (see deploy.md)");
      return FALSE;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return refuse_errno (error, path, EEXIST);
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  g_autoptr (RoundsDb) db = rounds_server_database_open (config, ROUNDS_DATABASE_LOOK, error);

  if (db == NULL)
    return FALSE;
  /* What an earlier one that was stopped left. */
  g_unlink (partial);
  /* Security: a backup is as secret as what it is of. */
  umask (0077);
  if (copy_database (db, partial, error) && check_copy (partial, error)
      && keep_copy (partial, path, error))
    return TRUE;
  g_unlink (partial);
  return FALSE;
}

int
rounds_command_backup (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;

  if (!rounds_command_parse (&argc, &argv, "FILE",
                             "Copies the SQLite database into FILE, while a server works on it.",
                             NULL, &common))
    return ROUNDS_EXIT_USAGE;
  if (argc != 2)
    {
      g_printerr ("Usage: roundsd backup [OPTIONS…] FILE\n");
      return ROUNDS_EXIT_USAGE;
    }
  g_autoptr (RoundsServerConfig) config = rounds_command_load_config (&common, &error);
  if (config == NULL || !back_up (config, argv[1], &error))
    return rounds_command_fail (error);
  g_print ("The database is in %s.\n", argv[1]);
  return 0;
}
