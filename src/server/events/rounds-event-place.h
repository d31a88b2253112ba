/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A WebSocket client's place in the hub, with what others have noted for it.
 * When the notes are handed over, and who locks what, is rounds-event-clients.c's.
 */

#pragma once

#include "rounds-event-client.h"
#include "rounds-event-hub-private.h"
#include "rounds-person-limit.h"

G_BEGIN_DECLS

/* One owner, the hub's thread. Notes are guarded by the mutex of all places. */
typedef struct
{
  RoundsHubMember member;
  RoundsEventClient *client;
  RoundsPersonSlot slot; /* guarded by that mutex, too */
  gboolean writing; /* these three, the hub's thread: the epoll tells when it can be written to */
  gboolean ready; /* to be served */
  gboolean readable; /* there is, or may be, something to read */

  gboolean noted; /* there are notes: these all */
  gint64 news; /* the last number, or 0 */
  gboolean behind; /* what he has may mean nothing any more */
  GPtrArray *messages; /* GRefString, or NULL */
  guint16 close_code; /* or 0 */
} RoundsEventPlace;

/* Takes @client. */
RoundsEventPlace *rounds_event_place_new (RoundsEventClient *client);
/* Frees the client, too. */
void rounds_event_place_free (RoundsEventPlace *self);

/* Who sits there. Borrowed. */
const char *rounds_event_place_get_user_id (RoundsEventPlace *self);
const char *const *rounds_event_place_get_audiences (RoundsEventPlace *self);

/* As rounds_event_client_add_news() and so on, when the notes are handed over. */
void rounds_event_place_note_news (RoundsEventPlace *self, gint64 seq);
void rounds_event_place_note_behind (RoundsEventPlace *self);
void rounds_event_place_note_message (RoundsEventPlace *self, GRefString *text);
/* The first @code is what he hears. */
void rounds_event_place_note_end (RoundsEventPlace *self, guint16 code);

/* Hands the notes to the client; the hub's thread. */
void rounds_event_place_take_notes (RoundsEventPlace *self);

G_END_DECLS
