/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The outbox on the main thread: jobs out, futures and signals back.
 * What the jobs do is in rounds-outbox-jobs.c.
 */

#include "config.h"

#include "rounds-store-outbox.h"

#include "rounds-future.h"
#include "rounds-outbox-jobs.h"
#include "rounds-store-private.h"

static DexFuture *
resolve_true_cb (DexFuture *future, gpointer data)
{
  return dex_future_new_true ();
}

static DexFuture *
resolve_item_cb (DexFuture *future, gpointer data)
{
  const RoundsOutcome *outcome = g_value_get_boxed (dex_future_get_value (future, NULL));

  return dex_future_new_take_boxed (ROUNDS_TYPE_OUTBOX_ITEM,
                                    rounds_outbox_item_copy (outcome->item));
}

static DexFuture *
run_step (RoundsStore *self, RoundsDbJob job, const RoundsOutboxItem *item, RoundsEntry *entry,
          const RoundsStoreDraft *typed)
{
  return rounds_store_run_write (self, job, rounds_outbox_step_new (item, entry, typed),
                                 rounds_outbox_step_free);
}

/**
 * rounds_store_add_edit:
 * @item: copied
 * @local: (nullable): a new record, with the id that @item names
 * @typed: (nullable): copied; the draft that it takes the place of
 *
 * Returns: (transfer full): a future of a #RoundsOutboxItem
 */
DexFuture *
rounds_store_add_edit (RoundsStore *self, const RoundsOutboxItem *item, RoundsEntry *local,
                       const RoundsStoreDraft *typed)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (item != NULL && (item->draft != NULL) == (local != NULL));

  return dex_future_then (run_step (self, rounds_outbox_add_job, item, local, typed),
                          resolve_item_cb, NULL, NULL);
}

/**
 * rounds_store_update_edit:
 * @item: copied; found by its name
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
rounds_store_update_edit (RoundsStore *self, const RoundsOutboxItem *item)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (item != NULL);

  return dex_future_then (run_step (self, rounds_outbox_update_job, item, NULL, NULL),
                          resolve_true_cb, NULL, NULL);
}

/**
 * rounds_store_settle_edit:
 * @item: copied; found by its name
 * @answer: the record as the server has it
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
rounds_store_settle_edit (RoundsStore *self, const RoundsOutboxItem *item, RoundsEntry *answer)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (item != NULL);
  dex_return_error_if_fail (ROUNDS_IS_ENTRY (answer));

  return dex_future_then (run_step (self, rounds_outbox_settle_job, item, answer, NULL),
                          resolve_true_cb, NULL, NULL);
}

/**
 * rounds_store_drop_edit:
 * @item: copied; found by its name
 * @typed: (nullable): copied; the draft that takes its place
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
rounds_store_drop_edit (RoundsStore *self, const RoundsOutboxItem *item,
                        const RoundsStoreDraft *typed)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (item != NULL);

  return dex_future_then (run_step (self, rounds_outbox_drop_job, item, NULL, typed),
                          resolve_true_cb, NULL, NULL);
}

/**
 * rounds_store_list_edits:
 *
 * Returns: (transfer full): a future of a #GPtrArray of #RoundsOutboxItem, oldest first
 */
DexFuture *
rounds_store_list_edits (RoundsStore *self)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));

  return rounds_store_run_job (self, rounds_outbox_list_job, NULL, NULL);
}

/**
 * rounds_store_get_original:
 *
 * Returns: (transfer full): a future of a #RoundsEntry, or of %G_IO_ERROR_NOT_FOUND
 */
DexFuture *
rounds_store_get_original (RoundsStore *self, RoundsEntryKind kind, const char *id)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (id != NULL);

  return rounds_store_run_job (self, rounds_original_job, rounds_key_new (kind, id),
                               rounds_key_free);
}
