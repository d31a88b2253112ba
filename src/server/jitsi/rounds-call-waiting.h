/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * "NAME is waiting": noted when somebody asks for the link or sits in the room alone, and read
 * again for those who are to be told.
 */

#pragma once

#include "rounds-call.h"

G_BEGIN_DECLS

/* How long before and after its time a call is waited for (µs). */
#define ROUNDS_CALL_OPENS_BEFORE (30 * ROUNDS_MINUTE)
#define ROUNDS_CALL_OPEN_AFTER (30 * ROUNDS_MINUTE)

/* Whether @call can be waited for at @now (µs UTC): it is on, and about its time. */
gboolean rounds_call_is_current (const RoundsCall *call, gint64 now);
/* Notes that @user_id waits, and marks the record for the feed when that is news. Needs an open
 * transaction. */
gboolean rounds_call_note_waiting (RoundsDb *db, const RoundsCall *call, const char *user_id,
                                   RoundsCallSide side, gint64 now, GError **error);

/* One who waits. */
typedef struct
{
  char *user_id;
  char *name;
  gint64 since; /* µs UTC */
} RoundsCallWaiter;

void rounds_call_waiter_free (RoundsCallWaiter *self);
/* Who has been waiting for the record since @after or later. Blocks.
 * (transfer full) (element-type RoundsCallWaiter) */
GPtrArray *rounds_call_list_waiting (RoundsDb *db, const char *kind, const char *id, gint64 after,
                                     GError **error);

G_END_DECLS
