/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Requests that wait for changes, each suspended in the listener.
 * The thread that serves them is the hub's.
 */

#pragma once

#include "rounds-event-hub-private.h"
#include "rounds-heard.h"

G_BEGIN_DECLS

/* One owner. Any thread, where nothing else is said. */
typedef struct _RoundsEventParking RoundsEventParking;

/* @heard and @epoll are borrowed for life. */
RoundsEventParking *
rounds_event_parking_new (const RoundsEventHubOptions *options, RoundsHeard *heard, int epoll);
/* Nobody may wait any more. */
void rounds_event_parking_free (RoundsEventParking *self);

/* As rounds_event_hub_park(), _done() and _hear(). */
gboolean rounds_event_parking_add (RoundsEventParking *self, gpointer request,
                                   const RoundsWait *wait, int fd, gint64 deadline);
void rounds_event_parking_done (RoundsEventParking *self);
void rounds_event_parking_hear (RoundsEventParking *self, GHashTable *audiences, gboolean again);

/* The hub's thread: something happened on the connection of @member. */
void rounds_event_parking_look_at (RoundsEventParking *self, RoundsHubMember *member);
/* The hub's thread: lets those go whose time has come. FALSE when some are left for whom there is
 * no room now; @waiting tells whether anybody waits at all. */
gboolean rounds_event_parking_serve (RoundsEventParking *self, gboolean *waiting);
/* Nobody is taken any more, and all that wait are due. */
void rounds_event_parking_end (RoundsEventParking *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventParking, rounds_event_parking_free)

G_END_DECLS
