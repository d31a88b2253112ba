/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hears of what other nodes committed to the same PostgreSQL, and has the watch look.
 * The schema's trigger notifies in the transaction that writes the feed (004-changes.postgres.sql).
 */

#include "config.h"

#include "rounds-change-listener.h"

#ifdef ROUNDS_WITH_POSTGRES

#include "rounds-db-listener.h"
#include "rounds-server-database.h"
#include "rounds-server-error.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CHANNEL "rounds_changes"

struct _RoundsChangeListener
{
  RoundsDbListener *listener;
  RoundsChangeWatch *watch;
  int end; /* eventfd */
  GThread *thread;
};

/* What it says does not matter: there is something, or there may have been. */
static void
take_all (RoundsChangeListener *self)
{
  gboolean heard = FALSE;
  char *payload = NULL;

  while (rounds_db_listener_take (self->listener, &payload) != ROUNDS_DB_HEARD_NOTHING)
    {
      g_clear_pointer (&payload, g_free);
      heard = TRUE;
    }
  if (heard)
    rounds_change_watch_poke (self->watch);
}

static gpointer
run_listener (gpointer data)
{
  RoundsChangeListener *self = data;
  struct pollfd ends[] = {
    { .fd = rounds_db_listener_get_fd (self->listener), .events = POLLIN },
    { .fd = self->end, .events = POLLIN },
  };

  while (ends[1].revents == 0)
    {
      if (poll (ends, G_N_ELEMENTS (ends), -1) > 0)
        take_all (self);
    }
  return NULL;
}

gboolean
rounds_change_listener_start (const RoundsServerConfig *config, RoundsChangeWatch *watch,
                              RoundsChangeListener **listener, GError **error)
{
  g_return_val_if_fail (config != NULL && watch != NULL, FALSE);
  g_return_val_if_fail (listener != NULL && *listener == NULL, FALSE);

  if (!rounds_server_database_is_remote (config))
    return TRUE;
  g_autoptr (RoundsChangeListener) self = g_new0 (RoundsChangeListener, 1);
  self->watch = watch;
  self->end = eventfd (0, EFD_CLOEXEC);
  if (self->end < 0)
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                   "Nothing can be made to wait on: %s", g_strerror (errno));
      return FALSE;
    }
  self->listener = rounds_db_listener_new (
      &(RoundsDbPostgresOptions){ .url = config->database, .read_only = TRUE }, CHANNEL, error);
  if (self->listener == NULL)
    return FALSE;
  self->thread = g_thread_new ("listener", run_listener, self);
  *listener = g_steal_pointer (&self);
  return TRUE;
}

void
rounds_change_listener_free (RoundsChangeListener *self)
{
  guint64 one = 1;

  if (self == NULL)
    return;
  if (self->thread != NULL && write (self->end, &one, sizeof one) < 0)
    g_error ("The listener cannot be ended: %s", g_strerror (errno));
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->listener, rounds_db_listener_free);
  if (self->end >= 0)
    close (self->end);
  g_free (self);
}

#else

gboolean
rounds_change_listener_start (const RoundsServerConfig *config, RoundsChangeWatch *watch,
                              RoundsChangeListener **listener, GError **error)
{
  return TRUE;
}

void
rounds_change_listener_free (RoundsChangeListener *self)
{
}

#endif
