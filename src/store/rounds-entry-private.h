/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How the store makes entries that say what became of the edits on them.
 * No other room sees it.
 */

#pragma once

#include "rounds-entry.h"

G_BEGIN_DECLS

/* @state: the worst RoundsOutboxState of the record's edits, 0 without any. Before anybody else
 * has the entry. */
void rounds_entry_set_outbox_state (RoundsEntry *self, int state);

/* A blank one that starts at @start (µs UTC). */
RoundsEntry *rounds_entry_new_blank (RoundsEntryKind kind, gint64 start);
/* An independent one with the same record, for another thread. */
RoundsEntry *rounds_entry_copy (RoundsEntry *self);
/* @self: a blank one. Shows what @source shows, of the same kind, and tells. Main thread. */
void rounds_entry_fill (RoundsEntry *self, RoundsEntry *source);

G_END_DECLS
