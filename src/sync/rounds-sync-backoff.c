/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How long the engine rests before it asks the server again.
 * It waits for nothing itself.
 */

#include "config.h"

#include "rounds-sync-backoff.h"

guint
rounds_sync_backoff (guint n_failures, guint poll, double chance, guint retry_after)
{
  guint full = poll;

  g_return_val_if_fail (chance >= 0.0 && chance <= 1.0, full);

  if (n_failures > 0)
    {
      /* Six doublings are past the limit; more would only overflow. */
      guint doublings = MIN (n_failures - 1, 6);

      full = MIN (ROUNDS_SYNC_BACKOFF_FIRST_MS << doublings, ROUNDS_SYNC_BACKOFF_LAST_MS);
      full -= (guint)(chance * full / 2);
    }

  return MAX (full, retry_after * 1000);
}
