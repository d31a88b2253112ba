/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Drafts on the main thread: jobs out, futures back.
 * The table is in rounds-draft-rows.c.
 */

#include "config.h"

#include "rounds-store-drafts.h"

#include "rounds-draft-rows.h"
#include "rounds-future.h"
#include "rounds-store-private.h"

G_DEFINE_BOXED_TYPE (RoundsStoreDraft, rounds_store_draft, rounds_store_draft_copy,
                     rounds_store_draft_free)

/**
 * rounds_store_draft_new:
 * @record: (nullable): the id of the record; %NULL is ""
 * @payload: (nullable): a JSON text
 * @updated_at: µs UTC
 *
 * Any thread. Returns: (transfer full)
 */
RoundsStoreDraft *
rounds_store_draft_new (const char *kind, const char *record, const char *payload,
                        gint64 updated_at)
{
  RoundsStoreDraft *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_new0 (RoundsStoreDraft, 1);
  self->kind = g_strdup (kind);
  self->record = g_strdup (record != NULL ? record : "");
  self->payload = g_strdup (payload);
  self->updated_at = updated_at;
  return self;
}

/** rounds_store_draft_copy: */
RoundsStoreDraft *
rounds_store_draft_copy (const RoundsStoreDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rounds_store_draft_new (self->kind, self->record, self->payload, self->updated_at);
}

/** rounds_store_draft_free: */
void
rounds_store_draft_free (RoundsStoreDraft *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->kind);
  g_free (self->record);
  g_free (self->payload);
  g_free (self);
}

static DexFuture *
run_job (RoundsStore *self, RoundsDbJob job, RoundsStoreDraft *draft)
{
  return rounds_store_run_job (self, job, draft, (GDestroyNotify)rounds_store_draft_free);
}

/**
 * rounds_store_save_draft:
 * @record: (nullable): the record's id
 * @payload: a JSON text
 * @updated_at: µs UTC
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
rounds_store_save_draft (RoundsStore *self, const char *kind, const char *record,
                         const char *payload, gint64 updated_at)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (kind != NULL);
  dex_return_error_if_fail (payload != NULL);

  return run_job (self, rounds_save_draft_job,
                  rounds_store_draft_new (kind, record, payload, updated_at));
}

/**
 * rounds_store_load_draft:
 * @record: (nullable): the record's id
 *
 * Returns: (transfer full): a future of a #RoundsStoreDraft, or of %G_IO_ERROR_NOT_FOUND
 */
DexFuture *
rounds_store_load_draft (RoundsStore *self, const char *kind, const char *record)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (kind != NULL);

  return run_job (self, rounds_load_draft_job, rounds_store_draft_new (kind, record, NULL, 0));
}

/**
 * rounds_store_remove_draft:
 * @record: (nullable): the record's id
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
rounds_store_remove_draft (RoundsStore *self, const char *kind, const char *record)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (kind != NULL);

  return run_job (self, rounds_remove_draft_job, rounds_store_draft_new (kind, record, NULL, 0));
}

/**
 * rounds_store_list_drafts:
 * @kind: (nullable): %NULL for all
 *
 * Returns: (transfer full): a future of a #GPtrArray of #RoundsStoreDraft, the latest first
 */
DexFuture *
rounds_store_list_drafts (RoundsStore *self, const char *kind)
{
  dex_return_error_if_fail (ROUNDS_IS_STORE (self));

  return rounds_store_run_job (self, rounds_list_drafts_job, g_strdup (kind), g_free);
}
