/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What an event of Jitsi's leaves behind: who was where and when, and what follows from that.
 * Reading events is rounds-call-event.h's.
 */

#pragma once

#include "rounds-call-event.h"
#include "rounds-db.h"

G_BEGIN_DECLS

/* Stores @event and takes the steps that follow. @known: whether the room is one of ours; of others
 * nothing is kept. Needs an open transaction. @now: µs UTC. Blocks. */
gboolean rounds_call_event_store (RoundsDb *db, const RoundsCallEvent *event, gint64 now,
                                  gboolean *known, GError **error);

G_END_DECLS
