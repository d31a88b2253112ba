/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Takes a call's record as far as the rules say, and notes that it was they.
 * The rules themselves are rounds-call-rules.h's.
 */

#pragma once

#include "rounds-call.h"

G_BEGIN_DECLS

/* Needs an open transaction that may write. Doing it again changes nothing. @now: µs UTC. */
gboolean rounds_call_steps_take (RoundsDb *db, const RoundsCall *call, gint64 now, GError **error);

/* The calls of which the time alone may say something: begun, or to be over by now.
 * (transfer full) (element-type RoundsCall) */
GPtrArray *rounds_call_steps_list_due (RoundsDb *db, gint64 now, GError **error);

G_END_DECLS
