/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Keeps what is being typed into a form in the account's cache, so that it outlives a crash.
 * What a draft says is the form's; where it lies is the store's.
 */

#pragma once

#include "rounds-clock.h"
#include "rounds-store-drafts.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DRAFT_KEEPER (rounds_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDraftKeeper, rounds_draft_keeper, ROUNDS, DRAFT_KEEPER, GObject)

/* Signal "failed" (GError): what was typed could not be kept. */

/* @kind and @record: as for rounds_store_save_draft(). */
RoundsDraftKeeper *rounds_draft_keeper_new (RoundsStore *store, RoundsClock *clock,
                                            const char *kind, const char *record);
/* Keeps @payload in a moment, unless a later one comes first; NULL: there is nothing to keep. */
void rounds_draft_keeper_set (RoundsDraftKeeper *self, const char *payload);
/* What was set, for an edit that takes its place: nothing is written any more until something else
 * is set or it is taken back. (transfer full) */
RoundsStoreDraft *rounds_draft_keeper_hand_over (RoundsDraftKeeper *self);
/* The edit was refused, with @error. */
void rounds_draft_keeper_take_back (RoundsDraftKeeper *self, const GError *error);
/* Resolves to TRUE once what was set is on the disk; rejects with a ROUNDS_STORE_ERROR. */
DexFuture *rounds_draft_keeper_flush (RoundsDraftKeeper *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
