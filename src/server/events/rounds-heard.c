/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What was heard of the change feed lately: the last number of each audience.
 * It forgets rather than grows: who comes from before what it knows is told to look for himself.
 */

#include "config.h"

#include "rounds-heard.h"

/* A person is an audience: more than the people who write in one hospital. */
#define MAX_AUDIENCES 20000

struct _RoundsHeard
{
  GMutex mutex;
  GHashTable *last; /* char * → gint64 *; these two: guarded by mutex */
  gint64 floor; /* of what is up to here, nothing is known */
};

RoundsHeard *
rounds_heard_new (gint64 head)
{
  RoundsHeard *self = g_new0 (RoundsHeard, 1);
  g_mutex_init (&self->mutex);
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->floor = head;
  return self;
}

void
rounds_heard_free (RoundsHeard *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->last);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* With the mutex held. */
static void
forget (RoundsHeard *self, gint64 head)
{
  g_hash_table_remove_all (self->last);
  self->floor = head;
}

void
rounds_heard_add (RoundsHeard *self, GHashTable *audiences, gint64 head)
{
  g_return_if_fail (self != NULL && audiences != NULL);

  GHashTableIter iter;
  gpointer audience;
  gpointer seq;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (g_hash_table_size (self->last) + g_hash_table_size (audiences) > MAX_AUDIENCES)
    {
      forget (self, head);
      return;
    }
  g_hash_table_iter_init (&iter, audiences);
  while (g_hash_table_iter_next (&iter, &audience, &seq))
    g_hash_table_insert (self->last, g_strdup (audience), g_memdup2 (seq, sizeof (gint64)));
}

void
rounds_heard_forget (RoundsHeard *self, gint64 head)
{
  g_return_if_fail (self != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  forget (self, head);
}

gboolean
rounds_heard_knows_more (RoundsHeard *self, const char *const *audiences, gint64 seq)
{
  g_return_val_if_fail (self != NULL && audiences != NULL, FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (seq < self->floor)
    return TRUE;
  for (gsize i = 0; audiences[i] != NULL; i++)
    {
      const gint64 *last = g_hash_table_lookup (self->last, audiences[i]);
      if (last != NULL && *last > seq)
        return TRUE;
    }
  return FALSE;
}
