/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Asks the meeting's page now and then how good the connection is.
 * What the numbers mean is in rounds-call-quality.h.
 */

#pragma once

#include "rounds-call-bridge.h"
#include "rounds-call-quality.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_METER (rounds_call_meter_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallMeter, rounds_call_meter, ROUNDS, CALL_METER, GObject)

/* Signal "measured" (const RoundsCallQuality *). */
RoundsCallMeter *rounds_call_meter_new (RoundsCallBridge *bridge);
/* Asks now, and then every few seconds, until the page shows that it cannot say. */
void rounds_call_meter_start (RoundsCallMeter *self);

G_END_DECLS
