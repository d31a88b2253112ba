/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Transactions, savepoints and named locks.
 * Sharing one transaction among many writers is RoundsDbWriter's work.
 */

#include "config.h"

#include "rounds-db-driver.h"

/* A job inside somebody else's transaction must not end it. */
static gboolean
refuse_fixed (RoundsDb *self, GError **error)
{
  if (!self->fixed)
    return TRUE;
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL,
                       "A job runs in its writer's transaction and cannot begin or end one");
  return FALSE;
}

/* SQLite refuses a second BEGIN or a COMMIT without one; PostgreSQL would only warn. */
static gboolean
refuse_unless (RoundsDb *self, gboolean open, GError **error)
{
  if (self->driver->in_transaction (self) == open)
    return refuse_fixed (self, error);
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL,
                       open ? "There is no transaction" : "There is a transaction already");
  return FALSE;
}

/**
 * rounds_db_begin:
 *
 * Starts a transaction that may write. What others may do meanwhile depends on the driver, and code
 * for both has to live with the weaker one:
 *
 * - SQLite: BEGIN IMMEDIATE. There is no other writer until the end.
 * - PostgreSQL: READ COMMITTED. Others write at the same time, and each statement sees what they
 *   have committed by then. SERIALIZABLE would undo innocent transactions whenever they touch the
 *   same rows, and ours all do: each appends to the change feed and to the audit chain.
 *
 * So a rule that spans rows belongs into a constraint, an update says which version it read
 * (`WHERE id = $1 AND version = $2`, then rounds_db_get_changes()), and what reads first and then
 * writes what follows from it takes rounds_db_lock() before it reads.
 *
 * After a statement that failed, a transaction can only be rolled back, unless a savepoint was
 * made before it: PostgreSQL insists, SQLite does not mind.
 *
 * Returns: %TRUE, or %FALSE with %ROUNDS_DB_ERROR_BUSY when another connection to the SQLite file
 *   kept writing for longer than the busy time-out, or another %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_begin (RoundsDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return refuse_unless (self, FALSE, error)
         && self->driver->transact (self, ROUNDS_DB_VERB_BEGIN, error);
}

/**
 * rounds_db_begin_read:
 *
 * Starts a transaction whose reads all see the database as it was at the first of them. Nothing
 * waits for it. It must not write. Returns: %TRUE, or %FALSE with a %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_begin_read (RoundsDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return refuse_unless (self, FALSE, error)
         && self->driver->transact (self, ROUNDS_DB_VERB_BEGIN_READ, error);
}

/**
 * rounds_db_commit:
 *
 * Returns: %TRUE once the changes are kept; %FALSE with a %ROUNDS_DB_ERROR once they are undone.
 *   Only when a PostgreSQL server is lost just then (%ROUNDS_DB_ERROR_OPEN) nobody knows which.
 */
gboolean
rounds_db_commit (RoundsDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!refuse_unless (self, TRUE, error))
    return FALSE;
  if (self->driver->transact (self, ROUNDS_DB_VERB_COMMIT, error))
    return TRUE;
  rounds_db_rollback (self);
  return FALSE;
}

/**
 * rounds_db_rollback:
 *
 * Undoes the open transaction. Without one (SQLite itself undoes it on a full disk and the like) it
 * does nothing.
 */
void
rounds_db_rollback (RoundsDb *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (!self->fixed);

  if (!self->driver->in_transaction (self))
    return;
  /* Whoever has asked for a stop has not asked to be left inside: undoing is never stopped. SQLite
   * would stop it now and then, since it counts the steps of a kept statement over all its runs. */
  if (self->driver->watch != NULL)
    self->driver->watch (self, NULL);
  /* A rollback cannot fail in a way that leaves the transaction open for others: closing the
   * connection, or the next one to open the file, undoes it too. */
  self->driver->transact (self, ROUNDS_DB_VERB_ROLLBACK, NULL);
}

static gboolean
transact_inside (RoundsDb *self, RoundsDbVerb verb, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->driver->in_transaction (self))
    return self->driver->transact (self, verb, error);
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL, "There is no transaction");
  return FALSE;
}

/**
 * rounds_db_savepoint:
 *
 * Marks a place in the open transaction to which rounds_db_undo() goes back. Returns: %TRUE, or
 * %FALSE with a %ROUNDS_DB_ERROR
 */
gboolean
rounds_db_savepoint (RoundsDb *self, GError **error)
{
  return transact_inside (self, ROUNDS_DB_VERB_SAVEPOINT, error);
}

/**
 * rounds_db_release:
 *
 * Forgets the last savepoint and keeps what was done since. Returns: %TRUE, or %FALSE with a
 * %ROUNDS_DB_ERROR, for one when a statement failed since (PostgreSQL)
 */
gboolean
rounds_db_release (RoundsDb *self, GError **error)
{
  return transact_inside (self, ROUNDS_DB_VERB_RELEASE, error);
}

/**
 * rounds_db_undo:
 *
 * Undoes what was done since the last savepoint, and forgets that. Returns: %TRUE, or %FALSE with a
 * %ROUNDS_DB_ERROR when the whole transaction is lost
 */
gboolean
rounds_db_undo (RoundsDb *self, GError **error)
{
  return transact_inside (self, ROUNDS_DB_VERB_UNDO, error)
         && self->driver->transact (self, ROUNDS_DB_VERB_RELEASE, error);
}

/**
 * rounds_db_lock:
 * @name: what is locked, in words of the caller: it names no table
 *
 * Waits until no other transaction holds @name, on any node, and holds it until the end of this
 * transaction (or until the way back to a savepoint before it). Take several in one order
 * everywhere. On SQLite a writer is alone anyway.
 *
 * Returns: %TRUE, or %FALSE with a %ROUNDS_DB_ERROR: BUSY when it takes longer than the time-out
 */
gboolean
rounds_db_lock (RoundsDb *self, const char *name, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->driver->in_transaction (self))
    return self->driver->lock (self, name, error);
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL, "There is no transaction");
  return FALSE;
}
