/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many WebSockets there may be, to the last one: a seat is taken before a client is let in.
 * Who sits there, it does not know.
 */

#include "config.h"

#include "rounds-event-seats.h"

struct _RoundsEventSeats
{
  gint most;
  gint n_taken; /* atomic; never more than that */
};

RoundsEventSeats *
rounds_event_seats_new (guint most)
{
  RoundsEventSeats *self = g_atomic_rc_box_new0 (RoundsEventSeats);

  self->most = (gint)MIN (most, G_MAXINT);
  return self;
}

void
rounds_event_seats_unref (RoundsEventSeats *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release (self);
}

RoundsEventSeat *
rounds_event_seats_take (RoundsEventSeats *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  gint n_taken = g_atomic_int_get (&self->n_taken);
  do
    {
      if (n_taken >= self->most)
        return NULL;
    }
  while (!g_atomic_int_compare_and_exchange_full (&self->n_taken, n_taken, n_taken + 1, &n_taken));
  /* One is like the other: a seat is a reference to all of them. */
  return (RoundsEventSeat *)g_atomic_rc_box_acquire (self);
}

void
rounds_event_seat_free (RoundsEventSeat *self)
{
  RoundsEventSeats *seats = (RoundsEventSeats *)self;

  if (seats == NULL)
    return;
  g_atomic_int_add (&seats->n_taken, -1);
  g_atomic_rc_box_release (seats);
}
