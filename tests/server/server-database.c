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

#include <stdlib.h>
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

static GPtrArray *made; /* names of those that go when this program ends */

static void
run_on_server (const char *sql)
{
  const char *server = g_getenv ("ROUNDS_TEST_POSTGRES");

  g_assert_nonnull (server);
  g_autoptr (RoundsDb) db = open_url (server);
  g_autoptr (GError) error = NULL;

  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* A run's programs share a server, and each database is some megabytes. */
static void
drop_made (void)
{
  for (guint i = 0; i < made->len; i++)
    {
      g_autofree char *sql
          = g_strdup_printf ("DROP DATABASE %s WITH (FORCE)", (char *)made->pdata[i]);
      run_on_server (sql);
    }
  g_clear_pointer (&made, g_ptr_array_unref);
}

/* Databases rather than schemas: locks by name and notifications belong to a database. By default
 * PostgreSQL writes a copy into its log page by page, which takes seven times as long as this. */
static char *
make_like (const char *model, gboolean keep)
{
  static int n_made = 0;
  g_autofree char *name = g_strdup_printf ("test_%d_%d", (int)getpid (), n_made++);
  g_autofree char *sql
      = g_strdup_printf ("CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", name, model);

  run_on_server (sql);
  /* "postgresql://rounds@/postgres?host=…" */
  g_auto (GStrv) parts = g_strsplit (g_getenv ("ROUNDS_TEST_POSTGRES"), "/postgres?", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  if (!keep && made == NULL)
    {
      made = g_ptr_array_new_with_free_func (g_free);
      atexit (drop_made);
    }
  if (!keep)
    g_ptr_array_add (made, g_strdup (name));
  return g_strconcat (parts[0], "/", name, "?", parts[1], NULL);
}

static gboolean
is_postgres (void)
{
  return g_strcmp0 (g_getenv ("ROUNDS_TEST_DATABASE"), "postgres") == 0;
}

char *
server_database_make (void)
{
  return is_postgres () ? make_like ("template1", FALSE) : NULL;
}

char *
server_database_make_model (void)
{
  return is_postgres () ? make_like ("template1", TRUE) : NULL;
}

char *
server_database_copy (const char *url)
{
  g_auto (GStrv) parts = g_strsplit_set (strstr (url, "@/") + strlen ("@/"), "?", 2);

  return make_like (parts[0], FALSE);
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
server_database_make_model (void)
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
