/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many WebSockets there may be, to the last one: a seat is taken before a client is let in.
 * Who sits there, it does not know.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Atomic reference count; any thread. */
typedef struct _RoundsEventSeats RoundsEventSeats;
/* One owner, any thread; may outlive the owner of the seats. */
typedef struct _RoundsEventSeat RoundsEventSeat;

RoundsEventSeats *rounds_event_seats_new (guint most);
void rounds_event_seats_unref (RoundsEventSeats *self);

/* NULL when all are taken. (transfer full) */
RoundsEventSeat *rounds_event_seats_take (RoundsEventSeats *self);
/* Somebody else may have it now. */
void rounds_event_seat_free (RoundsEventSeat *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventSeats, rounds_event_seats_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventSeat, rounds_event_seat_free)

G_END_DECLS
