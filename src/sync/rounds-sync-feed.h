/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How far the engine has read the server's change feed, and what it has seen of all there is.
 * It asks nobody and writes nothing.
 */

#pragma once

#include "rounds-api.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* One owner: the engine. */
typedef struct
{
  char *cursor; /* for the next question; NULL: from nothing */
  gboolean is_loaded; /* what an earlier run kept was looked for */
  gboolean near_is_there; /* the days around now came before the others */

  /* While everything is fetched anew: the ids so far, for the moment in which it is all there.
   * NULL otherwise. */
  GHashTable *appointments;
  GHashTable *meetings;
  GHashTable *users;
  GHashTable *hospitals;
  gboolean has_nameless; /* something came that does not even say what it is */
  guint n_fetched; /* records so far */
  guint total; /* about so many are to come in all; 0: nobody knows */

  GHashTable *garbled; /* ids of records that made no sense and have not come again since */
  guint n_nameless;
} RoundsSyncFeed;

RoundsSyncFeed *rounds_sync_feed_new (void);
void rounds_sync_feed_free (RoundsSyncFeed *self);

/* The cursor is worth nothing to this server: from nothing. */
void rounds_sync_feed_restart (RoundsSyncFeed *self);
gboolean rounds_sync_feed_is_whole (const RoundsSyncFeed *self);
/* Notes what @page brings, and what of it is to be written. @changes borrows from both. @person: id
 * of who is signed in, who is never gone. */
void rounds_sync_feed_take (RoundsSyncFeed *self, const RoundsChangePage *page, const char *person,
                            RoundsStoreChanges *changes);
/* @page is in the file. */
void rounds_sync_feed_pass (RoundsSyncFeed *self, const RoundsChangePage *page);
/* How many records the cache lacks because they could not be read. */
guint rounds_sync_feed_count_garbled (const RoundsSyncFeed *self);

G_END_DECLS
