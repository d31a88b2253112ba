/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What follows from the time alone: a call that is over, somebody who did not show up.
 * Events do the rest as they come.
 */

#pragma once

#include "rounds-db-writer.h"

#include "rounds-server-config.h"

G_BEGIN_DECLS

/* One owner; a thread of its own looks now and then. */
typedef struct _RoundsCallSweep RoundsCallSweep;

/* @writer is borrowed for life. */
RoundsCallSweep *rounds_call_sweep_start (const RoundsServerConfig *config, RoundsDbWriter *writer,
                                          RoundsClock *clock, GError **error);
void rounds_call_sweep_free (RoundsCallSweep *self);

/* Looks once, at @now (µs UTC): takes the steps that are due. Blocks. */
gboolean rounds_call_sweep_look (RoundsDb *db, RoundsDbWriter *writer, gint64 now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsCallSweep, rounds_call_sweep_free)

G_END_DECLS
