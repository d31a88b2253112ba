/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where a request comes from: the other end of the connection, or what a trusted proxy says of it.
 * What follows from an address is decided elsewhere.
 */

#pragma once

#include <gio/gio.h>
#include <microhttpd.h>

#include "rounds-server-config.h"

G_BEGIN_DECLS

/* What programs on the other end of a Unix socket are called. */
#define ROUNDS_ADDRESS_LOCAL "local"

/* The connection's other end as text, never NULL. (transfer full) */
char *rounds_client_address_dup_peer (struct MHD_Connection *connection);
/* The client's address as text, never NULL, when @peer is the connection's other end. @direct:
 * whether it is a program of this machine that speaks to us without a proxy in between. (transfer
 * full) */
char *
rounds_client_address_find (const RoundsServerConfig *config, struct MHD_Connection *connection,
                            const char *peer, gboolean *direct);

/* The client of whom @forwarded (an X-Forwarded-For, or several joined by commas) tells, when @peer
 * and all who stand between are in @trusted. (element-type GInetAddressMask) (transfer full) */
char *
rounds_client_address_read (const char *peer, const char *forwarded, const GPtrArray *trusted);

/* Whom @address counts as where people are counted: of IPv6, where everybody has as many addresses
 * as he likes, the network ("2001:db8::/64"); else the address itself. (transfer full) */
char *rounds_client_address_dup_network (const char *address);

G_END_DECLS
