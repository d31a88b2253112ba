/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Follows one record in the store: tells what it has become, or that it has gone.
 * It shows nothing and changes nothing.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_ENTRY_FOLLOWER (rounds_entry_follower_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEntryFollower, rounds_entry_follower, ROUNDS, ENTRY_FOLLOWER, GObject)

/* Signals: "changed" (RoundsEntry: the record as it is now; NULL: it has gone), "failed" (GError:
 * it cannot be read). */
RoundsEntryFollower *rounds_entry_follower_new (RoundsStore *store);
void rounds_entry_follower_set_entry (RoundsEntryFollower *self, RoundsEntry *entry);

G_END_DECLS
