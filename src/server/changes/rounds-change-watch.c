/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Notices that something was committed to the change feed, and for whom.
 * It blocks on the database, so that the thread that serves all waiting clients never has to.
 */

#include "config.h"

#include "rounds-change-watch.h"

#include "rounds-change-repository.h"

/* How late a commit of another process is noticed, where nothing tells of it. */
#define OWN_LOOK (G_USEC_PER_SEC)
/* Commits that come faster are noticed together: a client gets no more than so many messages. */
#define LEAST_PAUSE (20 * G_TIME_SPAN_MILLISECOND)

struct _RoundsChangeWatch
{
  RoundsDb *db;
  RoundsChangeHeard heard;
  gpointer user_data;
  gint64 head; /* the thread's */
  gboolean failing; /* the thread's: it has been said */
  GThread *thread;
  GMutex mutex;
  GCond changed;
  gboolean poked; /* these three: guarded by mutex */
  gint64 needed_until; /* monotonic µs */
  gboolean ending;
};

/* In one read transaction. */
static gboolean
read_news (RoundsChangeWatch *self, RoundsChangeNews *news, GError **error)
{
  gint64 last = 0;

  if (!rounds_db_begin_read (self->db, error))
    return FALSE;
  if (rounds_change_repository_get_head (self->db, &last, error))
    {
      news->again = last < self->head;
      news->from = MIN (last, self->head);
      news->audiences
          = rounds_change_repository_list_audiences (self->db, news->from, &news->head, error);
    }
  if (news->audiences == NULL)
    {
      rounds_db_rollback (self->db);
      return FALSE;
    }
  return rounds_db_commit (self->db, error);
}

static void
look (RoundsChangeWatch *self)
{
  RoundsChangeNews news = { NULL };
  g_autoptr (GError) error = NULL;

  if (read_news (self, &news, &error))
    {
      self->failing = FALSE;
      self->head = news.head;
      self->heard (self->db, &news, self->user_data);
    }
  else
    {
      /* It looks again in a second, and all that wait still have their time-outs: said once. */
      if (!self->failing)
        g_warning ("The change feed cannot be watched: %s", error->message);
      self->failing = TRUE;
    }
  g_clear_pointer (&news.audiences, g_hash_table_unref);
}

/* With the mutex held. */
static gboolean
is_needed (RoundsChangeWatch *self)
{
  return g_get_monotonic_time () <= self->needed_until;
}

/* TRUE when there may be something to see, FALSE at the end. */
static gboolean
wait_for_something (RoundsChangeWatch *self)
{
  gint64 end = g_get_monotonic_time () + OWN_LOOK;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (!self->poked && !self->ending)
    {
      /* What is committed while nobody waits is read when somebody does. */
      if (!is_needed (self))
        {
          rounds_db_sleep (self->db);
          g_cond_wait (&self->changed, &self->mutex);
        }
      else if (!g_cond_wait_until (&self->changed, &self->mutex, end))
        break;
    }
  self->poked = FALSE;
  return !self->ending;
}

static void
pause_a_little (RoundsChangeWatch *self)
{
  gint64 end = g_get_monotonic_time () + LEAST_PAUSE;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  while (!self->ending && g_cond_wait_until (&self->changed, &self->mutex, end))
    ;
}

static gpointer
watch_feed (gpointer data)
{
  RoundsChangeWatch *self = data;

  while (wait_for_something (self))
    {
      look (self);
      pause_a_little (self);
    }
  return NULL;
}

RoundsChangeWatch *
rounds_change_watch_new (RoundsDb *db, RoundsChangeHeard heard, gpointer user_data, gint64 *head,
                         GError **error)
{
  g_return_val_if_fail (db != NULL && heard != NULL && head != NULL, NULL);

  RoundsChangeWatch *self = g_new0 (RoundsChangeWatch, 1);
  self->db = db;
  self->heard = heard;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  if (!rounds_change_repository_get_head (db, &self->head, error))
    {
      rounds_change_watch_free (self);
      return NULL;
    }
  *head = self->head;
  self->thread = g_thread_new ("changes", watch_feed, self);
  return self;
}

void
rounds_change_watch_free (RoundsChangeWatch *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
  rounds_db_close (self->db);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
rounds_change_watch_poke (RoundsChangeWatch *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  /* Nobody waits: what comes later is read then. */
  if (!is_needed (self))
    return;
  self->poked = TRUE;
  g_cond_signal (&self->changed);
}

void
rounds_change_watch_expect (RoundsChangeWatch *self, gint64 moment)
{
  g_return_if_fail (self != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  /* The first who waits may have read before a commit that nobody looked at. */
  if (!is_needed (self))
    self->poked = TRUE;
  self->needed_until = MAX (self->needed_until, moment);
  g_cond_signal (&self->changed);
}
