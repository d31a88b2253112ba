/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Empty databases: a file in a folder of its own, or a schema of its own in the server that
 * with-postgres started.
 * No test stands here.
 */

#include "config.h"

#include "db-fixture.h"

#ifdef ROUNDS_TEST_WITH_LIBPQ
#include "rounds-db-postgres.h"
#endif
#include "rounds-test.h"

#include <unistd.h>

struct _DbFixture
{
  RoundsDbDialect dialect;
  RoundsTestFolder *folder;
  char *path;
  char *url;
};

typedef struct
{
  RoundsDbDialect dialect;
  DbFixtureTest test;
} Case;

#ifdef ROUNDS_TEST_WITH_LIBPQ
static RoundsDb *
open_url (const char *url, int busy_timeout_ms, int statement_timeout_ms)
{
  RoundsDbPostgresOptions options = {
    .url = url,
    .busy_timeout_ms = busy_timeout_ms,
    .statement_timeout_ms = statement_timeout_ms,
  };
  g_autoptr (GError) error = NULL;
  RoundsDb *db = rounds_db_postgres_open (&options, &error);

  g_assert_no_error (error);
  return db;
}

/* A database of this program, which may share its server with others: locks by name and
 * notifications belong to a database. NULL where there is no server. */
static const char *
get_database (void)
{
  static char *url = NULL;
  const char *server = g_getenv ("ROUNDS_TEST_POSTGRES");

  if (url != NULL || server == NULL)
    return url;
  g_autofree char *name = g_strdup_printf ("test_%d", (int)getpid ());
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s STRATEGY file_copy", name);
  g_autoptr (RoundsDb) db = open_url (server, 0, 0);

  db_fixture_exec (db, sql);
  /* "postgresql://rounds@/postgres?host=…" */
  g_auto (GStrv) parts = g_strsplit (server, "/postgres?", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  url = g_strconcat (parts[0], "/", name, "?", parts[1], NULL);
  return url;
}

/* Schemas are much faster made than databases, and keep tests just as well apart. */
static gboolean
make_schema (DbFixture *self)
{
  static int counter = 0;
  const char *database = get_database ();
  g_autofree char *name = g_strdup_printf ("test_%d", counter++);
  g_autofree char *sql = g_strdup_printf ("CREATE SCHEMA %s", name);
  g_autoptr (RoundsDb) db = NULL;

  if (database == NULL)
    {
      const char *reason = g_getenv ("ROUNDS_TEST_NO_POSTGRES");

      g_test_skip (reason != NULL ? reason : "not run by with-postgres");
      return FALSE;
    }
  db = open_url (database, 0, 0);
  db_fixture_exec (db, sql);
  self->url = g_strdup_printf ("%s&options=-csearch_path%%3D%s,public", database, name);
  return TRUE;
}
#else
static gboolean
make_schema (DbFixture *self)
{
  g_test_skip ("built without PostgreSQL");
  return FALSE;
}
#endif

DbFixture *
db_fixture_new (RoundsDbDialect dialect)
{
  g_autoptr (DbFixture) self = g_new0 (DbFixture, 1);

  self->dialect = dialect;
  if (dialect == ROUNDS_DB_DIALECT_POSTGRES)
    return make_schema (self) ? g_steal_pointer (&self) : NULL;
  self->folder = rounds_test_folder_new ();
  self->path = g_build_filename (self->folder, "test.db", NULL);
  return g_steal_pointer (&self);
}

void
db_fixture_free (DbFixture *self)
{
  g_clear_pointer (&self->folder, rounds_test_folder_free);
  g_free (self->path);
  g_free (self->url);
  g_free (self);
}

RoundsDbDialect
db_fixture_get_dialect (DbFixture *self)
{
  return self->dialect;
}

const char *
db_fixture_get_url (DbFixture *self)
{
  g_assert_nonnull (self->url);
  return self->url;
}

const char *
db_fixture_get_path (DbFixture *self)
{
  g_assert_nonnull (self->path);
  return self->path;
}

RoundsDb *
db_fixture_open_with (DbFixture *self, int busy_timeout_ms, int statement_timeout_ms)
{
  RoundsDbOptions options = { .path = self->path, .busy_timeout_ms = busy_timeout_ms };
  g_autoptr (GError) error = NULL;
  RoundsDb *db;

#ifdef ROUNDS_TEST_WITH_LIBPQ
  if (self->url != NULL)
    return open_url (self->url, busy_timeout_ms, statement_timeout_ms);
#endif
  db = rounds_db_open (&options, &error);
  g_assert_no_error (error);
  return db;
}

RoundsDb *
db_fixture_open (DbFixture *self)
{
  return db_fixture_open_with (self, 0, 0);
}

void
db_fixture_exec (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

RoundsDbStatement *
db_fixture_prepare (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  RoundsDbStatement *statement = rounds_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  return statement;
}

gint64
db_fixture_ask (RoundsDb *db, const char *sql)
{
  g_autoptr (RoundsDbStatement) statement = db_fixture_prepare (db, sql);
  g_autoptr (GError) error = NULL;
  RoundsDbStep step = rounds_db_step (statement, &error);

  g_assert_no_error (error);
  g_assert_cmpint (step, ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

static void
run_case (gconstpointer data)
{
  const Case *entry = data;
  g_autoptr (DbFixture) fixture = db_fixture_new (entry->dialect);

  if (fixture != NULL)
    entry->test (fixture);
}

void
db_fixture_add_for (RoundsDbDialect dialect, const char *path, DbFixtureTest test)
{
  Case *entry = g_new0 (Case, 1);

  entry->dialect = dialect;
  entry->test = test;
  g_test_add_data_func_full (path, entry, run_case, g_free);
}

void
db_fixture_add (const char *path, DbFixtureTest test)
{
  g_autofree char *sqlite = g_strconcat (path, "/sqlite", NULL);
  g_autofree char *postgres = g_strconcat (path, "/postgres", NULL);

  db_fixture_add_for (ROUNDS_DB_DIALECT_SQLITE, sqlite, test);
  db_fixture_add_for (ROUNDS_DB_DIALECT_POSTGRES, postgres, test);
}
