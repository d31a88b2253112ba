/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Small facts that are kept beside the records, on the main thread.
 * What they mean is up to whoever sets them.
 */

#include "config.h"

#include "rounds-future.h"
#include "rounds-store-jobs.h"
#include "rounds-store-private.h"

/**
 * rounds_store_get_fact:
 *
 * Returns: (transfer full): a future of a string, %NULL when the fact was never set; it rejects
 * with %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_get_fact (RoundsStore *self, const char *name)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (name != NULL);

  return rounds_store_run_job (self, rounds_get_fact_job, rounds_fact_new (name, NULL),
                               rounds_fact_free);
}

/**
 * rounds_store_set_fact:
 * @value: (nullable): %NULL is what a fact is that was never set
 *
 * Returns: (transfer full): a future that resolves to %TRUE or rejects with %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_set_fact (RoundsStore *self, const char *name, const char *value)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (name != NULL);

  return rounds_store_run_job (self, rounds_set_fact_job, rounds_fact_new (name, value),
                               rounds_fact_free);
}
