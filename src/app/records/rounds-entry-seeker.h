/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Finds the row of a record in a long list, of which some rows are not read yet.
 * What is done with the row is the list's.
 */

#pragma once

#include "rounds-day-sections.h"
#include "rounds-entry.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_ENTRY_SEEKER (rounds_entry_seeker_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEntrySeeker, rounds_entry_seeker, ROUNDS, ENTRY_SEEKER, GObject)

/* Signal "found" (position: guint; GTK_INVALID_LIST_POSITION: there is none such). */

RoundsEntrySeeker *rounds_entry_seeker_new (RoundsDaySections *days);
/* "found" comes before this returns TRUE, or as soon as the rows in question are read. */
gboolean rounds_entry_seeker_seek (RoundsEntrySeeker *self, RoundsEntry *entry);
/* Nobody wants to know any more. */
void rounds_entry_seeker_stop (RoundsEntrySeeker *self);

G_END_DECLS
