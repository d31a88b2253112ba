/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The numbered SQL files of the cache, read from the program's resources once.
 * A file that was ever released must not change; the next change is a new file.
 */

#include "config.h"

#include "rounds-schema.h"

#include <gio/gio.h>

#include "rounds-store-resources.h"

#define PREFIX "/io/github/rounds_app/Rounds/store/sql/"

static const char *const FILES[] = {
  "version-001.sql", "version-002.sql", "version-003.sql", "version-004.sql", "version-005.sql",
  "version-006.sql", "version-007.sql", "version-008.sql", "version-009.sql",
};

static char *
load (const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (rounds_store_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL)
    g_error ("The program lacks a part of itself: %s", error->message);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

const RoundsDbMigration *
rounds_schema_get_migrations (gsize *n_migrations)
{
  static RoundsDbMigration migrations[G_N_ELEMENTS (FILES)];
  static gsize once = 0;

  g_return_val_if_fail (n_migrations != NULL, NULL);

  if (g_once_init_enter (&once))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (FILES); i++)
        migrations[i] = (RoundsDbMigration){ .version = (int)i + 1, .sql = load (FILES[i]) };
      g_once_init_leave (&once, 1);
    }
  *n_migrations = G_N_ELEMENTS (FILES);
  return migrations;
}
