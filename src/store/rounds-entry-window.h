/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The entries of one list that somebody looks at, and a few that somebody just did.
 * It reads nothing; the list asks for what is missing. Main thread.
 */

#pragma once

#include "rounds-order.h"

G_BEGIN_DECLS

typedef struct _RoundsEntryWindow RoundsEntryWindow;

RoundsEntryWindow *rounds_entry_window_new (void);
void rounds_entry_window_free (RoundsEntryWindow *self);

/* The entry of the row @key, the same one as long as anybody holds it; otherwise a new blank one.
 * (transfer full) */
RoundsEntry *rounds_entry_window_get (RoundsEntryWindow *self, RoundsRowKey key);
/* The rows say what @entries (RoundsRowKey → RoundsEntry) say: a blank one that somebody holds is
 * filled, any other is replaced. */
void rounds_entry_window_fill_all (RoundsEntryWindow *self, GHashTable *entries);
/* Lets go of the rows that are not in @order. */
void rounds_entry_window_prune (RoundsEntryWindow *self, const RoundsOrder *order);

/* Up to @most keys of blank entries that somebody holds and that nobody asked for yet, the last
 * ones first; from now on they count as asked for. (transfer full): of RoundsRowKey */
GArray *rounds_entry_window_take_missing (RoundsEntryWindow *self, guint most);
/* Copies of all that is not blank: RoundsRowKey → RoundsEntry. (transfer full) */
GHashTable *rounds_entry_window_copy (RoundsEntryWindow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEntryWindow, rounds_entry_window_free)

G_END_DECLS
