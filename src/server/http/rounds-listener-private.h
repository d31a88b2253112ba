/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The inside of the listener: what its two halves share, the one that reads requests
 * (rounds-listener.c) and the one that has them answered (rounds-listener-answers.c).
 */

#pragma once

#include "rounds-acceptor.h"
#include "rounds-connections.h"
#include "rounds-listener.h"

G_BEGIN_DECLS

struct _RoundsListener
{
  RoundsListenerOptions options;
  RoundsRouter *router;
  RoundsConnections *connections;
  struct MHD_Daemon *daemon;
  RoundsAcceptor *acceptor; /* until the stop begins */
  char *uri;
  gboolean writes_later; /* no thread has to wait for a commit */
  GMutex mutex; /* for this condition only */
  GCond finished;
  int n_exchanges; /* atomic: from the head of a request to the end of its answer */
  int stopping; /* atomic */
};

/* What we keep of it, as long as it is open. */
RoundsConnection *rounds_listener_get_connection (struct MHD_Connection *connection);
/* All of @exchange's request is there: it is answered at once, or given to a worker. On the
 * listener's thread. */
void rounds_listener_hand_over (RoundsListener *self, RoundsExchange *exchange);
/* What becomes of pushed writes; RoundsDbWrittenFunc, the listener is its data. */
void
rounds_listener_take_written (RoundsDbWrite *const *writes, guint n_writes, gpointer user_data);

G_END_DECLS
