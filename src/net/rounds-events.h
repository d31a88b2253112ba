/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The WebSocket on which the server says that there is something new.
 * What is new is in the change feed; when to open it again is up to sync.
 */

#pragma once

#include "rounds-api.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_EVENTS (rounds_events_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEvents, rounds_events, ROUNDS, EVENTS, GObject)

/* Signals, all on the main thread, from rounds_events_open() to rounds_events_close():
 * "opened": the server has said hello, and tells from now on;
 * "news": there are changes that concern the person; nothing says how many;
 * "alive": the server has answered our ping, so all that it had to say until then has been said;
 * "ended" (GError): it could not be opened, or is not open any more: a ROUNDS_NET_ERROR, of which
 * UNAUTHORIZED says that the session or its token is at its end. The last one. */
RoundsEvents *rounds_events_new (RoundsApi *api);

/* Opens it with the session of the moment, in the place of what was open. @since: the cursor that
 * the client has, or NULL; what happened after it is told as well. A 401 is told to nobody else and
 * asks for no other token: an ordinary call does both. */
void rounds_events_open (RoundsEvents *self, const char *since);
/* Hangs up, or gives up opening; no signal follows. */
void rounds_events_close (RoundsEvents *self);

/* How long the opening may take. Tests shorten it. */
void rounds_events_set_deadline (RoundsEvents *self, guint milliseconds);

G_END_DECLS
