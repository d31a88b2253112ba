/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server's schema: the numbered files of sql/, compiled in.
 * To change the schema, add a file; one that was ever released is never edited.
 *
 * NNN-name.sql is step NNN on every database. Where PostgreSQL needs words of its own,
 * NNN-name.postgres.sql stands beside it and is taken there instead. The number is the name's, so a
 * step is renumbered by renaming its files.
 */

#include "config.h"

#include "rounds-server-schema.h"

#include "rounds-server-error.h"

#include <gio/gio.h>
#include <stdlib.h>

#define FOLDER "/io/github/rounds_app/server/sql/"
#define POSTGRES_END ".postgres.sql"
#define N_DIALECTS 2

static RoundsDbMigration *migrations[N_DIALECTS]; /* by RoundsDbDialect */
static gsize n_migrations;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static const char *
get_sql (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (sql != NULL);
  /* The text stays in the binary; a resource that is not compressed ends with a NUL. */
  return g_bytes_get_data (sql, NULL);
}

/* Two steps of one number, or a number left out, cannot be shipped: every start would fail here. */
static void
add_file (const char *name)
{
  int version = (int)g_ascii_strtoll (name, NULL, 10);
  gboolean own = g_str_has_suffix (name, POSTGRES_END);

  if (version < 1 || version > (int)n_migrations + 1
      || (!own && migrations[ROUNDS_DB_DIALECT_SQLITE][version - 1].sql != NULL))
    g_error ("The schema's step %s is out of order: its number is taken or leaves a gap", name);
  n_migrations = MAX (n_migrations, (gsize)version);
  for (int dialect = 0; dialect < N_DIALECTS; dialect++)
    {
      RoundsDbMigration *step = &migrations[dialect][version - 1];
      step->version = version;
      if (own ? dialect == ROUNDS_DB_DIALECT_POSTGRES : step->sql == NULL)
        step->sql = get_sql (name);
    }
}

static void
load_migrations (void)
{
  static gsize loaded = 0;

  if (!g_once_init_enter (&loaded))
    return;
  g_auto (GStrv) names
      = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize n_names = g_strv_length (names);

  qsort (names, n_names, sizeof *names, compare_names);
  for (int dialect = 0; dialect < N_DIALECTS; dialect++)
    migrations[dialect] = g_new0 (RoundsDbMigration, n_names);
  for (gsize i = 0; i < n_names; i++)
    add_file (names[i]);
  for (gsize i = 0; i < n_migrations; i++)
    g_assert (migrations[ROUNDS_DB_DIALECT_SQLITE][i].sql != NULL);
  g_once_init_leave (&loaded, 1);
}

static gboolean
ask (RoundsDb *db, const char *sql, gboolean *yes, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  RoundsDbStep step = statement != NULL ? rounds_db_step (statement, error) : ROUNDS_DB_FAILED;

  *yes = step == ROUNDS_DB_ROW;
  return step != ROUNDS_DB_FAILED;
}

/* What forbids double bookings compares ids in a GiST index, which PostgreSQL does by an extension
 * of its own distribution. It is a trusted one: the owner of the database may create it. */
static gboolean
provide_extension (RoundsDb *db, GError **error)
{
  gboolean there = FALSE;
  gboolean available = FALSE;

  if (!ask (db, "SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'", &there, error)
      || !ask (db, "SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist'", &available,
               error))
    return FALSE;
  if (there)
    return TRUE;
  if (!available)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG,
                           "this PostgreSQL has no extension btree_gist, which keeps appointments "
                           "from overlapping; install PostgreSQL's contrib package on its machine");
      return FALSE;
    }
  if (rounds_db_exec (db, "CREATE EXTENSION IF NOT EXISTS btree_gist", NULL)
      || (ask (db, "SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'", &there, NULL)
          && there))
    return TRUE;
  g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG,
                       "the extension btree_gist is missing and this account may not create it; "
                       "let the database's owner run: CREATE EXTENSION btree_gist");
  return FALSE;
}

gboolean
rounds_server_schema_migrate_to (RoundsDb *db, int version, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (version > 0 && version <= rounds_server_schema_get_version (), FALSE);

  RoundsDbDialect dialect = rounds_db_get_dialect (db);

  if (dialect == ROUNDS_DB_DIALECT_POSTGRES && !provide_extension (db, error))
    return FALSE;
  return rounds_db_migrate (db, migrations[dialect], (gsize)version, error);
}

gboolean
rounds_server_schema_migrate (RoundsDb *db, GError **error)
{
  return rounds_server_schema_migrate_to (db, rounds_server_schema_get_version (), error);
}

int
rounds_server_schema_get_version (void)
{
  load_migrations ();
  return (int)n_migrations;
}
