/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One WebSocket: frames in and out of a socket, pings, limits, the end.
 * The only file that knows wslay. Who may hear what, and when, is the hub's.
 */

#pragma once

#include "rounds-event-admission.h"

G_BEGIN_DECLS

/* Close codes beside those of RFC 6455. */
#define ROUNDS_CLOSE_GOING_AWAY 1001
#define ROUNDS_CLOSE_PROTOCOL 1002
#define ROUNDS_CLOSE_UNSUPPORTED 1003
#define ROUNDS_CLOSE_POLICY 1008
#define ROUNDS_CLOSE_TRY_LATER 1013
#define ROUNDS_CLOSE_SESSION_ENDED 4401
#define ROUNDS_CLOSE_ACCESS_CHANGED 4403

/* One owner, one thread. */
typedef struct _RoundsEventClient RoundsEventClient;

/* Takes @fd and @admission. @early: what came behind the handshake. NULL when there is no memory.
 */
RoundsEventClient *rounds_event_client_new (int fd, RoundsEventAdmission *admission,
                                            const char *early, gsize early_length);
/* Closes the socket. */
void rounds_event_client_free (RoundsEventClient *self);

int rounds_event_client_get_fd (RoundsEventClient *self);
const RoundsEventAdmission *rounds_event_client_get_admission (RoundsEventClient *self);

/* There is something after @seq that concerns this client; told when the socket takes it. */
void rounds_event_client_add_news (RoundsEventClient *self, gint64 seq);
/* There may be something, whatever the numbers say. */
void rounds_event_client_fall_behind (RoundsEventClient *self);
/* One more message. Too many that wait make one "there is something". */
void rounds_event_client_add_message (RoundsEventClient *self, GRefString *text);
/* Says goodbye, and is done when the other side has answered or two seconds later. */
void rounds_event_client_close (RoundsEventClient *self, guint16 code, const char *reason);

/* Writes what can be written right now and, where there may be something (@readable), reads. FALSE:
 * it is over, free it. */
gboolean rounds_event_client_serve (RoundsEventClient *self, gboolean readable);
/* Whether the hub is to tell when the socket can be written to. */
gboolean rounds_event_client_wants_write (RoundsEventClient *self);
/* Looks at the time (monotonic µs): pings who is silent for @ping µs, closes what is over. FALSE:
 * free it. */
gboolean rounds_event_client_tick (RoundsEventClient *self, gint64 now, gint64 ping);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventClient, rounds_event_client_free)

G_END_DECLS
