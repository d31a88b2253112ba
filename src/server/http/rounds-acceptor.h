/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Takes connections from the listening socket and deals them out to libmicrohttpd's threads.
 * What comes on them is the listener's.
 */

#pragma once

#include "rounds-connections.h"

#include <microhttpd.h>

G_BEGIN_DECLS

/* Owned by one thread; accepts in one of its own. */
typedef struct _RoundsAcceptor RoundsAcceptor;

/* @fd: taken; a listening socket. @connections and @daemon are borrowed and outlive the acceptor.
 * @most: so many may be open; who comes then waits in the kernel's queue. NULL, with
 * ROUNDS_SERVER_ERROR_SYSTEM, when there is no descriptor or no thread left. */
RoundsAcceptor *rounds_acceptor_new (int fd, RoundsConnections *connections,
                                     struct MHD_Daemon *daemon, guint most, GError **error);
/* Accepts nobody any more and closes the socket. */
void rounds_acceptor_free (RoundsAcceptor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAcceptor, rounds_acceptor_free)

G_END_DECLS
