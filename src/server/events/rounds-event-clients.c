/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All WebSocket clients: who is to be told what, and who has to go.
 * Other threads only leave notes, under the mutex; sockets are touched by the hub's thread alone.
 */

#include "config.h"

#include "rounds-event-clients.h"

#include "rounds-audience-index.h"
#include "rounds-event-place.h"

#include <sys/epoll.h>

/* Security: of one person; each further one sends the oldest away. */
#define MAX_PER_PERSON 32
/* The time of all is looked at so often, monotonic µs. */
#define TICK (G_USEC_PER_SEC / 2)

struct _RoundsEventClients
{
  RoundsEventSeats *seats;
  gint64 ping; /* µs */
  RoundsHeard *heard; /* these two: the hub's */
  int epoll;
  gint64 next_tick; /* the hub's thread */
  GPtrArray *ready; /* the hub's thread: RoundsEventPlace */
  GMutex mutex;
  /* All of what follows: guarded by mutex */
  gboolean ending;
  RoundsAudienceIndex *index;
  RoundsPersonLimit *people;
  GHashTable *places; /* set of RoundsEventPlace */
  GQueue arrived; /* of those: not yet seen by the hub's thread */
  GPtrArray *noted; /* of those: with notes */
};

/* With the mutex held, all of these */

/* @place, which gets a note now. */
static RoundsEventPlace *
note (RoundsEventClients *self, RoundsEventPlace *place)
{
  if (!place->noted)
    g_ptr_array_add (self->noted, place);
  return place;
}

static void
add_place (RoundsEventClients *self, RoundsEventPlace *place)
{
  const RoundsEventAdmission *admission = rounds_event_client_get_admission (place->client);
  const char *const *audiences = rounds_event_place_get_audiences (place);
  RoundsEventPlace *oldest
      = rounds_person_limit_add (self->people, admission->user_id, &place->slot, place);

  if (oldest != NULL)
    rounds_event_place_note_end (note (self, oldest), ROUNDS_CLOSE_POLICY);
  g_hash_table_add (self->places, place);
  rounds_audience_index_add (self->index, audiences, place);
  g_queue_push_tail (&self->arrived, place);
  /* What was committed between his reading and now is not heard a second time. */
  if (rounds_heard_knows_more (self->heard, audiences, admission->cursor.seq))
    rounds_event_place_note_behind (note (self, place));
}

static void
remove_place (RoundsEventClients *self, RoundsEventPlace *place)
{
  rounds_audience_index_remove (self->index, rounds_event_place_get_audiences (place), place);
  g_hash_table_remove (self->places, place);
  rounds_person_limit_remove (self->people, &place->slot);
  g_queue_remove (&self->arrived, place);
  if (place->noted)
    g_ptr_array_remove_fast (self->noted, place);
}

static void
note_news (RoundsEventClients *self, const char *audience, gint64 seq)
{
  GHashTableIter iter;
  gpointer place;
  GHashTable *members = rounds_audience_index_get (self->index, audience);

  if (members == NULL)
    return;
  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    rounds_event_place_note_news (note (self, place), seq);
}

/* The hub's thread, all of these */

static void
make_ready (RoundsEventClients *self, RoundsEventPlace *place)
{
  if (place->ready)
    return;
  place->ready = TRUE;
  g_ptr_array_add (self->ready, place);
}

static void
watch (RoundsEventClients *self, RoundsEventPlace *place, int operation)
{
  struct epoll_event event = {
    .events = EPOLLIN | (place->writing ? (guint32)EPOLLOUT : 0),
    .data.ptr = &place->member,
  };
  epoll_ctl (self->epoll, operation, rounds_event_client_get_fd (place->client), &event);
}

static void
let_go (RoundsEventClients *self, RoundsEventPlace *place)
{
  g_mutex_lock (&self->mutex);
  remove_place (self, place);
  g_mutex_unlock (&self->mutex);
  /* The listener may still have a descriptor of the same socket: it would stay in the epoll. */
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, rounds_event_client_get_fd (place->client), NULL);
  if (place->ready)
    g_ptr_array_remove_fast (self->ready, place);
  rounds_event_place_free (place);
}

static void
settle (RoundsEventClients *self, RoundsEventPlace *place, gboolean going_on)
{
  if (!going_on)
    {
      let_go (self, place);
      return;
    }
  gboolean writing = rounds_event_client_wants_write (place->client);
  if (writing == place->writing)
    return;
  place->writing = writing;
  watch (self, place, EPOLL_CTL_MOD);
}

static void
collect_ready (RoundsEventClients *self)
{
  RoundsEventPlace *place;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while ((place = g_queue_pop_head (&self->arrived)) != NULL)
    {
      watch (self, place, EPOLL_CTL_ADD);
      place->readable = TRUE;
      make_ready (self, place);
    }
  for (guint i = 0; i < self->noted->len; i++)
    {
      place = g_ptr_array_index (self->noted, i);
      rounds_event_place_take_notes (place);
      make_ready (self, place);
    }
  g_ptr_array_set_size (self->noted, 0);
}

static void
serve_ready (RoundsEventClients *self)
{
  while (self->ready->len > 0)
    {
      RoundsEventPlace *place = g_ptr_array_steal_index_fast (self->ready, self->ready->len - 1);
      gboolean readable = place->readable;
      place->ready = FALSE;
      place->readable = FALSE;
      settle (self, place, rounds_event_client_serve (place->client, readable));
    }
}

static void
tick (RoundsEventClients *self)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) all = NULL;

  if (now < self->next_tick)
    return;
  self->next_tick = now + TICK;
  g_mutex_lock (&self->mutex);
  all = g_hash_table_get_keys_as_ptr_array (self->places);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < all->len; i++)
    {
      RoundsEventPlace *place = g_ptr_array_index (all, i);
      settle (self, place, rounds_event_client_tick (place->client, now, self->ping));
    }
}

void
rounds_event_clients_look_at (RoundsEventClients *self, RoundsHubMember *member)
{
  RoundsEventPlace *place = (RoundsEventPlace *)member;

  /* Whatever the epoll tells: an end is read as well. */
  place->readable = TRUE;
  make_ready (self, place);
}

gboolean
rounds_event_clients_serve (RoundsEventClients *self)
{
  collect_ready (self);
  serve_ready (self);
  tick (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return g_hash_table_size (self->places) > 0;
}

/* Any thread */

RoundsEventClients *
rounds_event_clients_new (const RoundsEventHubOptions *options, RoundsHeard *heard, int epoll)
{
  g_return_val_if_fail (options != NULL && options->ping > 0, NULL);

  RoundsEventClients *self = g_new0 (RoundsEventClients, 1);
  self->seats = rounds_event_seats_new (options->max_clients);
  self->ping = options->ping;
  self->heard = heard;
  self->epoll = epoll;
  self->ready = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  self->index = rounds_audience_index_new ();
  self->people = rounds_person_limit_new (MAX_PER_PERSON);
  self->places = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->arrived);
  self->noted = g_ptr_array_new ();
  return self;
}

void
rounds_event_clients_free (RoundsEventClients *self)
{
  if (self == NULL)
    return;
  g_assert (g_hash_table_size (self->places) == 0);
  g_hash_table_unref (self->places);
  rounds_person_limit_free (self->people);
  rounds_audience_index_free (self->index);
  g_ptr_array_unref (self->noted);
  g_ptr_array_unref (self->ready);
  rounds_event_seats_unref (self->seats);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
rounds_event_clients_admit (RoundsEventClients *self, RoundsEventClient *client)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->ending)
    return FALSE;
  add_place (self, rounds_event_place_new (client));
  return TRUE;
}

RoundsEventSeat *
rounds_event_clients_take_seat (RoundsEventClients *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->ending ? NULL : rounds_event_seats_take (self->seats);
}

guint
rounds_event_clients_count (RoundsEventClients *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return g_hash_table_size (self->places);
}

void
rounds_event_clients_hear (RoundsEventClients *self, GHashTable *audiences, gboolean again)
{
  GHashTableIter iter;
  gpointer key;
  gpointer seq;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (again)
    {
      g_hash_table_iter_init (&iter, self->places);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        rounds_event_place_note_behind (note (self, key));
    }
  g_hash_table_iter_init (&iter, audiences);
  while (g_hash_table_iter_next (&iter, &key, &seq))
    note_news (self, key, *(gint64 *)seq);
}

void
rounds_event_clients_tell (RoundsEventClients *self, const RoundsEventMessage *message)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer place;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  for (gsize i = 0; message->audiences[i] != NULL; i++)
    {
      GHashTable *members = rounds_audience_index_get (self->index, message->audiences[i]);
      if (members == NULL)
        continue;
      g_hash_table_iter_init (&iter, members);
      while (g_hash_table_iter_next (&iter, &place, NULL))
        {
          if (g_strcmp0 (rounds_event_place_get_user_id (place), message->but) != 0
              && g_hash_table_add (told, place))
            rounds_event_place_note_message (note (self, place), message->text);
        }
    }
}

GHashTable *
rounds_event_clients_list_sessions (RoundsEventClients *self)
{
  GHashTable *sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer place;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    {
      const RoundsEventAdmission *admission
          = rounds_event_client_get_admission (((RoundsEventPlace *)place)->client);
      g_hash_table_replace (sessions, g_strdup (admission->session_id),
                            g_strdup (admission->standing));
    }
  return sessions;
}

void
rounds_event_clients_end_session (RoundsEventClients *self, const char *session_id, guint16 code)
{
  GHashTableIter iter;
  gpointer place;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    {
      const RoundsEventAdmission *admission
          = rounds_event_client_get_admission (((RoundsEventPlace *)place)->client);
      if (g_str_equal (admission->session_id, session_id))
        rounds_event_place_note_end (note (self, place), code);
    }
}

void
rounds_event_clients_end (RoundsEventClients *self)
{
  GHashTableIter iter;
  gpointer place;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  self->ending = TRUE;
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    rounds_event_place_note_end (note (self, place), ROUNDS_CLOSE_GOING_AWAY);
}
