/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where clients wait for the change feed: one thread that holds them all in one epoll.
 * A request that waits costs a descriptor and some hundred bytes, no worker.
 */

#include "config.h"

#include "rounds-event-hub.h"

#include "rounds-audience-index.h"
#include "rounds-heard.h"
#include "rounds-server-error.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Security: of one person's requests the oldest give way, or one account could hold all places. */
#define MAX_PER_PERSON 16
/* How soon those are asked for again whom the workers could not take. */
#define RETRY_MS 10
/* Deadlines are looked at so often. */
#define TICK_MS 250
#define MAX_EVENTS 256

typedef struct
{
  gpointer request;
  RoundsWait wait;
  int fd;
  gint64 deadline; /* monotonic µs */
  gboolean due; /* it is in the hub's queue, and nowhere else */
  RoundsWake wake;
  GList link; /* in the queue of its person, oldest first; in the hub's when due */
} Parked;

struct _RoundsEventHub
{
  RoundsEventHubOptions options;
  int epoll;
  int alarm; /* eventfd: something is due, or the end */
  GThread *thread;
  GMutex mutex;
  /* All of what follows: guarded by mutex */
  gboolean ending;
  RoundsHeard *heard;
  RoundsAudienceIndex *index; /* those that are not due */
  GHashTable *people; /* char * → GQueue of Parked that are not due; none is empty */
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

/* The bell is heard; what it rang for is found in the queues. */
static void
quiet (RoundsEventHub *self)
{
  guint64 count;
  if (read (self->alarm, &count, sizeof count) < 0 && errno != EAGAIN)
    g_error ("The hub cannot be quieted: %s", g_strerror (errno));
}

static void
ring (RoundsEventHub *self)
{
  guint64 one = 1;
  /* It fails only when the counter is full, so when it rings already. */
  if (write (self->alarm, &one, sizeof one) < 0 && errno != EAGAIN)
    g_error ("The hub cannot be woken: %s", g_strerror (errno));
}

/* With the mutex held, all of these */

static GQueue *
get_person (RoundsEventHub *self, const char *user_id)
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
make_due (RoundsEventHub *self, Parked *parked, RoundsWake wake)
{
  GQueue *person = get_person (self, parked->wait.user_id);

  epoll_ctl (self->epoll, EPOLL_CTL_DEL, parked->fd, NULL);
  rounds_audience_index_remove (self->index, get_audiences (parked), parked);
  g_hash_table_remove (self->parked, parked);
  g_queue_unlink (person, &parked->link);
  if (g_queue_is_empty (person))
    g_hash_table_remove (self->people, parked->wait.user_id);
  parked->due = TRUE;
  parked->wake = wake;
  g_queue_push_tail_link (&self->due, &parked->link);
}

static void
make_all_due (RoundsEventHub *self, RoundsWake wake)
{
  g_autoptr (GPtrArray) all = g_hash_table_get_keys_as_ptr_array (self->parked);
  for (guint i = 0; i < all->len; i++)
    make_due (self, g_ptr_array_index (all, i), wake);
}

static void
make_late_due (RoundsEventHub *self)
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
take_due (RoundsEventHub *self)
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

/* The hub's thread */

/* FALSE when there are some left for whom there is no room now. */
static gboolean
serve_due (RoundsEventHub *self)
{
  Parked *parked;

  g_mutex_lock (&self->mutex);
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
  g_mutex_unlock (&self->mutex);
  return done;
}

/* A waiting client sends nothing: whatever happens on its connection, it is the end of it, or
 * something that nobody reads before the answer. */
static void
take_events (RoundsEventHub *self, const struct epoll_event *events, int n_events)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  for (int i = 0; i < n_events; i++)
    {
      Parked *parked = events[i].data.ptr;
      if (parked == NULL)
        quiet (self);
      else if (g_hash_table_contains (self->parked, parked))
        make_due (self, parked, ROUNDS_WAKE_OVER);
    }
  make_late_due (self);
  if (self->ending)
    make_all_due (self, ROUNDS_WAKE_OVER);
}

static gboolean
is_over (RoundsEventHub *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->ending && g_hash_table_size (self->parked) == 0 && g_queue_is_empty (&self->due);
}

static int
get_patience (RoundsEventHub *self, gboolean served)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (!served)
    return RETRY_MS;
  return g_hash_table_size (self->parked) > 0 ? TICK_MS : -1;
}

static gpointer
run_hub (gpointer data)
{
  RoundsEventHub *self = data;
  struct epoll_event events[MAX_EVENTS];
  gboolean served = TRUE;

  while (!is_over (self))
    {
      int n_events = epoll_wait (self->epoll, events, MAX_EVENTS, get_patience (self, served));
      take_events (self, events, MAX (n_events, 0));
      served = serve_due (self);
    }
  return NULL;
}

/* Any thread */

static gboolean
watch_fd (RoundsEventHub *self, int fd, guint32 what, gpointer data)
{
  struct epoll_event event = { .events = what, .data.ptr = data };
  return epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

RoundsEventHub *
rounds_event_hub_new (const RoundsEventHubOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL && options->wake != NULL, NULL);
  g_return_val_if_fail (options->max_at_once > 0, NULL);

  g_autoptr (RoundsEventHub) self = g_new0 (RoundsEventHub, 1);
  self->options = *options;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->due);
  self->heard = rounds_heard_new (options->head);
  self->index = rounds_audience_index_new ();
  self->people
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_queue_free);
  self->parked = g_hash_table_new (NULL, NULL);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->alarm = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->epoll < 0 || self->alarm < 0 || !watch_fd (self, self->alarm, EPOLLIN, NULL))
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                   "Nothing can be made to wait on: %s", g_strerror (errno));
      return NULL;
    }
  self->thread = g_thread_new ("hub", run_hub, self);
  return g_steal_pointer (&self);
}

void
rounds_event_hub_stop (RoundsEventHub *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    ring (self);
  g_clear_pointer (&self->thread, g_thread_join);
}

void
rounds_event_hub_free (RoundsEventHub *self)
{
  if (self == NULL)
    return;
  rounds_event_hub_stop (self);
  if (self->epoll >= 0)
    close (self->epoll);
  if (self->alarm >= 0)
    close (self->alarm);
  g_hash_table_unref (self->parked);
  g_hash_table_unref (self->people);
  rounds_audience_index_free (self->index);
  rounds_heard_free (self->heard);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Parked *
new_parked (gpointer request, const RoundsWait *wait, int fd, gint64 deadline)
{
  Parked *parked = g_new0 (Parked, 1);
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
settle (RoundsEventHub *self, Parked *parked)
{
  GQueue *person = get_person (self, parked->wait.user_id);

  if (g_queue_get_length (person) >= MAX_PER_PERSON)
    make_due (self, g_queue_peek_head (person), ROUNDS_WAKE_OVER);
  g_queue_push_tail_link (get_person (self, parked->wait.user_id), &parked->link);
  g_hash_table_add (self->parked, parked);
  rounds_audience_index_add (self->index, get_audiences (parked), parked);
  /* What was committed between his reading and now is not heard a second time. */
  if (rounds_heard_knows_more (self->heard, get_audiences (parked), parked->wait.seq))
    make_due (self, parked, ROUNDS_WAKE_CHANGED);
}

gboolean
rounds_event_hub_park (RoundsEventHub *self, gpointer request, const RoundsWait *wait, int fd,
                       gint64 deadline)
{
  g_return_val_if_fail (self != NULL && request != NULL && wait != NULL, FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->ending || g_hash_table_size (self->parked) >= self->options.max_parked)
    return FALSE;
  Parked *parked = new_parked (request, wait, fd, deadline);
  if (!watch_fd (self, fd, EPOLLRDHUP, parked))
    {
      free_parked (parked);
      return FALSE;
    }
  settle (self, parked);
  /* Its first client makes it look at deadlines. */
  if (!g_queue_is_empty (&self->due) || g_hash_table_size (self->parked) == 1)
    ring (self);
  return TRUE;
}

void
rounds_event_hub_done (RoundsEventHub *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_assert (self->n_looking > 0);
  self->n_looking--;
  if (!g_queue_is_empty (&self->due))
    ring (self);
}

static void
wake_audience (RoundsEventHub *self, const char *audience, gint64 seq)
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

void
rounds_event_hub_hear (RoundsEventHub *self, GHashTable *audiences, gint64 head, gboolean again)
{
  g_return_if_fail (self != NULL && audiences != NULL);

  GHashTableIter iter;
  gpointer audience;
  gpointer seq;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (again)
    {
      rounds_heard_forget (self->heard, head);
      make_all_due (self, ROUNDS_WAKE_CHANGED);
    }
  rounds_heard_add (self->heard, audiences, head);
  g_hash_table_iter_init (&iter, audiences);
  while (g_hash_table_iter_next (&iter, &audience, &seq))
    wake_audience (self, audience, *(gint64 *)seq);
  if (!g_queue_is_empty (&self->due))
    ring (self);
}
