/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where clients wait for the change feed: one thread that holds them all.
 * It reads no database and answers nothing itself; the listener does, when it is told to.
 */

#pragma once

#include "rounds-change-watch.h"
#include "rounds-event-admission.h"
#include "rounds-response-private.h"

G_BEGIN_DECLS

/* One owner. */
typedef struct _RoundsEventHub RoundsEventHub;

typedef enum
{
  ROUNDS_WAKE_CHANGED, /* there is something: look again */
  ROUNDS_WAKE_OVER, /* the time is over, the client is gone, or the server stops: let it go */
} RoundsWake;

/* What becomes of @request. On the hub's thread, with nothing locked. FALSE only for CHANGED: not
 * now, the hub asks again soon. Of those for which CHANGED was taken, each is told with
 * rounds_event_hub_done() when it has been looked at. */
typedef gboolean (*RoundsEventHubWake) (gpointer request, RoundsWake wake, gpointer user_data);

/* Something to say to WebSocket clients. */
typedef struct
{
  GRefString *text; /* JSON */
  char **audiences; /* who may know, as the feed's audiences */
  char *but; /* a person who is not told, or NULL */
} RoundsEventMessage;

void rounds_event_message_free (RoundsEventMessage *self);

typedef struct
{
  gint64 head; /* where the feed stands */
  guint max_parked; /* requests that may wait at once */
  guint max_at_once; /* that may look again at once */
  guint max_clients; /* WebSockets */
  gint64 ping; /* µs of silence after which a client is asked whether it is there */
  RoundsEventHubWake wake;
  gpointer user_data;
} RoundsEventHubOptions;

/* Starts the thread. @options is only read during the call. NULL with a ROUNDS_SERVER_ERROR when
 * there are no descriptors. */
RoundsEventHub *rounds_event_hub_new (const RoundsEventHubOptions *options, GError **error);
/* Lets all go that wait, and ends the thread; parking is refused from the first moment on. */
void rounds_event_hub_stop (RoundsEventHub *self);
/* Stops first where that has not been done. */
void rounds_event_hub_free (RoundsEventHub *self);

/* Lets @request wait as @wait says, until @deadline (monotonic µs) at the latest; @fd tells when
 * its client goes. FALSE, with @request still the caller's, when too many wait. Any thread. */
gboolean rounds_event_hub_park (RoundsEventHub *self, gpointer request, const RoundsWait *wait,
                                int fd, gint64 deadline);
/* A request that was woken has been looked at, whether it waits again or not. Any thread. */
void rounds_event_hub_done (RoundsEventHub *self);

/* For one more WebSocket, which it has to come with. NULL when there are as many as may be, or all
 * end. Any thread. (transfer full) */
RoundsEventSeat *rounds_event_hub_take_seat (RoundsEventHub *self);
/* Takes the socket @fd and @admission, with its seat, behind the handshake; @early is what the
 * client sent right behind it. Any thread. */
void rounds_event_hub_admit (RoundsEventHub *self, int fd, RoundsEventAdmission *admission,
                             const char *early, gsize early_length);
/* Open WebSockets, those that say goodbye included. Any thread. */
guint rounds_event_hub_count_clients (RoundsEventHub *self);

/* What was committed. Any one thread. */
void rounds_event_hub_hear (RoundsEventHub *self, const RoundsChangeNews *news);
/* Tells those clients who may know, with what is heard next: one packet for both. Any thread. */
void rounds_event_hub_tell (RoundsEventHub *self, const RoundsEventMessage *message);
/* The sessions of all clients: id → the standing that they came with. Any thread. (transfer full)
 */
GHashTable *rounds_event_hub_list_sessions (RoundsEventHub *self);
/* Sends away all clients of a session with @code. Any thread. */
void rounds_event_hub_end_session (RoundsEventHub *self, const char *session_id, guint16 code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventHub, rounds_event_hub_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventMessage, rounds_event_message_free)

G_END_DECLS
