/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The store's outbox: edits that show at once and stay until the server has taken them.
 * It sends nothing; sync does.
 */

#pragma once

#include "rounds-outbox-item.h"
#include "rounds-store-drafts.h"

G_BEGIN_DECLS

/* All functions: main thread; each is one transaction over cache and outbox, in the order of the
 * calls. Futures reject with ROUNDS_STORE_ERROR; nothing has changed then. */

/* Keeps an edit and shows what it does. @local: a new record as it is shown until the server has
 * it; NULL for a change, whose base is filled in. @typed: the draft that it was typed into, which
 * goes in the same moment; or NULL. Resolves to the RoundsOutboxItem as kept; rejects with
 * G_IO_ERROR_NOT_FOUND when there is no record to change. */
DexFuture *
rounds_store_add_edit (RoundsStore *self, const RoundsOutboxItem *item, RoundsEntry *local,
                       const RoundsStoreDraft *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Keeps what has changed about it. Resolves to TRUE, also when it is gone. */
DexFuture *rounds_store_update_edit (RoundsStore *self,
                                     const RoundsOutboxItem *item) G_GNUC_WARN_UNUSED_RESULT;
/* The server has taken it; @answer is the record there. Later edits of a new record are about
 * @answer from now on. Resolves to TRUE. */
DexFuture *rounds_store_settle_edit (RoundsStore *self, const RoundsOutboxItem *item,
                                     RoundsEntry *answer) G_GNUC_WARN_UNUSED_RESULT;
/* It never happened; with a new record all that was done to it goes too. @typed: a draft that comes
 * back in the same moment, for somebody who goes on typing; or NULL. Resolves to TRUE. */
DexFuture *rounds_store_drop_edit (RoundsStore *self, const RoundsOutboxItem *item,
                                   const RoundsStoreDraft *typed) G_GNUC_WARN_UNUSED_RESULT;

/* Resolves to a GPtrArray of RoundsOutboxItem, oldest first. */
DexFuture *rounds_store_list_edits (RoundsStore *self) G_GNUC_WARN_UNUSED_RESULT;
/* The record without its edits, as the server showed it last. Resolves to a RoundsEntry; rejects
 * with G_IO_ERROR_NOT_FOUND when it has no edits or the server no longer shows it. */
DexFuture *rounds_store_get_original (RoundsStore *self, RoundsEntryKind kind,
                                      const char *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
