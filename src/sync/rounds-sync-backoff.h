/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How long the engine rests before it asks the server again.
 * It waits for nothing itself.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_SYNC_POLL_MS (30 * 1000)
#define ROUNDS_SYNC_POLL_ACTIVE_MS (10 * 1000) /* while somebody looks */
#define ROUNDS_SYNC_POLL_LISTENING_MS (10 * 60 * 1000) /* while the server says when to ask */
#define ROUNDS_SYNC_BACKOFF_FIRST_MS (2 * 1000)
#define ROUNDS_SYNC_BACKOFF_LAST_MS (60 * 1000)

/* Milliseconds to rest after @n_failures in a row; @poll after none. @chance: from 0 to 1, takes
 * off up to half, so that a ward's machines do not all come back in the same moment. @retry_after:
 * seconds that the server asked for, or 0; never undercut. */
guint rounds_sync_backoff (guint n_failures, guint poll, double chance, guint retry_after);

G_END_DECLS
