/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The open connections, and a watch that cuts those from which nothing good will come any more:
 * a turn that takes too long, and a client that left in the middle of its request. libmicrohttpd's
 * edge-triggered epoll misses the latter when the last bytes and the end arrive together.
 * Only traffic is ended here; the listener sees that and closes the descriptor itself.
 */

#include "config.h"

#include "rounds-connections.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

/* How late the watch may notice, at most. */
#define LONGEST_NAP (G_USEC_PER_SEC / 4)

struct _RoundsConnection
{
  int fd;
  char *peer; /* constant */
  char *target; /* or NULL; the listener's thread only */
  int turn; /* RoundsTurn; these three: atomic, set in the order deadline, number, turn */
  gint64 deadline; /* monotonic µs, of the client's turns */
  int n_turns;
  int left_in; /* these two, the watch's: the turn in which the last look saw no more to come */
  gboolean cut;
};

struct _RoundsConnections
{
  gint64 turn_time;
  GThread *watch;
  GMutex mutex;
  GCond ended;
  gboolean ending; /* this and what follows: guarded by mutex */
  GHashTable *open; /* set of RoundsConnection */
};

/* Of CLOCK_MONOTONIC, µs, some milliseconds late at most: a turn has a minute and a half, and each
 * request has three of them. */
static gint64
read_coarse_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC_COARSE, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
free_connection (gpointer data)
{
  RoundsConnection *connection = data;
  g_free (connection->peer);
  g_free (connection->target);
  g_free (connection);
}

/* Whether the client has ended its side and all that it sent has been read. */
static gboolean
has_left (int fd)
{
  struct pollfd look = { .fd = fd, .events = POLLRDHUP };
  int n_unread = 0;
  return poll (&look, 1, 0) == 1 && (look.revents & POLLRDHUP) != 0
         && ioctl (fd, FIONREAD, &n_unread) == 0 && n_unread == 0;
}

static gboolean
is_hopeless (RoundsConnection *connection, gint64 now)
{
  RoundsTurn turn = (RoundsTurn)g_atomic_int_get (&connection->turn);
  int n_turns = g_atomic_int_get (&connection->n_turns);

  if (connection->cut || turn == ROUNDS_TURN_OURS)
    return FALSE;
  if (now >= __atomic_load_n (&connection->deadline, __ATOMIC_SEQ_CST))
    return TRUE;
  if (turn != ROUNDS_TURN_REQUEST || !has_left (connection->fd))
    return FALSE;
  /* What was read may be a whole request that the listener is just about to take: only a client
   * that is still gone at the next look, in the same turn, is cut. */
  gboolean before = connection->left_in == n_turns;
  connection->left_in = n_turns;
  return before;
}

static void
cut_hopeless (RoundsConnections *self)
{
  GHashTableIter iter;
  gpointer key;
  gint64 now = g_get_monotonic_time ();

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      RoundsConnection *connection = key;
      if (!is_hopeless (connection, now))
        continue;
      shutdown (connection->fd, SHUT_RDWR);
      connection->cut = TRUE;
    }
}

static gpointer
watch_connections (gpointer data)
{
  RoundsConnections *self = data;
  gint64 nap = CLAMP (self->turn_time / 4, 1000, LONGEST_NAP);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (!self->ending)
    {
      g_cond_wait_until (&self->ended, &self->mutex, g_get_monotonic_time () + nap);
      cut_hopeless (self);
    }
  return NULL;
}

RoundsConnections *
rounds_connections_new (gint64 turn_time)
{
  g_return_val_if_fail (turn_time > 0, NULL);

  RoundsConnections *self = g_new0 (RoundsConnections, 1);
  self->turn_time = turn_time;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->open = g_hash_table_new_full (NULL, NULL, free_connection, NULL);
  self->watch = g_thread_new ("watch", watch_connections, self);
  return self;
}

void
rounds_connections_free (RoundsConnections *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->watch);
  g_assert (g_hash_table_size (self->open) == 0);
  g_hash_table_unref (self->open);
  g_cond_clear (&self->ended);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

RoundsConnection *
rounds_connections_add (RoundsConnections *self, int fd, char *peer)
{
  g_return_val_if_fail (self != NULL && fd >= 0 && peer != NULL, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  RoundsConnection *connection = g_new0 (RoundsConnection, 1);
  connection->fd = fd;
  connection->peer = peer;
  connection->turn = ROUNDS_TURN_REQUEST;
  connection->deadline = g_get_monotonic_time () + self->turn_time;
  connection->left_in = -1;
  g_hash_table_add (self->open, connection);
  return connection;
}

guint
rounds_connections_count (RoundsConnections *self)
{
  g_return_val_if_fail (self != NULL, 0);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return g_hash_table_size (self->open);
}

void
rounds_connections_remove (RoundsConnections *self, RoundsConnection *connection)
{
  g_return_if_fail (self != NULL && connection != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_hash_table_remove (self->open, connection);
}

void
rounds_connections_set_turn (RoundsConnections *self, RoundsConnection *connection, RoundsTurn turn)
{
  g_return_if_fail (self != NULL && connection != NULL);

  /* Without the mutex: each request has three of these, in each of the listener's threads. Who sees
   * the new turn sees its deadline too. */
  __atomic_store_n (&connection->deadline, read_coarse_clock () + self->turn_time,
                    __ATOMIC_SEQ_CST);
  g_atomic_int_inc (&connection->n_turns);
  g_atomic_int_set (&connection->turn, (int)turn);
}

const char *
rounds_connection_get_peer (RoundsConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->peer;
}

void
rounds_connection_set_target (RoundsConnection *self, const char *target)
{
  g_return_if_fail (self != NULL && target != NULL);

  g_set_str (&self->target, target);
}

char *
rounds_connection_take_target (RoundsConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_steal_pointer (&self->target);
}
