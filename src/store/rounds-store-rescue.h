/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache that is damaged: set aside, with what can be read of it carried into a new one. What the
 * server knows comes again from there all the same.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* The file at @path does not open any more, or a part of it could not be read
 * (ROUNDS_STORE_ERROR_DAMAGED). Puts a new one in its place with the unsent edits, the drafts,
 * whose cache it is, the people and the records, as far as they can still be read, and keeps the
 * damaged one beside it. Nobody may have it open. Resolves to the number of edits that were carried
 * over (int64), and leaves
 * ROUNDS_STORE_FACT_MENDED in the new one; rejects with ROUNDS_STORE_ERROR, and nothing has changed
 * then. */
DexFuture *
rounds_store_rescue (const char *path,
                     const guint8 key[ROUNDS_STORE_KEY_LENGTH]) G_GNUC_WARN_UNUSED_RESULT;

/* Removes the cache at @path and all that ever stood beside it. Nobody may have it open. Resolves
 * to TRUE when nothing is left. */
DexFuture *rounds_store_remove_files (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
