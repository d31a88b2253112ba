/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Errors of a database, with what callers may want to know besides the kind.
 * Which code of which library is what kind, the drivers know.
 */

#include "config.h"

#include "rounds-db-driver.h"

typedef struct
{
  char *constraint; /* or NULL */
  gboolean can_retry;
} RoundsDbErrorPrivate;

static void
rounds_db_error_private_init (RoundsDbErrorPrivate *private)
{
}

static void
rounds_db_error_private_copy (const RoundsDbErrorPrivate *source, RoundsDbErrorPrivate *target)
{
  target->constraint = g_strdup (source->constraint);
  target->can_retry = source->can_retry;
}

static void
rounds_db_error_private_clear (RoundsDbErrorPrivate *private)
{
  g_free (private->constraint);
}

G_DEFINE_EXTENDED_ERROR (RoundsDbError, rounds_db_error)

void
rounds_db_set_error (GError **error, RoundsDbError kind, const char *message,
                     const char *constraint, gboolean can_retry)
{
  g_autoptr (GError) made = g_error_new_literal (ROUNDS_DB_ERROR, (int)kind, message);
  RoundsDbErrorPrivate *private = rounds_db_error_get_private (made);

  private->constraint = g_strdup (constraint);
  private->can_retry = can_retry;
  g_propagate_error (error, g_steal_pointer (&made));
}

/**
 * rounds_db_error_get_constraint:
 * @error: any error
 *
 * The rules that callers ask for get the same name on every driver when the schemas spell them
 * alike: `CONSTRAINT "users.email" UNIQUE (email)` on PostgreSQL is what SQLite calls the column's
 * own UNIQUE. A trigger's RAISE should begin with a word that PostgreSQL's constraint begins with
 * too.
 *
 * Returns: (transfer none) (nullable): the name of the rule that refused a row; %NULL when @error
 *   is something else or no name is known
 */
const char *
rounds_db_error_get_constraint (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == ROUNDS_DB_ERROR ? rounds_db_error_get_private (error)->constraint : NULL;
}

/**
 * rounds_db_error_can_retry:
 * @error: any error
 *
 * Returns: %TRUE when the transaction was undone for a deadlock and the like: nothing is wrong with
 *   it, and it may be run again at once
 */
gboolean
rounds_db_error_can_retry (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return error->domain == ROUNDS_DB_ERROR && rounds_db_error_get_private (error)->can_retry;
}
