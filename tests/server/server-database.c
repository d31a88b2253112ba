/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The database of a test of the server: a file, or one of its own in PostgreSQL.
 * No schema and no rows are made here; what has some can be copied.
 */

#include "server-database.h"

#ifdef ROUNDS_TEST_WITH_LIBPQ
#include "rounds-db-postgres.h"
#endif

#include <string.h>
#include <unistd.h>

#ifdef ROUNDS_TEST_WITH_LIBPQ
static RoundsDb *
open_url (const char *url)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = rounds_db_postgres_open (&(RoundsDbPostgresOptions){ .url = url }, &error);

  g_assert_no_error (error);
  return db;
}

/* Databases rather than schemas: locks by name and notifications belong to a database. */
static char *
make_like (const char *model)
{
  static int n_made = 0;
  const char *server = g_getenv ("ROUNDS_TEST_POSTGRES");

  g_assert_nonnull (server);
  g_autofree char *name = g_strdup_printf ("test_%d_%d", (int)getpid (), n_made++);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE %s", name, model);
  g_autoptr (RoundsDb) db = open_url (server);
  g_autoptr (GError) error = NULL;

  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
  /* "postgresql://rounds@/postgres?host=…" */
  g_auto (GStrv) parts = g_strsplit (server, "/postgres?", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strconcat (parts[0], "/", name, "?", parts[1], NULL);
}

char *
server_database_make (void)
{
  if (g_strcmp0 (g_getenv ("ROUNDS_TEST_DATABASE"), "postgres") != 0)
    return NULL;
  return make_like ("template1");
}

char *
server_database_copy (const char *url)
{
  g_auto (GStrv) parts = g_strsplit_set (strstr (url, "@/") + strlen ("@/"), "?", 2);

  return make_like (parts[0]);
}
#else
static RoundsDb *
open_url (const char *url)
{
  g_error ("built without PostgreSQL");
}

char *
server_database_make (void)
{
  return NULL;
}

char *
server_database_copy (const char *url)
{
  g_error ("built without PostgreSQL");
}
#endif

RoundsDb *
server_database_open (const char *url, const char *path)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = NULL;

  if (url != NULL)
    return open_url (url);
  db = rounds_db_open (&(RoundsDbOptions){ .path = path }, &error);
  g_assert_no_error (error);
  return db;
}

RoundsDb *
server_database_open_new (void)
{
  g_autofree char *url = server_database_make ();

  return server_database_open (url, ":memory:");
}

RoundsDb *
server_database_open_filled (void (*fill) (RoundsDb *db))
{
  static char *model = NULL;
  RoundsDb *db = NULL;

  if (model != NULL)
    {
      g_autofree char *url = server_database_copy (model);
      return server_database_open (url, NULL);
    }
  g_autofree char *url = server_database_make ();
  db = server_database_open (url, ":memory:");
  fill (db);
  if (url == NULL)
    return db;
  rounds_db_close (db);
  model = g_steal_pointer (&url);
  return server_database_open_filled (fill);
}
