/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The open connections, and a watch that cuts those whose client takes forever over one step.
 * libmicrohttpd ends idle ones by itself; a byte now and then is enough to fool that.
 */

#include "config.h"

#include "rounds-connections.h"

#include <sys/socket.h>

/* How late the watch may notice, at most. */
#define LONGEST_NAP (1 * G_USEC_PER_SEC)

struct _RoundsConnection
{
  int fd;
  gint64 deadline; /* monotonic µs; 0 = ours to move */
};

struct _RoundsConnections
{
  gint64 step_time;
  GThread *watch;
  GMutex mutex;
  GCond ended;
  gboolean ending; /* this and what follows: guarded by mutex */
  GHashTable *open; /* set of RoundsConnection */
};

static void
cut_overdue (RoundsConnections *self)
{
  GHashTableIter iter;
  gpointer key;
  gint64 now = g_get_monotonic_time ();

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      RoundsConnection *connection = key;
      if (connection->deadline == 0 || now < connection->deadline)
        continue;
      /* Only the traffic ends here; the listener sees that and closes the descriptor itself. */
      shutdown (connection->fd, SHUT_RDWR);
      connection->deadline = 0;
    }
}

static gpointer
watch_connections (gpointer data)
{
  RoundsConnections *self = data;
  gint64 nap = CLAMP (self->step_time / 4, 1000, LONGEST_NAP);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (!self->ending)
    {
      g_cond_wait_until (&self->ended, &self->mutex, g_get_monotonic_time () + nap);
      cut_overdue (self);
    }
  return NULL;
}

RoundsConnections *
rounds_connections_new (gint64 step_time)
{
  g_return_val_if_fail (step_time > 0, NULL);

  RoundsConnections *self = g_new0 (RoundsConnections, 1);
  self->step_time = step_time;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->open = g_hash_table_new_full (NULL, NULL, g_free, NULL);
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
rounds_connections_add (RoundsConnections *self, int fd)
{
  g_return_val_if_fail (self != NULL && fd >= 0, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  RoundsConnection *connection = g_new0 (RoundsConnection, 1);
  connection->fd = fd;
  connection->deadline = g_get_monotonic_time () + self->step_time;
  g_hash_table_add (self->open, connection);
  return connection;
}

void
rounds_connections_remove (RoundsConnections *self, RoundsConnection *connection)
{
  g_return_if_fail (self != NULL && connection != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_hash_table_remove (self->open, connection);
}

void
rounds_connections_wait_for_client (RoundsConnections *self, RoundsConnection *connection)
{
  g_return_if_fail (self != NULL && connection != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  connection->deadline = g_get_monotonic_time () + self->step_time;
}

void
rounds_connections_wait_for_us (RoundsConnections *self, RoundsConnection *connection)
{
  g_return_if_fail (self != NULL && connection != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  connection->deadline = 0;
}
