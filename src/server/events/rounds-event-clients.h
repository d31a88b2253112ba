/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All WebSocket clients: who is to be told what, and who has to go.
 * The thread that serves them is the hub's; one client is rounds-event-client.h.
 */

#pragma once

#include "rounds-event-client.h"
#include "rounds-event-hub-private.h"
#include "rounds-heard.h"

G_BEGIN_DECLS

/* One owner. Any thread, where nothing else is said. */
typedef struct _RoundsEventClients RoundsEventClients;

/* @heard and @epoll are borrowed for life. */
RoundsEventClients *
rounds_event_clients_new (const RoundsEventHubOptions *options, RoundsHeard *heard, int epoll);
/* Nobody may be here any more. */
void rounds_event_clients_free (RoundsEventClients *self);

/* As the functions of the hub with these names. */
/* Takes @client. FALSE, with it still the caller's, when all end. */
gboolean rounds_event_clients_admit (RoundsEventClients *self, RoundsEventClient *client);
RoundsEventSeat *rounds_event_clients_take_seat (RoundsEventClients *self);
guint rounds_event_clients_count (RoundsEventClients *self);
void rounds_event_clients_hear (RoundsEventClients *self, GHashTable *audiences, gboolean again);
void rounds_event_clients_tell (RoundsEventClients *self, const RoundsEventMessage *message);
GHashTable *rounds_event_clients_list_sessions (RoundsEventClients *self);
void
rounds_event_clients_end_session (RoundsEventClients *self, const char *session_id, guint16 code);

/* The hub's thread: something happened on the socket of @member. */
void rounds_event_clients_look_at (RoundsEventClients *self, RoundsHubMember *member);
/* The hub's thread: serves those to whom something happened, and looks at the time of all now and
 * then. Returns whether anybody is here. */
gboolean rounds_event_clients_serve (RoundsEventClients *self);
/* Nobody is taken any more, and all are told goodbye. */
void rounds_event_clients_end (RoundsEventClients *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventClients, rounds_event_clients_free)

G_END_DECLS
