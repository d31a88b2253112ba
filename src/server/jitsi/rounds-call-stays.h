/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What Jitsi told of calls, in the database: rooms, stays, who waits, which steps a rule took.
 * Everything may be told again and in any order; nothing is concluded here.
 */

#pragma once

#include "rounds-call-rules.h"

G_BEGIN_DECLS

/* All of these block, belong on the thread that owns @db, and where they write need an open
 * transaction. Moments are µs UTC. */

/* A room was opened, and closed at @destroyed_at or not yet (ROUNDS_TIME_NONE). */
gboolean rounds_call_room_store (RoundsDb *db, const char *room, gint64 created_at,
                                 gint64 destroyed_at, GError **error);

/* One stay as Jitsi tells of it. Borrowed. */
typedef struct
{
  const char *occupant;
  const char *user_id; /* or NULL */
  RoundsCallSide side;
  gint64 joined_at;
  gint64 left_at; /* or ROUNDS_TIME_NONE */
} RoundsCallStayRow;

gboolean rounds_call_stay_store (RoundsDb *db, const char *room, const RoundsCallStayRow *stay,
                                 GError **error);
/* Ends the stays in @room that are still open, as far as what is known of the room says: to be
 * called once after all that an event tells is stored. */
gboolean rounds_call_stay_end_all (RoundsDb *db, const char *room, GError **error);
/* (transfer full) (element-type RoundsCallStay) */
GArray *rounds_call_stay_list (RoundsDb *db, const char *room, GError **error);
/* Whether the room was closed, and nobody has come since. */
gboolean
rounds_call_room_is_closed (RoundsDb *db, const char *room, gboolean *closed, GError **error);

/* @user waits since @now; not told again when he asked a short while ago already. @noted says
 * whether it is news. */
gboolean rounds_call_wait_store (RoundsDb *db, const RoundsCall *call, const char *user_id,
                                 RoundsCallSide side, gint64 now, gboolean *noted, GError **error);
/* Sets @tried for each side of which somebody asked for the link, at @since (µs UTC) or later: what
 * was before was about another time, from which the call was moved. @last becomes the last of these
 * moments, unless it is later already. */
gboolean rounds_call_wait_read_sides (RoundsDb *db, const RoundsCall *call, gint64 since,
                                      gboolean tried[2], gint64 *last, GError **error);

/* A rule took @call to @status. */
gboolean rounds_call_step_store (RoundsDb *db, const RoundsCall *call, const char *status,
                                 RoundsNoShowCause cause, gint64 now, GError **error);
/* Whether a rule took @call to @status. */
gboolean rounds_call_step_is_rule (RoundsDb *db, const RoundsCall *call, const char *status,
                                   gboolean *by_rule, GError **error);

G_END_DECLS
