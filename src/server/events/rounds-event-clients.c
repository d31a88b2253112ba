/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All WebSocket clients: who is to be told what, and who has to go.
 * Other threads only leave notes, under the mutex; sockets are touched by the hub's thread alone.
 */

#include "config.h"

#include "rounds-event-clients.h"

#include "rounds-audience-index.h"

#include <sys/epoll.h>

/* Security: of one person; a further one sends the oldest away. */
#define MAX_PER_PERSON 32
/* The time of all is looked at so often, monotonic µs. */
#define TICK (G_USEC_PER_SEC / 2)

/* A client's place here. The hub's thread owns it; @noted and what goes into the client with it are
 * guarded by the mutex. */
typedef struct
{
  RoundsHubMember member;
  RoundsEventClient *client;
  gint64 news; /* noted: the last number, or 0 */
  gboolean behind; /* noted: what he has may mean nothing any more */
  GPtrArray *messages; /* noted: GRefString, or NULL */
  guint16 close_code; /* noted, or 0 */
  gboolean noted; /* it is in the array of those */
  gboolean writing; /* the epoll tells when it can be written to */
  gboolean ready; /* these two, the hub's thread: to be served */
  gboolean readable; /* there is, or may be, something to read */
  GList link; /* in the queue of its person, oldest first */
} Place;

struct _RoundsEventClients
{
  guint max_clients;
  gint64 ping; /* µs */
  RoundsHeard *heard; /* these two: the hub's */
  int epoll;
  gint64 next_tick; /* the hub's thread */
  GPtrArray *ready; /* the hub's thread: Place */
  GMutex mutex;
  /* All of what follows: guarded by mutex */
  gboolean ending;
  RoundsAudienceIndex *index;
  GHashTable *people; /* char * → GQueue of Place; none is empty */
  GHashTable *places; /* set of Place */
  GQueue arrived; /* Place: not yet seen by the hub's thread */
  GPtrArray *noted; /* Place */
};

static const char *const *
get_audiences (Place *place)
{
  return (const char *const *)rounds_event_client_get_admission (place->client)->audiences;
}

static const char *
get_person_id (Place *place)
{
  return rounds_event_client_get_admission (place->client)->user_id;
}

static void
free_place (gpointer data)
{
  Place *place = data;
  rounds_event_client_free (place->client);
  g_clear_pointer (&place->messages, g_ptr_array_unref);
  g_free (place);
}

/* With the mutex held, all of these */

static void
note (RoundsEventClients *self, Place *place)
{
  if (place->noted)
    return;
  place->noted = TRUE;
  g_ptr_array_add (self->noted, place);
}

static void
note_end (RoundsEventClients *self, Place *place, guint16 code)
{
  if (place->close_code == 0)
    place->close_code = code;
  note (self, place);
}

static GQueue *
get_person (RoundsEventClients *self, const char *user_id)
{
  GQueue *queue = g_hash_table_lookup (self->people, user_id);
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->people, g_strdup (user_id), queue);
    }
  return queue;
}

static void
add_place (RoundsEventClients *self, Place *place)
{
  const RoundsEventAdmission *admission = rounds_event_client_get_admission (place->client);
  GQueue *person = get_person (self, admission->user_id);

  if (g_queue_get_length (person) >= MAX_PER_PERSON)
    note_end (self, g_queue_peek_head (person), ROUNDS_CLOSE_POLICY);
  g_queue_push_tail_link (person, &place->link);
  g_hash_table_add (self->places, place);
  rounds_audience_index_add (self->index, get_audiences (place), place);
  g_queue_push_tail (&self->arrived, place);
  /* What was committed between his reading and now is not heard a second time. */
  if (rounds_heard_knows_more (self->heard, get_audiences (place), admission->cursor.seq))
    {
      place->behind = TRUE;
      note (self, place);
    }
}

static void
remove_place (RoundsEventClients *self, Place *place)
{
  GQueue *person = get_person (self, get_person_id (place));

  rounds_audience_index_remove (self->index, get_audiences (place), place);
  g_hash_table_remove (self->places, place);
  g_queue_unlink (person, &place->link);
  if (g_queue_is_empty (person))
    g_hash_table_remove (self->people, get_person_id (place));
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
    {
      ((Place *)place)->news = MAX (((Place *)place)->news, seq);
      note (self, place);
    }
}

static void
note_message (RoundsEventClients *self, Place *place, GRefString *text)
{
  if (place->messages == NULL)
    place->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ref_string_release);
  g_ptr_array_add (place->messages, g_ref_string_acquire (text));
  note (self, place);
}

static const char *
get_close_reason (guint16 code)
{
  switch (code)
    {
    case ROUNDS_CLOSE_SESSION_ENDED:
      return "the session has ended";
    case ROUNDS_CLOSE_ACCESS_CHANGED:
      return "what you may see has changed";
    case ROUNDS_CLOSE_POLICY:
      return "too many connections";
    default:
      return "the server stops";
    }
}

/* Hands @place's notes to its client. */
static void
take_notes (Place *place)
{
  if (place->news > 0)
    rounds_event_client_add_news (place->client, place->news);
  if (place->behind)
    rounds_event_client_fall_behind (place->client);
  for (guint i = 0; place->messages != NULL && i < place->messages->len; i++)
    rounds_event_client_add_message (place->client, g_ptr_array_index (place->messages, i));
  if (place->close_code != 0)
    rounds_event_client_close (place->client, place->close_code,
                               get_close_reason (place->close_code));
  g_clear_pointer (&place->messages, g_ptr_array_unref);
  place->news = 0;
  place->behind = FALSE;
  place->noted = FALSE;
}

/* The hub's thread, all of these */

static void
make_ready (RoundsEventClients *self, Place *place)
{
  if (place->ready)
    return;
  place->ready = TRUE;
  g_ptr_array_add (self->ready, place);
}

static void
watch (RoundsEventClients *self, Place *place, int operation)
{
  struct epoll_event event = {
    .events = EPOLLIN | (place->writing ? (guint32)EPOLLOUT : 0),
    .data.ptr = &place->member,
  };
  epoll_ctl (self->epoll, operation, rounds_event_client_get_fd (place->client), &event);
}

static void
let_go (RoundsEventClients *self, Place *place)
{
  g_mutex_lock (&self->mutex);
  remove_place (self, place);
  g_mutex_unlock (&self->mutex);
  /* The listener may still have a descriptor of the same socket: it would stay in the epoll. */
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, rounds_event_client_get_fd (place->client), NULL);
  if (place->ready)
    g_ptr_array_remove_fast (self->ready, place);
  free_place (place);
}

static void
settle (RoundsEventClients *self, Place *place, gboolean going_on)
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
  Place *place;

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
      take_notes (place);
      make_ready (self, place);
    }
  g_ptr_array_set_size (self->noted, 0);
}

static void
serve_ready (RoundsEventClients *self)
{
  while (self->ready->len > 0)
    {
      Place *place = g_ptr_array_steal_index_fast (self->ready, self->ready->len - 1);
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
      Place *place = g_ptr_array_index (all, i);
      settle (self, place, rounds_event_client_tick (place->client, now, self->ping));
    }
}

void
rounds_event_clients_look_at (RoundsEventClients *self, RoundsHubMember *member)
{
  Place *place = (Place *)member;

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
  self->max_clients = options->max_clients;
  self->ping = options->ping;
  self->heard = heard;
  self->epoll = epoll;
  self->ready = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  self->index = rounds_audience_index_new ();
  self->people
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_queue_free);
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
  g_hash_table_unref (self->people);
  rounds_audience_index_free (self->index);
  g_ptr_array_unref (self->noted);
  g_ptr_array_unref (self->ready);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
rounds_event_clients_admit (RoundsEventClients *self, RoundsEventClient *client)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->ending)
    return FALSE;
  Place *place = g_new0 (Place, 1);
  place->member.kind = ROUNDS_HUB_CLIENT;
  place->client = client;
  place->link.data = place;
  add_place (self, place);
  return TRUE;
}

gboolean
rounds_event_clients_have_room (RoundsEventClients *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return !self->ending && g_hash_table_size (self->places) < self->max_clients;
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
        {
          ((Place *)key)->behind = TRUE;
          note (self, key);
        }
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
          if (g_strcmp0 (get_person_id (place), message->but) != 0
              && g_hash_table_add (told, place))
            note_message (self, place, message->text);
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
          = rounds_event_client_get_admission (((Place *)place)->client);
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
          = rounds_event_client_get_admission (((Place *)place)->client);
      if (g_str_equal (admission->session_id, session_id))
        note_end (self, place, code);
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
    note_end (self, place, ROUNDS_CLOSE_GOING_AWAY);
}
