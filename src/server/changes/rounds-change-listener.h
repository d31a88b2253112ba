/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hears of what other nodes committed to the same PostgreSQL, and has the watch look.
 * It reads nothing itself; a notification that gets lost is made good by the watch's own looks.
 */

#pragma once

#include "rounds-change-watch.h"

#include "rounds-server-config.h"

G_BEGIN_DECLS

/* One owner; a thread of its own waits. */
typedef struct _RoundsChangeListener RoundsChangeListener;

/* @watch is borrowed for life. TRUE with @listener set to NULL for a database that tells nothing
 * (SQLite). There is no connection yet when it returns. */
gboolean rounds_change_listener_start (const RoundsServerConfig *config, RoundsChangeWatch *watch,
                                       RoundsChangeListener **listener, GError **error);
void rounds_change_listener_free (RoundsChangeListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsChangeListener, rounds_change_listener_free)

G_END_DECLS
