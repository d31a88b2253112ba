/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bytes of one WebSocket: read without waiting, so much at a turn; collected and sent together.
 * What they say is rounds-event-client.h's.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One owner, one thread. */
typedef struct
{
  int fd;
  GBytes *early; /* or NULL: read before the socket */
  GByteArray *out; /* not yet taken by the socket; or NULL */
  gsize n_read; /* in this turn */
  gint64 stuck_since; /* monotonic µs; 0: the socket takes what there is */
  gboolean gone; /* it has ended */
} RoundsEventSocket;

/* Takes @fd. @early is copied: what came before anybody read from @fd. */
void
rounds_event_socket_init (RoundsEventSocket *self, int fd, const char *early, gsize early_length);
/* Closes it. */
void rounds_event_socket_clear (RoundsEventSocket *self);

/* As much may be read again as at the start. */
void rounds_event_socket_begin_turn (RoundsEventSocket *self);
/* Returns how much was read into @buffer; −1 when there is nothing now or, with @gone, no more. */
gssize rounds_event_socket_read (RoundsEventSocket *self, guint8 *buffer, gsize length);
/* Reads and forgets. FALSE: the other side has closed. */
gboolean rounds_event_socket_read_away (RoundsEventSocket *self);

/* Whether so much waits to be sent that nothing more should be added. */
gboolean rounds_event_socket_is_full (const RoundsEventSocket *self);
/* To be sent with the next flush. */
void rounds_event_socket_add (RoundsEventSocket *self, const guint8 *bytes, gsize length);
/* Sends as much as the socket takes. @now: monotonic µs. */
void rounds_event_socket_flush (RoundsEventSocket *self, gint64 now);

G_END_DECLS
