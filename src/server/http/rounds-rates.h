/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many requests an account, and an address of people who are not signed in, may make in a time.
 * It counts in the memory of this process; passwords are counted by rounds-limits.h.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many at once, and so many in each such time on the long run. */
typedef struct
{
  guint n_requests; /* 0: without a limit */
  gint64 span; /* µs, up to an hour */
} RoundsRate;

typedef enum
{
  ROUNDS_RATE_ACCOUNT,
  ROUNDS_RATE_ADDRESS,
} RoundsRateKind;
#define ROUNDS_N_RATES 2

/* Any thread. One owner. */
typedef struct _RoundsRates RoundsRates;

/* @rates: one for each RoundsRateKind. */
RoundsRates *rounds_rates_new (const RoundsRate rates[ROUNDS_N_RATES]);
void rounds_rates_free (RoundsRates *self);

/* Takes one request from what @name has left at @now (µs UTC). Returns 0 when it may go ahead, else
 * the seconds until the next one may; a refusal takes nothing. */
guint rounds_rates_take (RoundsRates *self, RoundsRateKind kind, const char *name, gint64 now);
/* How many were refused so far. */
guint64 rounds_rates_get_refused (RoundsRates *self, RoundsRateKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsRates, rounds_rates_free)

G_END_DECLS
