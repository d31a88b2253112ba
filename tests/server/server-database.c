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

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static gboolean
is_postgres (void)
{
  return g_strcmp0 (g_getenv ("ROUNDS_TEST_DATABASE"), "postgres") == 0;
}

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

int
server_database_lock (const char *path)
{
  int lock = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  g_assert_cmpint (lock, >=, 0);
  while (flock (lock, LOCK_EX) != 0)
    g_assert_cmpint (errno, ==, EINTR);
  return lock;
}

static char *
make_model (gboolean shared, void (*fill) (RoundsDb *db))
{
  char *url = shared ? server_database_make_model () : server_database_make ();
  RoundsDb *db = server_database_open (url, NULL);

  fill (db);
  rounds_db_close (db);
  return url;
}

/* Made by the first program that wants it; its URL lies in the shared folder. */
static char *
find_shared_model (const char *folder, const char *name, void (*fill) (RoundsDb *db))
{
  g_autofree char *path = g_strdup_printf ("%s/model-%s", folder, name);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int lock = server_database_lock (lock_path);
  g_autoptr (GError) error = NULL;
  char *url = NULL;

  if (!g_file_get_contents (path, &url, NULL, NULL))
    {
      url = make_model (TRUE, fill);
      g_file_set_contents (path, url, -1, &error);
      g_assert_no_error (error);
    }
  close (lock);
  return url;
}

RoundsDb *
server_database_open_filled (const char *name, void (*fill) (RoundsDb *db))
{
  static GHashTable *models = NULL; /* name → URL */
  const char *folder = g_getenv ("ROUNDS_TEST_SHARED");
  const char *model;

  if (!is_postgres ())
    {
      RoundsDb *db = server_database_open_new ();
      fill (db);
      return db;
    }
  if (models == NULL)
    models = g_hash_table_new (g_str_hash, g_str_equal);
  model = g_hash_table_lookup (models, name);
  if (model == NULL)
    {
      model = folder != NULL ? find_shared_model (folder, name, fill) : make_model (FALSE, fill);
      g_hash_table_insert (models, (gpointer)name, (gpointer)model);
    }
  g_autofree char *url = server_database_copy (model);
  return server_database_open (url, NULL);
}
