/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A timer of the wall clock that nobody waits for, but for its being cancelled.
 * It runs no loop and asks nobody now and then.
 */

#include "config.h"

#include "rounds-sync-jump.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

typedef struct
{
  int fd;
  GSourceOnceFunc jumped;
  gpointer data;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  close (watch->fd);
  g_free (watch);
}

/* As late as can be said: it is for being cancelled. */
static gboolean
arm (int fd)
{
  const struct itimerspec never = { .it_value = { .tv_sec = G_MAXINT32 } };

  return timerfd_settime (fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0;
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer data)
{
  Watch *watch = data;
  guint64 n_expired;
  gssize n_read = read (fd, &n_expired, sizeof n_expired);

  if (n_read < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  watch->jumped (watch->data);
  return arm (fd) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

guint
rounds_sync_watch_jumps (GSourceOnceFunc jumped, gpointer data)
{
  int fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  Watch *watch;

  g_return_val_if_fail (jumped != NULL, 0);

  if (fd < 0)
    return 0;
  if (!arm (fd))
    {
      close (fd);
      return 0;
    }
  watch = g_new0 (Watch, 1);
  watch->fd = fd;
  watch->jumped = jumped;
  watch->data = data;
  return g_unix_fd_add_full (G_PRIORITY_DEFAULT, fd, G_IO_IN, readable_cb, watch, watch_free);
}
