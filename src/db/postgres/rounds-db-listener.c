/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The thread that listens, and what waits to be taken from it.
 * It runs no SQL but LISTEN.
 */

#include "config.h"

#include "rounds-db-listener.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <glib/gstdio.h>

#include "rounds-db-postgres-private.h"

/* More than that and the caller had better look at everything. */
#define MAX_WAITING 1024
/* After a failed attempt to connect; doubled each time. */
#define FIRST_PAUSE_MS 50
#define LONGEST_PAUSE_MS 5000

struct _RoundsDbListener
{
  RoundsDbPostgresTarget *target;
  char *listen_sql;
  GThread *thread;
  int stop_fd; /* readable once the thread shall end */
  int heard_fd; /* readable while something waits */

  GMutex mutex; /* guards what follows */
  GQueue waiting; /* of char * */
  gboolean gap; /* to be told before what waits */
  GError *trouble; /* why it does not listen; NULL while it does */
};

/* Makes the other side of @fd wake up. Cannot fail: the counter never comes near its end. */
static void
ring (int fd)
{
  eventfd_write (fd, 1);
}

static void
note_gap_locked (RoundsDbListener *self)
{
  g_queue_clear_full (&self->waiting, g_free);
  self->gap = TRUE;
  ring (self->heard_fd);
}

static void
note_state (RoundsDbListener *self, GError *trouble)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_error (&self->trouble);
  self->trouble = trouble;
  if (trouble == NULL)
    note_gap_locked (self);
}

static void
note_payload (RoundsDbListener *self, const char *payload)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (g_queue_get_length (&self->waiting) >= MAX_WAITING)
    note_gap_locked (self);
  g_queue_push_tail (&self->waiting, g_strdup (payload));
  ring (self->heard_fd);
}

/* Waits for @fd (−1: for nothing) at most @timeout_ms (−1: for ever). FALSE when it is time to end.
 */
static gboolean
wait_for (RoundsDbListener *self, int fd, int timeout_ms)
{
  struct pollfd looks[] = {
    { .fd = self->stop_fd, .events = POLLIN },
    { .fd = fd, .events = POLLIN },
  };

  while (poll (looks, G_N_ELEMENTS (looks), timeout_ms) < 0 && errno == EINTR)
    ;
  return looks[0].revents == 0;
}

/* Says LISTEN and waits for the answer; whoever stops us meanwhile wins. */
static gboolean
subscribe (RoundsDbListener *self, PGconn *connection, GError **error)
{
  g_autoptr (PGresult) result = NULL;
  PGresult *next;

  if (!rounds_libpq.PQsendQuery (connection, self->listen_sql))
    {
      rounds_db_postgres_set_lost (error);
      return FALSE;
    }
  while (rounds_libpq.PQflush (connection) > 0 || rounds_libpq.PQisBusy (connection))
    if (!wait_for (self, rounds_libpq.PQsocket (connection), -1)
        || !rounds_libpq.PQconsumeInput (connection))
      {
        rounds_db_postgres_set_lost (error);
        return FALSE;
      }
  result = rounds_libpq.PQgetResult (connection);
  while ((next = rounds_libpq.PQgetResult (connection)) != NULL)
    rounds_libpq.PQclear (next);
  if (rounds_libpq.PQresultStatus (result) == PGRES_COMMAND_OK)
    return TRUE;
  rounds_db_postgres_set_error (error, result);
  return FALSE;
}

static void
take_notifications (RoundsDbListener *self, PGconn *connection)
{
  PGnotify *notification;

  while ((notification = rounds_libpq.PQnotifies (connection)) != NULL)
    {
      note_payload (self, notification->extra);
      rounds_libpq.PQfreemem (notification);
    }
}

/* Connects and listens until the connection breaks (with @error) or it is time to end. Sets
 * @listened once it listens. */
static void
listen_once (RoundsDbListener *self, gboolean *listened, GError **error)
{
  PGconn *connection = rounds_db_postgres_target_connect (self->target, error);

  if (connection == NULL)
    return;
  if (subscribe (self, connection, error))
    {
      *listened = TRUE;
      note_state (self, NULL);
      take_notifications (self, connection);
      while (wait_for (self, rounds_libpq.PQsocket (connection), -1))
        {
          if (!rounds_libpq.PQconsumeInput (connection)
              || rounds_libpq.PQstatus (connection) != CONNECTION_OK)
            {
              rounds_db_postgres_set_lost (error);
              break;
            }
          take_notifications (self, connection);
        }
    }
  rounds_libpq.PQfinish (connection);
}

static gpointer
run_listener (gpointer data)
{
  RoundsDbListener *self = data;
  int pause = FIRST_PAUSE_MS;

  do
    {
      gboolean listened = FALSE;
      GError *trouble = NULL;

      listen_once (self, &listened, &trouble);
      if (trouble != NULL)
        note_state (self, trouble);
      pause = listened ? FIRST_PAUSE_MS : MIN (2 * pause, LONGEST_PAUSE_MS);
      /* Not all nodes at the same moment. */
    }
  while (wait_for (self, -1, g_random_int_range (pause / 2, pause)));
  return NULL;
}

static gboolean
is_name (const char *text)
{
  gsize length = strspn (text, G_CSET_a_2_z G_CSET_DIGITS "_");

  return length > 0 && length < 64 && text[length] == '\0';
}

/**
 * rounds_db_listener_new:
 * @options: address of the server; the time-outs do not matter
 * @channel: lower-case letters, digits and _, fewer than 64
 *
 * Starts listening in a thread of its own. That goes on for life: when the server is gone it tries
 * again, with pauses of up to five seconds. The server has to be reached directly or by a pooler
 * that keeps sessions together.
 *
 * Returns: (transfer full): the listener, or %NULL with %ROUNDS_DB_ERROR_OPEN when the URL makes no
 *   sense or there is no descriptor left
 */
RoundsDbListener *
rounds_db_listener_new (const RoundsDbPostgresOptions *options, const char *channel, GError **error)
{
  RoundsDbPostgresTarget *target;
  RoundsDbListener *self;

  g_return_val_if_fail (options != NULL && options->url != NULL, NULL);
  g_return_val_if_fail (channel != NULL && is_name (channel), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  target = rounds_db_postgres_target_new (options, error);
  if (target == NULL)
    return NULL;
  self = g_new0 (RoundsDbListener, 1);
  self->target = target;
  self->stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->heard_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->waiting);
  if (self->stop_fd < 0 || self->heard_fd < 0)
    {
      g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN,
                   "No descriptors are left to listen with: %s", g_strerror (errno));
      rounds_db_listener_free (self);
      return NULL;
    }
  self->listen_sql = g_strdup_printf ("LISTEN %s", channel);
  self->trouble = g_error_new_literal (ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN,
                                       "The database server has not answered yet");
  self->thread = g_thread_new ("rounds-listen", run_listener, self);
  return self;
}

/**
 * rounds_db_listener_free:
 * @self: (transfer full)
 *
 * Ends the thread: at once while it listens, within seconds while it tries to connect.
 */
void
rounds_db_listener_free (RoundsDbListener *self)
{
  g_return_if_fail (self != NULL);

  if (self->thread != NULL)
    {
      ring (self->stop_fd);
      g_thread_join (self->thread);
    }
  g_clear_fd (&self->stop_fd, NULL);
  g_clear_fd (&self->heard_fd, NULL);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_error (&self->trouble);
  g_mutex_clear (&self->mutex);
  rounds_db_postgres_target_free (self->target);
  g_free (self->listen_sql);
  g_free (self);
}

/**
 * rounds_db_listener_get_fd:
 *
 * Returns: what to wait on for reading; not to be read
 */
int
rounds_db_listener_get_fd (RoundsDbListener *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->heard_fd;
}

/**
 * rounds_db_listener_take:
 * @payload: (out) (transfer full) (optional) (nullable): set for %ROUNDS_DB_HEARD_PAYLOAD
 *
 * Call it until it says %ROUNDS_DB_HEARD_NOTHING. Never blocks.
 */
RoundsDbHeard
rounds_db_listener_take (RoundsDbListener *self, char **payload)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *taken = NULL;
  eventfd_t count;

  g_return_val_if_fail (self != NULL, ROUNDS_DB_HEARD_NOTHING);

  if (payload != NULL)
    *payload = NULL;
  locker = g_mutex_locker_new (&self->mutex);
  if (self->gap)
    {
      self->gap = FALSE;
      return ROUNDS_DB_HEARD_GAP;
    }
  taken = g_queue_pop_head (&self->waiting);
  if (taken == NULL)
    {
      eventfd_read (self->heard_fd, &count);
      return ROUNDS_DB_HEARD_NOTHING;
    }
  if (payload != NULL)
    *payload = g_steal_pointer (&taken);
  return ROUNDS_DB_HEARD_PAYLOAD;
}

/**
 * rounds_db_listener_check:
 *
 * Returns: %TRUE while it listens; %FALSE with a %ROUNDS_DB_ERROR that says why it does not
 */
gboolean
rounds_db_listener_check (RoundsDbListener *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&self->mutex);
  if (self->trouble == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->trouble));
  return FALSE;
}
