/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How often a password may be wrong: per account, and much more often per address.
 * It counts failures in memory only; nothing of it survives a restart or leaves the process.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Thread-safe. One owner. */
typedef struct _RoundsLimits RoundsLimits;

typedef struct
{
  guint per_account; /* failures that one account may have in a window */
  guint per_address; /* the same for one address, behind which a whole hospital may be */
  gint64 window; /* µs after which a failure is forgotten */
} RoundsLimitsRules;

/* @rules: NULL for 10 per account and 300 per address in 15 minutes. */
RoundsLimits *rounds_limits_new (const RoundsLimitsRules *rules);
void rounds_limits_free (RoundsLimits *self);

/* Takes one try at signing in to @account from @address at @now (µs UTC). Returns 0 when it may go
 * ahead, else the seconds to wait. A try counts as a failure until rounds_limits_succeeded() says
 * otherwise, so that a hundred tries at once are not a hundred free guesses. */
guint rounds_limits_try (RoundsLimits *self, const char *account, const char *address, gint64 now);
/* The password was right: gives the try back, and the account's failures are forgotten. The
 * address's stay, or one known account would open the way to guess at all the others. */
void
rounds_limits_succeeded (RoundsLimits *self, const char *account, const char *address, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsLimits, rounds_limits_free)

G_END_DECLS
