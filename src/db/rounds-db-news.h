/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is known of commits to a file: after which of them what was read from all but the quiet
 * tables still holds. Of the writer, who tells it; it writes nothing itself.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

typedef struct
{
  GMutex mutex; /* guards what follows; never held while anything else is done */
  RoundsDbStamp stamp; /* what is known of */
  guint64 n_loud; /* commits up to there that may have written to other than the quiet tables */
  gboolean writing; /* between begin and end */
} RoundsDbNews;

/* @db: the writer's connection, on its own thread; here for the first time. */
void rounds_db_news_init (RoundsDbNews *self, RoundsDb *db);
void rounds_db_news_clear (RoundsDbNews *self);

/* A transaction has begun: nobody else can commit from here on to its end. @stamp: (out) */
void rounds_db_news_begin (RoundsDbNews *self, RoundsDb *db, RoundsDbStamp *stamp);
/* It has ended, however it did; somebody else may have committed since. @before: of begin */
void rounds_db_news_end (RoundsDbNews *self, RoundsDb *db, const RoundsDbStamp *before);

/* See rounds_db_writer_read_loud(). Any thread. */
guint64 rounds_db_news_read_loud (RoundsDbNews *self, const RoundsDbStamp *stamp);

G_END_DECLS
