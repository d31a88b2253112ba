/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The PostgreSQL driver: opening, transactions, locks and schema versions.
 * Rows are in rounds-db-postgres-statement.c, exchanges in rounds-db-postgres-link.c.
 */

#include "config.h"

#include "rounds-db-postgres-private.h"

#define DEFAULT_BUSY_TIMEOUT_MS 5000
#define DEFAULT_STATEMENT_TIMEOUT_MS 30000
/* How much longer than the server's own time-out we wait for a server that says nothing. */
#define GRACE_MS 5000

static const char *const verbs[ROUNDS_DB_N_VERBS] = {
  /* Said aloud, for the role or the database may have another default. */
  [ROUNDS_DB_VERB_BEGIN] = "BEGIN ISOLATION LEVEL READ COMMITTED",
  [ROUNDS_DB_VERB_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  [ROUNDS_DB_VERB_COMMIT] = "COMMIT",
  [ROUNDS_DB_VERB_ROLLBACK] = "ROLLBACK",
  [ROUNDS_DB_VERB_SAVEPOINT] = "SAVEPOINT part",
  [ROUNDS_DB_VERB_RELEASE] = "RELEASE part",
  [ROUNDS_DB_VERB_UNDO] = "ROLLBACK TO part",
};

/* The lock is the migration's until it ends, however long that takes. An ALTER TABLE behind a long
 * transaction would make everybody else wait behind it, so that gives up again. */
static const char begin_migration_sql[]
    = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
      "SET LOCAL idle_in_transaction_session_timeout = 0;"
      "SELECT pg_advisory_xact_lock (hashtextextended ('rounds_schema', 0));"
      "SET LOCAL lock_timeout = '30s';"
      "CREATE TABLE IF NOT EXISTS rounds_schema (version BIGINT NOT NULL);"
      "INSERT INTO rounds_schema SELECT 0 WHERE NOT EXISTS (SELECT FROM rounds_schema)";

static void
close_connection (RoundsDb *db)
{
  RoundsDbPostgres *self = (RoundsDbPostgres *)db;

  /* In this order: the server forgets all statements at once. */
  rounds_db_postgres_disconnect (self);
  rounds_db_clear (db);
  rounds_db_postgres_target_free (self->target);
  g_free (self->settings);
  g_free (self);
}

static gboolean
exec (RoundsDb *db, const char *sql, GError **error)
{
  RoundsDbPostgres *self = (RoundsDbPostgres *)db;
  g_autoptr (PGresult) result = NULL;

  if (!rounds_db_postgres_make_ready (self, error))
    return FALSE;
  result = rounds_db_postgres_query (self, sql, error);
  return result != NULL;
}

static gboolean
begin (RoundsDbPostgres *self, const char *sql, GError **error)
{
  g_autoptr (PGresult) result = NULL;
  g_autoptr (GError) lost = NULL;

  if (!rounds_db_postgres_make_ready (self, error))
    return FALSE;
  result = rounds_db_postgres_query (self, sql, &lost);
  if (result == NULL && self->connection != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&lost));
      return FALSE;
    }
  /* Lost on the way to the server: nothing has happened yet, so a new connection will do. */
  self->in_transaction = result != NULL || exec (&self->parent, sql, error);
  return self->in_transaction;
}

static gboolean
commit (RoundsDbPostgres *self, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  if (rounds_db_postgres_make_ready (self, error))
    result = rounds_db_postgres_query (self, verbs[ROUNDS_DB_VERB_COMMIT], error);
  /* A COMMIT that fails has rolled back. */
  self->in_transaction = FALSE;
  self->migrating = FALSE;
  if (result == NULL)
    return FALSE;
  if (g_str_equal (rounds_libpq.PQcmdStatus (result), "COMMIT"))
    return TRUE;
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL,
                       "A statement of the transaction had failed, so all of it was undone");
  return FALSE;
}

static void
roll_back (RoundsDbPostgres *self)
{
  g_autoptr (PGresult) result = NULL;

  self->in_transaction = FALSE;
  self->migrating = FALSE;
  if (self->connection == NULL)
    return;
  result = rounds_db_postgres_query (self, verbs[ROUNDS_DB_VERB_ROLLBACK], NULL);
  /* The server undoes what its client leaves. */
  if (result == NULL)
    rounds_db_postgres_disconnect (self);
}

static gboolean
transact (RoundsDb *db, RoundsDbVerb verb, GError **error)
{
  RoundsDbPostgres *self = (RoundsDbPostgres *)db;

  switch (verb)
    {
    case ROUNDS_DB_VERB_BEGIN:
    case ROUNDS_DB_VERB_BEGIN_READ:
      return begin (self, verbs[verb], error);
    case ROUNDS_DB_VERB_COMMIT:
      return commit (self, error);
    case ROUNDS_DB_VERB_ROLLBACK:
      roll_back (self);
      return TRUE;
    case ROUNDS_DB_VERB_SAVEPOINT:
    case ROUNDS_DB_VERB_RELEASE:
    case ROUNDS_DB_VERB_UNDO:
      return exec (db, verbs[verb], error);
    case ROUNDS_DB_N_VERBS:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
in_transaction (RoundsDb *db)
{
  return ((RoundsDbPostgres *)db)->in_transaction;
}

static int
get_changes (RoundsDb *db)
{
  return ((RoundsDbPostgres *)db)->changes;
}

static gboolean
lock (RoundsDb *db, const char *name, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT pg_advisory_xact_lock (hashtextextended ($1, 0))", error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, name);
  return rounds_db_run (statement, error);
}

static gboolean
check (RoundsDb *db, GError **error)
{
  return exec (db, "SELECT 1", error);
}

static gboolean
begin_migration (RoundsDb *db, GError **error)
{
  RoundsDbPostgres *self = (RoundsDbPostgres *)db;

  if (!rounds_db_begin (db, error))
    return FALSE;
  self->migrating = TRUE;
  if (exec (db, begin_migration_sql, error))
    return TRUE;
  rounds_db_rollback (db);
  return FALSE;
}

static gboolean
read_number (RoundsDb *db, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);

  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *number = rounds_db_get_int (statement, 0);
  return TRUE;
}

static gboolean
read_version (RoundsDb *db, gint64 *version, GError **error)
{
  gint64 exists;

  *version = 0;
  return read_number (db, "SELECT to_regclass ('rounds_schema') IS NOT NULL", &exists, error)
         && (!exists || read_number (db, "SELECT version FROM rounds_schema", version, error));
}

static gboolean
write_version (RoundsDb *db, int version, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "UPDATE rounds_schema SET version = $1", error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, version);
  return rounds_db_run (statement, error);
}

static const RoundsDbDriver driver = {
  .dialect = ROUNDS_DB_DIALECT_POSTGRES,
  .close = close_connection,
  .exec = exec,
  .transact = transact,
  .in_transaction = in_transaction,
  .get_changes = get_changes,
  .lock = lock,
  .check = check,
  .begin_migration = begin_migration,
  .read_version = read_version,
  .write_version = write_version,
  .compile = rounds_db_postgres_compile,
  .free_statement = rounds_db_postgres_free_statement,
  .reset = rounds_db_postgres_reset,
  .bind_text = rounds_db_postgres_bind_text,
  .bind_int = rounds_db_postgres_bind_int,
  .bind_no_int = rounds_db_postgres_bind_no_int,
  .bind_bytes = rounds_db_postgres_bind_bytes,
  .bind_null = rounds_db_postgres_bind_null,
  .step = rounds_db_postgres_step,
  .get_text = rounds_db_postgres_get_text,
  .get_int = rounds_db_postgres_get_int,
  .get_bytes = rounds_db_postgres_get_bytes,
  .is_null = rounds_db_postgres_is_null,
};

/* A client that stands still in the middle of a transaction, or whose machine is gone, is let go
 * before those who wait for its locks give up: all the other nodes would stand still with it. */
static char *
write_settings (const RoundsDbPostgresOptions *options, int statement_timeout)
{
  int lock_timeout
      = options->busy_timeout_ms > 0 ? options->busy_timeout_ms : DEFAULT_BUSY_TIMEOUT_MS;

  return g_strdup_printf ("SET statement_timeout = %d; SET lock_timeout = %d;"
                          "SET idle_in_transaction_session_timeout = %d;"
                          "SET TIME ZONE 'UTC'; SET client_min_messages = error;"
                          "SET bytea_output = hex; SET default_transaction_read_only = %s",
                          statement_timeout, lock_timeout, lock_timeout * 2 / 5,
                          options->read_only ? "on" : "off");
}

/**
 * rounds_db_postgres_open:
 * @options: address and settings; only read during the call
 *
 * Connects to a PostgreSQL server. When the connection is lost, what was under way fails with
 * %ROUNDS_DB_ERROR_OPEN, an open transaction with it; the next statement or transaction makes a new
 * connection. Blocks; the connection belongs to one thread at a time.
 *
 * Security: a server on another machine has to prove who it is by TLS, unless the URL or PGSSLMODE
 * says otherwise. No message holds the password or a value.
 *
 * Returns: (transfer full): the connection, or %NULL with a %ROUNDS_DB_ERROR: OPEN when it cannot
 *   be reached or the URL makes no sense, KEY when it does not let us in
 */
RoundsDb *
rounds_db_postgres_open (const RoundsDbPostgresOptions *options, GError **error)
{
  RoundsDbPostgresTarget *target;
  RoundsDbPostgres *self;
  g_autoptr (RoundsDb) db = NULL;
  int statement_timeout;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->url != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  target = rounds_db_postgres_target_new (options, error);
  if (target == NULL)
    return NULL;
  self = g_new0 (RoundsDbPostgres, 1);
  db = &self->parent;
  rounds_db_init (db, &driver);
  self->target = target;
  statement_timeout = options->statement_timeout_ms > 0 ? options->statement_timeout_ms
                                                        : DEFAULT_STATEMENT_TIMEOUT_MS;
  self->settings = write_settings (options, statement_timeout);
  self->patience = (statement_timeout + GRACE_MS) * (ROUNDS_SECOND / 1000);
  return rounds_db_postgres_make_ready (self, error) ? g_steal_pointer (&db) : NULL;
}
