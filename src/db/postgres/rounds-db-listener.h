/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hearing of what other nodes did: PostgreSQL's LISTEN and NOTIFY for an event loop.
 * What a notification means is the caller's; it may get lost, so it should only say "look again".
 */

#pragma once

#include "rounds-db-postgres.h"

G_BEGIN_DECLS

/* One owner, one thread that takes; a thread of its own listens and reconnects. */
typedef struct _RoundsDbListener RoundsDbListener;

typedef enum
{
  ROUNDS_DB_HEARD_NOTHING, /* until the descriptor can be read again */
  ROUNDS_DB_HEARD_PAYLOAD,
  /* Something may have been missed up to now: the first connection, a new one after a loss, or too
   * many notifications waited to be taken. */
  ROUNDS_DB_HEARD_GAP,
} RoundsDbHeard;

/* @channel: letters, digits and _. Returns at once; there is no connection yet. */
RoundsDbListener *rounds_db_listener_new (const RoundsDbPostgresOptions *options,
                                          const char *channel, GError **error);
void rounds_db_listener_free (RoundsDbListener *self);

/* Becomes readable when there is something to take; the same one for life. */
int rounds_db_listener_get_fd (RoundsDbListener *self);
RoundsDbHeard rounds_db_listener_take (RoundsDbListener *self, char **payload);
/* Whether it listens right now, or why not. Any thread. */
gboolean rounds_db_listener_check (RoundsDbListener *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDbListener, rounds_db_listener_free)

G_END_DECLS
