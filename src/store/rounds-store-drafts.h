/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Drafts in the account's cache: what a person is in the middle of typing, so that it outlives a
 * crash. What a draft says is its writer's business; the outbox knows nothing of it.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* Boxed; copied, one owner each. */
typedef struct
{
  char *kind; /* its writer's word, as "call-notes" or "new-appointment" */
  char *record; /* id of the record that it is about; "" for a new one */
  char *payload; /* a JSON text */
  gint64 updated_at; /* µs UTC */
} RoundsStoreDraft;

#define ROUNDS_TYPE_STORE_DRAFT (rounds_store_draft_get_type ())
GType rounds_store_draft_get_type (void) G_GNUC_CONST;

RoundsStoreDraft *rounds_store_draft_new (const char *kind, const char *record, const char *payload,
                                          gint64 updated_at);
RoundsStoreDraft *rounds_store_draft_copy (const RoundsStoreDraft *self);
void rounds_store_draft_free (RoundsStoreDraft *self);

/* All functions: main thread, in the order of the calls. Futures reject with ROUNDS_STORE_ERROR.
 * @record: the id of the record, or NULL where there is none yet. */

/* Keeps @payload in the place of what was there. Resolves to TRUE once it is on the disk. */
DexFuture *
rounds_store_save_draft (RoundsStore *self, const char *kind, const char *record,
                         const char *payload, gint64 updated_at) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a RoundsStoreDraft; rejects with G_IO_ERROR_NOT_FOUND when there is none. */
DexFuture *rounds_store_load_draft (RoundsStore *self, const char *kind,
                                    const char *record) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to TRUE, also when there is none. */
DexFuture *rounds_store_remove_draft (RoundsStore *self, const char *kind,
                                      const char *record) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a GPtrArray of RoundsStoreDraft, the latest first. @kind: only these, or NULL. */
DexFuture *rounds_store_list_drafts (RoundsStore *self, const char *kind) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsStoreDraft, rounds_store_draft_free)

G_END_DECLS
