/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Notices that something was committed to the change feed, and for whom.
 * It tells nobody itself; who waits for what is rounds-event-hub.h's.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* One owner; a thread of its own reads the feed. */
typedef struct _RoundsChangeWatch RoundsChangeWatch;

/* What was committed since the last look. */
typedef struct
{
  GHashTable *audiences; /* char * → gint64 *: the last number of each that changed; may be empty */
  gint64 from; /* what has higher numbers is new */
  gint64 head; /* the last number of all */
  gboolean again; /* the feed begins anew (the database was replaced by an older copy), so that no
                     number from before means anything */
} RoundsChangeNews;

/* On the watch's thread, with its connection, after each look. */
typedef void (*RoundsChangeHeard) (RoundsDb *db, const RoundsChangeNews *news, gpointer user_data);

/* Takes @db, for itself alone. @head is where the feed stands, before anything is heard. */
RoundsChangeWatch *rounds_change_watch_new (RoundsDb *db, RoundsChangeHeard heard,
                                            gpointer user_data, gint64 *head, GError **error);
/* Ends the thread; nothing is heard any more. */
void rounds_change_watch_free (RoundsChangeWatch *self);

/* Something was committed in this process: look now. Any thread, never blocks for long. */
void rounds_change_watch_poke (RoundsChangeWatch *self);
/* Somebody waits until @moment (monotonic µs). Until then it also looks by itself every second: for
 * what another process wrote. While nobody waits, it does nothing. Any thread. */
void rounds_change_watch_expect (RoundsChangeWatch *self, gint64 moment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsChangeWatch, rounds_change_watch_free)

G_END_DECLS
