/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is known of commits to a file.
 *
 * A number stands for two stamps only where all commits between them were the writer's own and
 * quiet: what is not known to be so counts as loud.
 */

#include "config.h"

#include "rounds-db-news.h"

#include <string.h>

void
rounds_db_news_init (RoundsDbNews *self, RoundsDb *db)
{
  g_mutex_init (&self->mutex);
  rounds_db_read_stamp (db, &self->stamp);
  self->n_loud = 1;
}

void
rounds_db_news_clear (RoundsDbNews *self)
{
  g_mutex_clear (&self->mutex);
}

/* With the mutex held. */
static void
look_for_others (RoundsDbNews *self, const RoundsDbStamp *stamp)
{
  if (memcmp (stamp, &self->stamp, sizeof *stamp) == 0)
    return;
  self->stamp = *stamp;
  self->n_loud++;
}

void
rounds_db_news_begin (RoundsDbNews *self, RoundsDb *db, RoundsDbStamp *stamp)
{
  if (!rounds_db_read_stamp (db, stamp))
    return;
  rounds_db_take_loud (db);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  look_for_others (self, stamp);
  self->writing = TRUE;
}

void
rounds_db_news_end (RoundsDbNews *self, RoundsDb *db, const RoundsDbStamp *before)
{
  RoundsDbStamp stamp;
  gboolean loud = rounds_db_take_loud (db);

  if (!rounds_db_read_stamp (db, &stamp))
    return;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  self->writing = FALSE;
  if (!loud && rounds_db_stamp_is_next (before, &stamp))
    self->stamp = stamp;
  else
    look_for_others (self, &stamp);
}

guint64
rounds_db_news_read_loud (RoundsDbNews *self, const RoundsDbStamp *stamp)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (!self->writing)
    look_for_others (self, stamp);
  return memcmp (stamp, &self->stamp, sizeof *stamp) == 0 ? self->n_loud : 0;
}
