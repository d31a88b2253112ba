/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One exchange with the server: sending, waiting no longer than agreed, noticing that it is gone.
 * It does not know what is being asked.
 */

#include "config.h"

#include "rounds-db-postgres-private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

void
rounds_db_postgres_disconnect (RoundsDbPostgres *self)
{
  g_clear_pointer (&self->connection, rounds_libpq.PQfinish);
}

/* FALSE when @deadline (monotonic µs) passes first. */
static gboolean
wait_for_socket (PGconn *connection, short events, gint64 deadline)
{
  struct pollfd look = { .fd = rounds_libpq.PQsocket (connection), .events = events };
  int n_ready;

  do
    {
      gint64 left = (deadline - g_get_monotonic_time () + 999) / 1000;

      n_ready = poll (&look, 1, (int)CLAMP (left, 0, G_MAXINT));
    }
  while (n_ready < 0 && errno == EINTR);
  return n_ready != 0;
}

/* Until PQgetResult() would not block. FALSE when @deadline passes first; a broken connection is
 * TRUE, for PQgetResult() tells of it. */
static gboolean
wait_for_result (PGconn *connection, gint64 deadline)
{
  int unsent = rounds_libpq.PQflush (connection);

  while (unsent > 0 || rounds_libpq.PQisBusy (connection))
    {
      if (!wait_for_socket (connection, unsent > 0 ? POLLIN | POLLOUT : POLLIN, deadline))
        return FALSE;
      if (!rounds_libpq.PQconsumeInput (connection))
        return TRUE;
      if (unsent > 0)
        unsent = rounds_libpq.PQflush (connection);
    }
  return TRUE;
}

static gboolean
is_good (const PGresult *result)
{
  ExecStatusType status = rounds_libpq.PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/* Takes all results of what was sent: the first bad one, else the last. NULL when nothing came. */
static PGresult *
take_results (RoundsDbPostgres *self)
{
  gint64 deadline = self->migrating ? G_MAXINT64 / 2 : g_get_monotonic_time () + self->patience;
  PGresult *kept = NULL;
  PGresult *next;

  while (wait_for_result (self->connection, deadline))
    {
      next = rounds_libpq.PQgetResult (self->connection);
      if (next == NULL)
        return kept;
      if (kept != NULL && !is_good (kept))
        {
          rounds_libpq.PQclear (next);
          continue;
        }
      rounds_libpq.PQclear (kept);
      kept = next;
      /* COPY has no end that we would wait for. */
      if (!is_good (kept) && rounds_libpq.PQresultStatus (kept) != PGRES_FATAL_ERROR)
        break;
    }
  /* Without the end of the answer, the next question would get it. */
  rounds_db_postgres_disconnect (self);
  rounds_libpq.PQclear (kept);
  return NULL;
}

PGresult *
rounds_db_postgres_finish (RoundsDbPostgres *self, int sent, char *sqlstate, GError **error)
{
  g_autoptr (PGresult) result = sent ? take_results (self) : NULL;

  if (sqlstate != NULL)
    sqlstate[0] = '\0';
  if (result != NULL && is_good (result))
    return g_steal_pointer (&result);
  if (rounds_libpq.PQstatus (self->connection) == CONNECTION_BAD)
    rounds_db_postgres_disconnect (self);
  if (result == NULL)
    {
      /* Not sent, or no answer. */
      rounds_db_postgres_disconnect (self);
      rounds_db_postgres_set_lost (error);
      return NULL;
    }
  if (sqlstate != NULL && rounds_libpq.PQresultErrorField (result, PG_DIAG_SQLSTATE) != NULL)
    g_strlcpy (sqlstate, rounds_libpq.PQresultErrorField (result, PG_DIAG_SQLSTATE), 6);
  rounds_db_postgres_set_error (error, result);
  return NULL;
}

PGresult *
rounds_db_postgres_query (RoundsDbPostgres *self, const char *sql, GError **error)
{
  return rounds_db_postgres_finish (self, rounds_libpq.PQsendQuery (self->connection, sql), NULL,
                                    error);
}

/* Between statements nothing should come from the server. What does is a farewell, or its end. */
static gboolean
is_alive (PGconn *connection)
{
  if (rounds_libpq.PQstatus (connection) != CONNECTION_OK)
    return FALSE;
  while (wait_for_socket (connection, POLLIN, 0))
    if (!rounds_libpq.PQconsumeInput (connection)
        || rounds_libpq.PQstatus (connection) != CONNECTION_OK)
      return FALSE;
  return TRUE;
}

gboolean
rounds_db_postgres_make_ready (RoundsDbPostgres *self, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  if (self->in_transaction)
    {
      if (self->connection != NULL)
        return TRUE;
      rounds_db_postgres_set_lost (error);
      return FALSE;
    }
  if (self->connection != NULL && is_alive (self->connection))
    return TRUE;
  rounds_db_postgres_disconnect (self);
  self->connection = rounds_db_postgres_target_connect (self->target, error);
  if (self->connection == NULL)
    return FALSE;
  self->generation++;
  result = rounds_db_postgres_query (self, self->settings, error);
  if (result == NULL)
    rounds_db_postgres_disconnect (self);
  return result != NULL;
}
