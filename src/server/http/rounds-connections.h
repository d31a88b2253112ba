/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The open connections, and a watch that cuts those from which nothing good will come any more.
 * libmicrohttpd ends idle ones by itself; a byte now and then is enough to fool that.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Thread-safe. One owner. */
typedef struct _RoundsConnections RoundsConnections;
/* One open connection; belongs to the listener from add to remove. */
typedef struct _RoundsConnection RoundsConnection;

/* Who has to move next, so whose time runs. */
typedef enum
{
  ROUNDS_TURN_REQUEST, /* the client: all of a request, the wait for its next one included */
  ROUNDS_TURN_OURS, /* we: no limit on the client's account */
  ROUNDS_TURN_ANSWER, /* the client: taking the answer */
} RoundsTurn;

/* @turn_time: µs that a client has for one turn. */
RoundsConnections *rounds_connections_new (gint64 turn_time);
/* Ends the watch. All connections have to be removed. */
void rounds_connections_free (RoundsConnections *self);

/* A new connection's first turn is a request. Takes @peer, its other end as text. */
RoundsConnection *rounds_connections_add (RoundsConnections *self, int fd, char *peer);
guint rounds_connections_count (RoundsConnections *self);
/* Before the descriptor is closed: another connection may get its number at once. */
void rounds_connections_remove (RoundsConnections *self, RoundsConnection *connection);
void rounds_connections_set_turn (RoundsConnections *self, RoundsConnection *connection,
                                  RoundsTurn turn);

/* Borrowed, as long as the connection is there. */
const char *rounds_connection_get_peer (RoundsConnection *self);
/* The target of the request line that was just read; kept until the request's head is complete,
 * which may never be. Listener's thread only. take: (transfer full) */
void rounds_connection_set_target (RoundsConnection *self, const char *target);
char *rounds_connection_take_target (RoundsConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsConnections, rounds_connections_free)

G_END_DECLS
