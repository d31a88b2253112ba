/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The opening of a WebSocket (RFC 6455, section 4), as far as it is HTTP.
 * It knows no person and no socket.
 */

#pragma once

#include "rounds-response-private.h"
#include "rounds-server-config.h"

G_BEGIN_DECLS

/* The word that a client may name in Sec-WebSocket-Protocol, and that we choose then. */
#define ROUNDS_EVENTS_PROTOCOL "rounds.events"

/* These headers of a request; each may be NULL. Borrowed. */
typedef struct
{
  const char *method;
  const char *upgrade;
  const char *connection;
  const char *key;
  const char *version;
  const char *protocols;
  const char *origin;
} RoundsHandshake;

/* The bearer token among the protocols ("rounds.token.TOKEN"), for pages: a browser lets them set
 * no header but this one. (transfer full, nullable) */
char *rounds_handshake_dup_token (const RoundsHandshake *self);
/* NULL when the WebSocket may open, else why not. */
RoundsResponse *
rounds_handshake_check (const RoundsHandshake *self, const RoundsServerConfig *config);
/* 101 with what the client has to see. Only for what was checked. */
RoundsResponse *rounds_handshake_accept (const RoundsHandshake *self);

G_END_DECLS
