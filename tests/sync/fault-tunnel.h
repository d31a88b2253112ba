/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A connection that is handed through the bad network as it is, for a WebSocket and for an answer
 * that is long in coming, until chance garbles or cuts it. The others go through fault-proxy.c.
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Whether, at this moment, what comes from the server gets through, and how. */
typedef enum
{
  FAULT_TUNNEL_PASS,
  FAULT_TUNNEL_LATE, /* a little later; nothing overtakes it */
  FAULT_TUNNEL_HALF, /* half of it, and then nothing more */
  FAULT_TUNNEL_GARBAGE, /* something else instead */
  FAULT_TUNNEL_CUT,
} FaultTunnelFate;
typedef FaultTunnelFate (*FaultTunnelFunc) (gpointer data);

/* Takes the connection of @message over and carries its request to @server ("http://…"), and from
 * then on whatever comes. @ended, with @data, once: nobody touches @data after it. */
void fault_tunnel_open (SoupServerMessage *message, const char *server, GCancellable *cancellable,
                        FaultTunnelFunc choose, GSourceOnceFunc ended, gpointer data);

G_END_DECLS
