/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * PostgreSQL's SQLSTATEs as errors that callers can tell apart, in plain words.
 * It decides nothing about what to do next.
 */

#include "config.h"

#include "rounds-db-postgres-private.h"

#include <string.h>

/* The first row that fits: whole codes before their classes. */
static const struct
{
  const char *sqlstate; /* or its beginning */
  RoundsDbError kind;
  gboolean can_retry;
  const char *message; /* NULL: the server's own words, which name rules and columns only */
} kinds[] = {
  { "40001", ROUNDS_DB_ERROR_BUSY, TRUE, "Two transactions got in each other's way" },
  { "40P01", ROUNDS_DB_ERROR_BUSY, TRUE, "Two transactions waited for each other" },
  { "55P03", ROUNDS_DB_ERROR_BUSY, FALSE, "The database is locked by somebody else" },
  { "57014", ROUNDS_DB_ERROR_BUSY, FALSE, "The database took too long for a statement" },
  { "23", ROUNDS_DB_ERROR_CONSTRAINT, FALSE, NULL },
  { "P0001", ROUNDS_DB_ERROR_CONSTRAINT, FALSE, NULL },
  { "25006", ROUNDS_DB_ERROR_READ_ONLY, FALSE, "The database can only be read" },
  { "53100", ROUNDS_DB_ERROR_FULL, FALSE, "There is no space left for the database" },
  { "53", ROUNDS_DB_ERROR_BUSY, FALSE, "The database server is overloaded" },
  { "57", ROUNDS_DB_ERROR_OPEN, FALSE, "The database server is stopping or starting" },
  { "08", ROUNDS_DB_ERROR_OPEN, FALSE, "The connection to the database server was lost" },
  { "58", ROUNDS_DB_ERROR_OPEN, FALSE, "The database server cannot read or write its files" },
  { "XX001", ROUNDS_DB_ERROR_DAMAGED, FALSE, "The database is damaged" },
  { "XX002", ROUNDS_DB_ERROR_DAMAGED, FALSE, "The database is damaged" },
  { "25P03", ROUNDS_DB_ERROR_OPEN, FALSE, "The transaction was left alone for too long" },
  { "25P02", ROUNDS_DB_ERROR_SQL, FALSE, "The transaction has failed before" },
  /* Our SQL is wrong, or not made for this schema: values never stand in it. */
  { "42", ROUNDS_DB_ERROR_SQL, FALSE, NULL },
};

/* What the program calls the rule; PostgreSQL names no constraint for NOT NULL and RAISE. */
static char *
read_constraint (const PGresult *result, const char *message)
{
  const char *name = rounds_libpq.PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME);
  const char *table = rounds_libpq.PQresultErrorField (result, PG_DIAG_TABLE_NAME);
  const char *column = rounds_libpq.PQresultErrorField (result, PG_DIAG_COLUMN_NAME);

  if (name != NULL)
    return g_strdup (name);
  if (table != NULL && column != NULL)
    return g_strconcat (table, ".", column, NULL);
  return g_strdup (message);
}

/* Security: only the primary message of some errors is passed on. Details quote the row ("Key
 * (email)=(…)"), and other primary messages quote the value that did not fit. */
void
rounds_db_postgres_set_error (GError **error, const PGresult *result)
{
  const char *sqlstate = rounds_libpq.PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *primary = rounds_libpq.PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  g_autofree char *unknown = NULL;

  if (sqlstate == NULL)
    {
      rounds_db_postgres_set_lost (error);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (sqlstate, kinds[i].sqlstate))
      {
        gboolean rule = kinds[i].kind == ROUNDS_DB_ERROR_CONSTRAINT;
        g_autofree char *constraint = rule ? read_constraint (result, primary) : NULL;
        const char *message = kinds[i].message != NULL ? kinds[i].message : primary;

        rounds_db_set_error (error, kinds[i].kind, message, constraint, kinds[i].can_retry);
        return;
      }
  unknown = g_strdup_printf ("The database refused a statement (SQLSTATE %s)", sqlstate);
  rounds_db_set_error (error, ROUNDS_DB_ERROR_SQL, unknown, NULL,
                       rounds_db_postgres_is_stale (sqlstate));
}

void
rounds_db_postgres_set_lost (GError **error)
{
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN,
                       "The connection to the database server was lost");
}

gboolean
rounds_db_postgres_is_stale (const char *sqlstate)
{
  /* "prepared statement does not exist", "cached plan must not change result type" */
  return strcmp (sqlstate, "26000") == 0 || strcmp (sqlstate, "0A000") == 0;
}
