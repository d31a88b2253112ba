/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server's schema: the numbered files of sql/, compiled in.
 * To change the schema, add a file; one that was ever released is never edited.
 */

#include "config.h"

#include "rounds-server-schema.h"

#include <gio/gio.h>

#define SCHEMA_PREFIX "/io/github/rounds_app/server/sql/"

static const char *const files[] = {
  "001-first.sql",
  "002-sessions.sql",
  "003-slots-and-keys.sql",
  "004-changes.sql",
};

static RoundsDbMigration migrations[G_N_ELEMENTS (files)];

static void
load_migrations (void)
{
  static gsize loaded = 0;

  if (!g_once_init_enter (&loaded))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat (SCHEMA_PREFIX, files[i], NULL);
      g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_assert (sql != NULL);
      migrations[i].version = (int)i + 1;
      /* The text stays in the binary; a resource that is not compressed ends with a NUL. */
      migrations[i].sql = g_bytes_get_data (sql, NULL);
    }
  g_once_init_leave (&loaded, 1);
}

gboolean
rounds_server_schema_migrate (RoundsDb *db, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  load_migrations ();
  return rounds_db_migrate (db, migrations, G_N_ELEMENTS (migrations), error);
}

int
rounds_server_schema_get_version (void)
{
  return G_N_ELEMENTS (files);
}
