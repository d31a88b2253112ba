/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How the connection of one call was, collected and told to the server once a minute.
 * It shows nothing, and nobody waits for it.
 */

#pragma once

#include "rounds-call-quality.h"
#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_QUALITY_LOG (rounds_quality_log_get_type ())
G_DECLARE_FINAL_TYPE (RoundsQualityLog, rounds_quality_log, ROUNDS, QUALITY_LOG, GObject)

RoundsQualityLog *rounds_quality_log_new (RoundsSync *sync, RoundsEntryKind kind, const char *id);
/* @at: when it was measured, µs UTC */
void rounds_quality_log_add (RoundsQualityLog *self, const RoundsCallQuality *quality, gint64 at);
/* Sends what is there: the call is over. */
void rounds_quality_log_flush (RoundsQualityLog *self);

G_END_DECLS
