/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The open connections, and a watch that cuts those whose client takes forever over one step.
 * libmicrohttpd ends idle ones by itself; a byte now and then is enough to fool that.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Thread-safe. One owner. */
typedef struct _RoundsConnections RoundsConnections;
/* One open connection; belongs to the listener from add to remove. */
typedef struct _RoundsConnection RoundsConnection;

/* @step_time: µs that a client may take to send a request (waiting for its next one included) or to
 * take an answer. */
RoundsConnections *rounds_connections_new (gint64 step_time);
/* Ends the watch. All connections have to be removed. */
void rounds_connections_free (RoundsConnections *self);

RoundsConnection *rounds_connections_add (RoundsConnections *self, int fd);
/* Before the descriptor is closed: another connection may get its number at once. */
void rounds_connections_remove (RoundsConnections *self, RoundsConnection *connection);
/* The client's turn: its time starts now. */
void rounds_connections_wait_for_client (RoundsConnections *self, RoundsConnection *connection);
/* Our turn: no limit on the client's account. */
void rounds_connections_wait_for_us (RoundsConnections *self, RoundsConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsConnections, rounds_connections_free)

G_END_DECLS
