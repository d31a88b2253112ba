/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Three bars and a word in the header of a call: how good the connection is.
 * It measures nothing.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-quality.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_SIGNAL (rounds_call_signal_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallSignal, rounds_call_signal, ROUNDS, CALL_SIGNAL, AdwBin)

/* Property "narrow": no word beside the bars. */
/* @quality: NULL hides it: nothing is known. */
void rounds_call_signal_show (RoundsCallSignal *self, const RoundsCallQuality *quality);

G_END_DECLS
