/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How often a password may be wrong before the next try has to wait, longer each time.
 * It counts failures in memory only; nothing of it survives a restart or leaves the process.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Thread-safe. One owner. */
typedef struct _RoundsLimits RoundsLimits;

typedef struct
{
  guint per_pair; /* failures of one account from one address before the first wait */
  guint per_account; /* of one account from anywhere */
  guint per_address; /* of all accounts from one address, behind which a whole hospital may be */
  gint64 first_wait; /* µs; doubled with every failure */
  gint64 longest_wait; /* µs; a failure is forgotten when it is that long past */
} RoundsLimitsRules;

/* Who tries. Borrowed. */
typedef struct
{
  const char *account;
  const char *address;
  /* Where the account's person has proved to be himself before (a known place, a session), or NULL.
   * Such a place has a counter of its own, and no other: whatever others do, from wherever, does
   * not hold him up. */
  const char *place;
} RoundsLimitsWho;

/* @rules: NULL for 10 per pair, 100 per account, 300 per address; waits of half a minute to a
 * quarter of an hour. */
RoundsLimits *rounds_limits_new (const RoundsLimitsRules *rules);
void rounds_limits_free (RoundsLimits *self);

/* Takes one try at signing in at @now (µs UTC). Returns 0 when it may go ahead, else the seconds to
 * wait. A try counts as a failure until rounds_limits_succeeded() says otherwise, so that a hundred
 * tries at once are not a hundred free guesses. */
guint rounds_limits_try (RoundsLimits *self, const RoundsLimitsWho *who, gint64 now);
/* The password was right: gives the try back. The failures of this account from this address (or
 * place) are forgotten; those of others stay, or one known account would open the way to guess at
 * all the others. */
void rounds_limits_succeeded (RoundsLimits *self, const RoundsLimitsWho *who);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsLimits, rounds_limits_free)

G_END_DECLS
