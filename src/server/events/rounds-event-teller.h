/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What WebSocket clients are told beyond "there is something", and who of them has to go.
 * It reads the database for the hub, on the watch's thread.
 */

#pragma once

#include "rounds-event-hub.h"

G_BEGIN_DECLS

/* One owner. */
typedef struct _RoundsEventTeller RoundsEventTeller;

/* @hub is borrowed for life. */
RoundsEventTeller *rounds_event_teller_new (RoundsEventHub *hub);
void rounds_event_teller_free (RoundsEventTeller *self);

/* A request to this route of the table was answered, that may have written: where it is one that
 * can end sessions, they are looked at next time. Any thread. */
void rounds_event_teller_note_route (RoundsEventTeller *self, const char *route);
/* Tells what @news mean. @now: µs UTC. Blocks; the watch's thread. */
void rounds_event_teller_tell (RoundsEventTeller *self, RoundsDb *db, const RoundsChangeNews *news,
                               gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventTeller, rounds_event_teller_free)

G_END_DECLS
