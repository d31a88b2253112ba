/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the states that a rule set began, put right by what Jitsi tells later.
 * Which state a call is in is rounds-call-steps.h's; what a person set keeps its moment.
 */

#pragma once

#include "rounds-call-rules.h"
#include "rounds-call.h"
#include "rounds-db.h"

G_BEGIN_DECLS

/* Needs an open transaction that may write, and @call as it stands in it. A record that says
 * something else by it has another version. Doing it again changes nothing. @now: µs UTC. */
gboolean rounds_call_moments_correct (RoundsDb *db, const RoundsCall *call,
                                      const RoundsCallFacts *facts, gint64 now, GError **error);

G_END_DECLS
