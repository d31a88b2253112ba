/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who somebody in a room is: his account, his side, and whether he waits there for the other one.
 * When he came and went is rounds-call-stays.h's.
 */

#pragma once

#include "rounds-call.h"
#include "rounds-call-event.h"

G_BEGIN_DECLS

/* Block, both of them. */

/* Whom @occupant's token named (NULL for one without an account) and on whose side of @call he is.
 * @user is (transfer full). */
gboolean
rounds_call_occupant_find (RoundsDb *db, const RoundsCall *call, const RoundsCallOccupant *occupant,
                           RoundsUser **user, RoundsCallSide *side, GError **error);
/* Who came first waits for the other side: noted when @occupant is alone in the room, and @call is
 * about its time at @now (µs UTC). Needs an open transaction, with the stay stored. */
gboolean
rounds_call_occupant_note_waiting (RoundsDb *db, const RoundsCall *call,
                                   const RoundsCallOccupant *occupant, gint64 now, GError **error);

G_END_DECLS
