/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the door of a call is open, and which entry of a day comes next.
 * Whether the server lets somebody in is the server's business.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-entry.h"

G_BEGIN_DECLS

/* How long before the start a call may be entered, and how long after its planned end. Doctors run
 * late by hours; they do not run late by a day. */
#define ROUNDS_JOIN_EARLY (10 * ROUNDS_MINUTE)
#define ROUNDS_JOIN_LATE (12 * ROUNDS_HOUR)

/* The moment from which @entry's call may be joined. */
gint64 rounds_join_opens_at (RoundsEntry *entry);
/* Whether @entry has a call that may be joined at @now. */
gboolean rounds_join_is_open (RoundsEntry *entry, gint64 now);
/* The entry of @entries (ordered by start) that is to be dealt with next: one in progress, one
 * whose patient waits, then the first that has not ended. (transfer full) (nullable) */
RoundsEntry *rounds_join_find_next (GListModel *entries, gint64 now);

G_END_DECLS
