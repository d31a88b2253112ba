/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Requests that wait for changes, each suspended in the listener.
 * A request that waits costs a descriptor and some hundred bytes, no worker.
 */

#include "config.h"

#include "rounds-event-parking.h"

#include "rounds-audience-index.h"
#include "rounds-person-limit.h"

#include <sys/epoll.h>

/* Security: of one person's requests the oldest give way, or one account could hold all places. */
#define MAX_PER_PERSON 16

typedef struct
{
  RoundsHubMember member;
  gpointer request;
  RoundsWait wait;
  int fd;
  gint64 deadline; /* monotonic µs */
  RoundsWake wake; /* once it is due */
  RoundsPersonSlot slot;
  GList link; /* in the queue of those who are due */
} Parked;

struct _RoundsEventParking
{
  RoundsEventHubOptions options;
  RoundsHeard *heard; /* these two: the hub's */
  int epoll;
  GMutex mutex;
  /* All of what follows: guarded by mutex */
  gboolean ending;
  RoundsAudienceIndex *index; /* those that are not due */
  RoundsPersonLimit *people; /* of those that are not due */
  GHashTable *parked; /* set of Parked that are not due */
  GQueue due;
  guint n_looking; /* woken and not yet done */
};

static void
free_parked (Parked *parked)
{
  g_free (parked->wait.user_id);
  g_strfreev (parked->wait.audiences);
  g_free (parked);
}

static const char *const *
get_audiences (const Parked *parked)
{
  return (const char *const *)parked->wait.audiences;
}

/* With the mutex held, all of these */

static void
make_due (RoundsEventParking *self, Parked *parked, RoundsWake wake)
{
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, parked->fd, NULL);
  rounds_audience_index_remove (self->index, get_audiences (parked), parked);
  g_hash_table_remove (self->parked, parked);
  rounds_person_limit_remove (self->people, &parked->slot);
  parked->wake = wake;
  g_queue_push_tail_link (&self->due, &parked->link);
}

static void
make_all_due (RoundsEventParking *self, RoundsWake wake)
{
  g_autoptr (GPtrArray) all = g_hash_table_get_keys_as_ptr_array (self->parked);
  for (guint i = 0; i < all->len; i++)
    make_due (self, g_ptr_array_index (all, i), wake);
}

static void
make_late_due (RoundsEventParking *self)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) late = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer parked;

  g_hash_table_iter_init (&iter, self->parked);
  while (g_hash_table_iter_next (&iter, &parked, NULL))
    {
      if (((Parked *)parked)->deadline <= now)
        g_ptr_array_add (late, parked);
    }
  for (guint i = 0; i < late->len; i++)
    make_due (self, g_ptr_array_index (late, i), ROUNDS_WAKE_OVER);
}

static Parked *
take_due (RoundsEventParking *self)
{
  GList *link = g_queue_peek_head_link (&self->due);

  /* Nobody looks any more when the server stops: all are let go. */
  if (link == NULL)
    return NULL;
  Parked *parked = link->data;
  if (self->ending)
    parked->wake = ROUNDS_WAKE_OVER;
  if (parked->wake == ROUNDS_WAKE_CHANGED && self->n_looking >= self->options.max_at_once)
    return NULL;
  g_queue_unlink (&self->due, link);
  if (parked->wake == ROUNDS_WAKE_CHANGED)
    self->n_looking++;
  return parked;
}

static Parked *
new_parked (gpointer request, const RoundsWait *wait, int fd, gint64 deadline)
{
  Parked *parked = g_new0 (Parked, 1);
  parked->member.kind = ROUNDS_HUB_PARKED;
  parked->request = request;
  parked->wait.user_id = g_strdup (wait->user_id);
  parked->wait.audiences = g_strdupv (wait->audiences);
  parked->wait.seq = wait->seq;
  parked->fd = fd;
  parked->deadline = deadline;
  parked->link.data = parked;
  return parked;
}

/* With the mutex held. */
static void
settle (RoundsEventParking *self, Parked *parked)
{
  Parked *oldest
      = rounds_person_limit_add (self->people, parked->wait.user_id, &parked->slot, parked);

  if (oldest != NULL)
    make_due (self, oldest, ROUNDS_WAKE_OVER);
  g_hash_table_add (self->parked, parked);
  rounds_audience_index_add (self->index, get_audiences (parked), parked);
  /* What was committed between his reading and now is not heard a second time. */
  if (rounds_heard_knows_more (self->heard, get_audiences (parked), parked->wait.seq))
    make_due (self, parked, ROUNDS_WAKE_CHANGED);
}

static void
wake_audience (RoundsEventParking *self, const char *audience, gint64 seq)
{
  GHashTable *members = rounds_audience_index_get (self->index, audience);
  if (members == NULL)
    return;
  g_autoptr (GPtrArray) all = g_hash_table_get_keys_as_ptr_array (members);
  for (guint i = 0; i < all->len; i++)
    {
      Parked *parked = g_ptr_array_index (all, i);
      if (seq > parked->wait.seq)
        make_due (self, parked, ROUNDS_WAKE_CHANGED);
    }
}

RoundsEventParking *
rounds_event_parking_new (const RoundsEventHubOptions *options, RoundsHeard *heard, int epoll)
{
  g_return_val_if_fail (options != NULL && options->wake != NULL, NULL);

  RoundsEventParking *self = g_new0 (RoundsEventParking, 1);
  self->options = *options;
  self->epoll = epoll;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->due);
  self->heard = heard;
  self->index = rounds_audience_index_new ();
  self->people = rounds_person_limit_new (MAX_PER_PERSON);
  self->parked = g_hash_table_new (NULL, NULL);
  return self;
}

void
rounds_event_parking_free (RoundsEventParking *self)
{
  if (self == NULL)
    return;
  g_assert (g_hash_table_size (self->parked) == 0 && g_queue_is_empty (&self->due));
  g_hash_table_unref (self->parked);
  rounds_person_limit_free (self->people);
  rounds_audience_index_free (self->index);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
rounds_event_parking_add (RoundsEventParking *self, gpointer request, const RoundsWait *wait,
                          int fd, gint64 deadline)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->ending || g_hash_table_size (self->parked) >= self->options.max_parked)
    return FALSE;
  Parked *parked = new_parked (request, wait, fd, deadline);
  struct epoll_event event = { .events = EPOLLRDHUP, .data.ptr = &parked->member };
  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
    {
      free_parked (parked);
      return FALSE;
    }
  settle (self, parked);
  return TRUE;
}

void
rounds_event_parking_done (RoundsEventParking *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_assert (self->n_looking > 0);
  self->n_looking--;
}

void
rounds_event_parking_hear (RoundsEventParking *self, GHashTable *audiences, gboolean again)
{
  GHashTableIter iter;
  gpointer audience;
  gpointer seq;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (again)
    make_all_due (self, ROUNDS_WAKE_CHANGED);
  g_hash_table_iter_init (&iter, audiences);
  while (g_hash_table_iter_next (&iter, &audience, &seq))
    wake_audience (self, audience, *(gint64 *)seq);
}

/* A waiting client sends nothing: whatever happens on its connection, it is the end of it, or
 * something that nobody reads before the answer. */
void
rounds_event_parking_look_at (RoundsEventParking *self, RoundsHubMember *member)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (g_hash_table_contains (self->parked, member))
    make_due (self, (Parked *)member, ROUNDS_WAKE_OVER);
}

void
rounds_event_parking_end (RoundsEventParking *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  self->ending = TRUE;
  make_all_due (self, ROUNDS_WAKE_OVER);
}

gboolean
rounds_event_parking_serve (RoundsEventParking *self, gboolean *waiting)
{
  Parked *parked;

  g_mutex_lock (&self->mutex);
  make_late_due (self);
  while ((parked = take_due (self)) != NULL)
    {
      g_mutex_unlock (&self->mutex);
      gboolean taken = self->options.wake (parked->request, parked->wake, self->options.user_data);
      g_mutex_lock (&self->mutex);
      if (!taken)
        {
          self->n_looking--;
          g_queue_push_head_link (&self->due, &parked->link);
          break;
        }
      free_parked (parked);
    }
  gboolean done = g_queue_is_empty (&self->due);
  *waiting = !done || g_hash_table_size (self->parked) > 0;
  g_mutex_unlock (&self->mutex);
  return done;
}
