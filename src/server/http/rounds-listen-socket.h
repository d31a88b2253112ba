/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The socket that roundsd listens on.
 * Accepting is the acceptor's.
 */

#pragma once

#include "rounds-server-config.h"

G_BEGIN_DECLS

/* A listening TCP socket on @config's address and port, or −1 with ROUNDS_SERVER_ERROR_LISTEN.
 * @uri (out, transfer full): how to reach it. */
int rounds_listen_socket_open (const RoundsServerConfig *config, char **uri, GError **error);

G_END_DECLS
