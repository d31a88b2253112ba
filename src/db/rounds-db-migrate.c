/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Schemas: bringing a file to the program's version, and asking whether it is sound.
 * The steps themselves are the .sql files of store and server.
 */

#include "config.h"

#include "rounds-db-private.h"

static gboolean
read_version (RoundsDb *self, gint64 *version, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (self, "PRAGMA user_version", error);

  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *version = rounds_db_get_int (statement, 0);
  return TRUE;
}

static gboolean
refuse_newer (gint64 version, gsize known, GError **error)
{
  if (version >= 0 && (guint64)version <= known)
    return TRUE;
  g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_NEWER,
               "The database has version %" G_GINT64_FORMAT
               ", this program knows it up to version %" G_GSIZE_FORMAT,
               version, known);
  return FALSE;
}

/* Inside the transaction: another process may have taken the same step since we looked. */
static gboolean
apply_inside (RoundsDb *self, const RoundsDbMigration *migration, gsize known, GError **error)
{
  g_autofree char *set_version = NULL;
  gint64 version;

  if (!read_version (self, &version, error) || !refuse_newer (version, known, error))
    return FALSE;
  if (version >= migration->version)
    return TRUE;
  /* A PRAGMA takes no parameter; the number is ours. */
  set_version = g_strdup_printf ("PRAGMA user_version = %d", migration->version);
  return rounds_db_exec (self, migration->sql, error) && rounds_db_exec (self, set_version, error);
}

static gboolean
apply (RoundsDb *self, const RoundsDbMigration *migration, gsize known, GError **error)
{
  if (!rounds_db_exec (self, "BEGIN EXCLUSIVE", error))
    return FALSE;
  if (apply_inside (self, migration, known, error))
    return rounds_db_commit (self, error);
  rounds_db_rollback (self);
  return FALSE;
}

/**
 * rounds_db_migrate:
 * @migrations: (array length=n_migrations): the steps, version N at position N − 1
 *
 * Takes the steps that the file has not seen. Each is one exclusive transaction: a step that fails
 * leaves the file at the version before it. Returns: %TRUE at the last version, or %FALSE with a
 * %ROUNDS_DB_ERROR, which is NEWER for a file of a later program
 */
gboolean
rounds_db_migrate (RoundsDb *self, const RoundsDbMigration *migrations, gsize n_migrations,
                   GError **error)
{
  gint64 version;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (migrations != NULL || n_migrations == 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  for (gsize i = 0; i < n_migrations; i++)
    g_return_val_if_fail (migrations[i].version == (int)i + 1, FALSE);

  if (!read_version (self, &version, error) || !refuse_newer (version, n_migrations, error))
    return FALSE;
  for (gsize i = (gsize)version; i < n_migrations; i++)
    if (!apply (self, &migrations[i], n_migrations, error))
      return FALSE;
  return TRUE;
}

/**
 * rounds_db_check:
 *
 * Reads the whole file and checks that its pages, indexes and foreign keys agree. Takes time in
 * proportion to the file. Returns: %TRUE, or %FALSE with a %ROUNDS_DB_ERROR, usually DAMAGED
 */
gboolean
rounds_db_check (RoundsDb *self, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  statement = rounds_db_prepare (self, "PRAGMA integrity_check(1)", error);
  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  if (g_strcmp0 (rounds_db_get_text (statement, 0), "ok") == 0)
    return TRUE;
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
                       "The database file is damaged");
  return FALSE;
}
