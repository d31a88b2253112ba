/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Schemas: bringing a database to the program's version.
 * The steps themselves are the .sql files of store and server.
 */

#include "config.h"

#include "rounds-db-driver.h"

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
  gint64 version;

  if (!self->driver->read_version (self, &version, error) || !refuse_newer (version, known, error))
    return FALSE;
  if (version >= migration->version)
    return TRUE;
  return rounds_db_exec (self, migration->sql, error)
         && self->driver->write_version (self, migration->version, error);
}

static gboolean
apply (RoundsDb *self, const RoundsDbMigration *migration, gsize known, GError **error)
{
  if (!self->driver->begin_migration (self, error))
    return FALSE;
  if (apply_inside (self, migration, known, error))
    return rounds_db_commit (self, error);
  rounds_db_rollback (self);
  return FALSE;
}

/**
 * rounds_db_get_version:
 * @version: (out): the last migration that was taken, 0 for none
 *
 * Returns: %TRUE, or %FALSE with a %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_get_version (RoundsDb *self, gint64 *version, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (version != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return self->driver->read_version (self, version, error);
}

/**
 * rounds_db_migrate:
 * @migrations: (array length=n_migrations): the steps, version N at position N − 1
 *
 * Takes the steps that the database has not seen. Each is one transaction that keeps all other
 * migrations out, so that several programs may start at once: a step that fails leaves the version
 * before it. Steps are written for the driver's dialect and hold no BEGIN or COMMIT.
 *
 * Returns: %TRUE at the last version, or %FALSE with a %ROUNDS_DB_ERROR, which is NEWER for a
 *   database of a later program
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

  if (!rounds_db_get_version (self, &version, error)
      || !refuse_newer (version, n_migrations, error))
    return FALSE;
  for (gsize i = (gsize)version; i < n_migrations; i++)
    if (!apply (self, &migrations[i], n_migrations, error))
      return FALSE;
  return TRUE;
}
