/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache in memory for the time in which the file cannot be written: the disk is full, or can only
 * be read. It begins with what the file has, and gives back what came to it.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* Resolves to an open RoundsStore in memory with all that can be read of the file at @path, which
 * nobody has open and which stays as it is. Where a part of it could not be read, or nothing, the
 * store says so by ROUNDS_STORE_FACT_MENDED; no file is nothing to read. @why: the error that the
 * file was refused with; copied. */
DexFuture *rounds_store_open_stand_in (const char *path, const guint8 key[ROUNDS_STORE_KEY_LENGTH],
                                       const GError *why) G_GNUC_WARN_UNUSED_RESULT;
/* Why there is no file that is written; NULL for a store that is not a stand-in. Borrowed. */
const GError *rounds_store_get_stand_in_reason (RoundsStore *self);

/* Puts the stand-in's edits and drafts into the file at @path in the place of those that it has:
 * what was sent or undone meanwhile goes, what is new comes. In one transaction. Resolves to TRUE;
 * rejects with ROUNDS_STORE_ERROR, and the file is as it was. */
DexFuture *
rounds_store_give_back (RoundsStore *self, const char *path,
                        const guint8 key[ROUNDS_STORE_KEY_LENGTH]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
