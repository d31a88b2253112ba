/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where clients wait for the change feed: one thread that holds them all in one epoll.
 * What a request or a WebSocket is, the parts know: rounds-event-parking.c and
 * rounds-event-clients.c.
 */

#include "config.h"

#include "rounds-event-clients.h"
#include "rounds-event-parking.h"
#include "rounds-server-error.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* How soon those are asked for again whom the workers could not take. */
#define RETRY_MS 10
/* Deadlines are looked at so often. */
#define TICK_MS 250
#define MAX_EVENTS 256

struct _RoundsEventHub
{
  RoundsHeard *heard;
  RoundsEventParking *parking;
  RoundsEventClients *clients;
  int epoll;
  int bell; /* eventfd: there is something to do, or it ends */
  int ending; /* atomic */
  GThread *thread;
};

void
rounds_event_message_free (RoundsEventMessage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->text, g_ref_string_release);
  g_strfreev (self->audiences);
  g_free (self->but);
  g_free (self);
}

/* Fails only when the counter is full, so when it rings already. */
static void
ring (RoundsEventHub *self)
{
  guint64 one = 1;
  if (write (self->bell, &one, sizeof one) < 0 && errno != EAGAIN)
    g_error ("The hub cannot be woken: %s", g_strerror (errno));
}

/* The bell is heard; what it rang for is found in the queues. */
static void
quiet (RoundsEventHub *self)
{
  guint64 count;
  if (read (self->bell, &count, sizeof count) < 0 && errno != EAGAIN)
    g_error ("The hub cannot be quieted: %s", g_strerror (errno));
}

static void
take_events (RoundsEventHub *self, const struct epoll_event *events, int n_events)
{
  for (int i = 0; i < n_events; i++)
    {
      RoundsHubMember *member = events[i].data.ptr;
      if (member == NULL)
        quiet (self);
      else if (member->kind == ROUNDS_HUB_CLIENT)
        rounds_event_clients_look_at (self->clients, member);
      else
        rounds_event_parking_look_at (self->parking, member);
    }
}

static gpointer
run_hub (gpointer data)
{
  RoundsEventHub *self = data;
  struct epoll_event events[MAX_EVENTS];
  gboolean served = TRUE;
  gboolean waiting = FALSE;
  gboolean connected = FALSE;
  gboolean ending = FALSE;

  while (!ending || waiting || connected)
    {
      /* Before looking who is here: nobody comes any more once it is so. */
      ending = g_atomic_int_get (&self->ending) != 0;
      int patience = !served ? RETRY_MS : waiting || connected ? TICK_MS : ending ? 0 : -1;
      int n_events = epoll_wait (self->epoll, events, MAX_EVENTS, patience);
      take_events (self, events, MAX (n_events, 0));
      served = rounds_event_parking_serve (self->parking, &waiting);
      connected = rounds_event_clients_serve (self->clients);
    }
  return NULL;
}

static gboolean
make_epoll (RoundsEventHub *self, GError **error)
{
  struct epoll_event event = { .events = EPOLLIN };

  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->bell = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->epoll >= 0 && self->bell >= 0
      && epoll_ctl (self->epoll, EPOLL_CTL_ADD, self->bell, &event) == 0)
    return TRUE;
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
               "Nothing can be made to wait on: %s", g_strerror (errno));
  return FALSE;
}

RoundsEventHub *
rounds_event_hub_new (const RoundsEventHubOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL && options->wake != NULL, NULL);
  g_return_val_if_fail (options->max_at_once > 0, NULL);

  RoundsEventHub *self = g_new0 (RoundsEventHub, 1);
  self->heard = rounds_heard_new (options->head);
  if (!make_epoll (self, error))
    {
      rounds_event_hub_free (self);
      return NULL;
    }
  self->parking = rounds_event_parking_new (options, self->heard, self->epoll);
  self->clients = rounds_event_clients_new (options, self->heard, self->epoll);
  self->thread = g_thread_new ("hub", run_hub, self);
  return self;
}

void
rounds_event_hub_stop (RoundsEventHub *self)
{
  g_return_if_fail (self != NULL);

  if (self->thread == NULL)
    return;
  rounds_event_parking_end (self->parking);
  rounds_event_clients_end (self->clients);
  g_atomic_int_set (&self->ending, 1);
  ring (self);
  g_clear_pointer (&self->thread, g_thread_join);
}

void
rounds_event_hub_free (RoundsEventHub *self)
{
  if (self == NULL)
    return;
  rounds_event_hub_stop (self);
  g_clear_pointer (&self->parking, rounds_event_parking_free);
  g_clear_pointer (&self->clients, rounds_event_clients_free);
  if (self->epoll >= 0)
    close (self->epoll);
  if (self->bell >= 0)
    close (self->bell);
  rounds_heard_free (self->heard);
  g_free (self);
}

gboolean
rounds_event_hub_park (RoundsEventHub *self, gpointer request, const RoundsWait *wait, int fd,
                       gint64 deadline)
{
  g_return_val_if_fail (self != NULL && request != NULL && wait != NULL, FALSE);

  if (!rounds_event_parking_add (self->parking, request, wait, fd, deadline))
    return FALSE;
  ring (self);
  return TRUE;
}

void
rounds_event_hub_done (RoundsEventHub *self)
{
  g_return_if_fail (self != NULL);

  rounds_event_parking_done (self->parking);
  ring (self);
}

RoundsEventSeat *
rounds_event_hub_take_seat (RoundsEventHub *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rounds_event_clients_take_seat (self->clients);
}

void
rounds_event_hub_admit (RoundsEventHub *self, int fd, RoundsEventAdmission *admission,
                        const char *early, gsize early_length)
{
  g_return_if_fail (self != NULL && fd >= 0);
  g_return_if_fail (admission != NULL && admission->seat != NULL);

  RoundsEventClient *client = rounds_event_client_new (fd, admission, early, early_length);
  if (client == NULL || !rounds_event_clients_admit (self->clients, client))
    {
      rounds_event_client_free (client);
      return;
    }
  ring (self);
}

guint
rounds_event_hub_count_clients (RoundsEventHub *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return rounds_event_clients_count (self->clients);
}

void
rounds_event_hub_hear (RoundsEventHub *self, const RoundsChangeNews *news)
{
  g_return_if_fail (self != NULL && news != NULL);

  if (!news->again && g_hash_table_size (news->audiences) == 0)
    return;
  if (news->again)
    rounds_heard_forget (self->heard, news->head);
  rounds_heard_add (self->heard, news->audiences, news->head);
  rounds_event_parking_hear (self->parking, news->audiences, news->again);
  rounds_event_clients_hear (self->clients, news->audiences, news->again);
  ring (self);
}

void
rounds_event_hub_tell (RoundsEventHub *self, const RoundsEventMessage *message)
{
  g_return_if_fail (self != NULL && message != NULL);

  rounds_event_clients_tell (self->clients, message);
}

GHashTable *
rounds_event_hub_list_sessions (RoundsEventHub *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rounds_event_clients_list_sessions (self->clients);
}

void
rounds_event_hub_end_session (RoundsEventHub *self, const char *session_id, guint16 code)
{
  g_return_if_fail (self != NULL && session_id != NULL);

  rounds_event_clients_end_session (self->clients, session_id, code);
  ring (self);
}
