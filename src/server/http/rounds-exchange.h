/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One request on its way through the server: what came in, how far it is, what goes out.
 * It lives from the complete head to the last byte of the answer; rounds-server.c moves it.
 */

#pragma once

#include <microhttpd.h>

#include "rounds-dispatch.h"

G_BEGIN_DECLS

/* One owner at a time: the listener's thread, or a worker or the hub while it is suspended. */
typedef struct
{
  struct MHD_Connection *connection;
  gint64 began; /* monotonic µs */
  char *target; /* path and, behind a NUL, the query; cut to what we take */
  gboolean prepared; /* the head has been read */
  RoundsMatch match;
  RoundsIncoming incoming;
  char *address;
  GByteArray *body;
  gsize received; /* bytes of the body, kept or not */
  RoundsResponse *held; /* while it waits for changes: the answer if none come; or for its write:
                           what is to be written */
  gboolean woken; /* by the hub, to be handled anew */
  RoundsEventAdmission *admission; /* with 101, until the WebSocket opens */
  RoundsSharedBody
      *shared; /* that the reply belongs to; NULL: the reply is this exchange's alone */
} RoundsExchange;

/* @target as it stands in the request line; taken. */
RoundsExchange *rounds_exchange_new (struct MHD_Connection *connection, char *target);
void rounds_exchange_free (RoundsExchange *self);

/* The head of a request from @peer is complete: matches the route and takes what the worker will
 * need. TRUE when the answer is not to wait for the body: the client asks before sending (Expect),
 * announces more than we are willing to read away, or says twice what there can be one of. */
gboolean
rounds_exchange_read_head (RoundsExchange *self, const RoundsServerConfig *config, const char *peer,
                           const RoundsRouter *router, const char *method);
/* A part of the body. FALSE: cut the connection, this never ends. */
gboolean rounds_exchange_read_body (RoundsExchange *self, const char *data, gsize length);
/* All is there. */
void rounds_exchange_finish (RoundsExchange *self);

/* The answer as libmicrohttpd sends it; takes @response. With 101, @opens is called when it has
 * been sent, and finds the admission in @self. To be dropped once it is queued. */
struct MHD_Response *
rounds_exchange_to_reply (RoundsExchange *self, RoundsResponse *response, gboolean closing,
                          MHD_UpgradeHandler opens, gpointer user_data);
void rounds_exchange_drop_reply (RoundsExchange *self, struct MHD_Response *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsExchange, rounds_exchange_free)

G_END_DECLS
