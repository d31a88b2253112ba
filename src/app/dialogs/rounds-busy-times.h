/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What of somebody's time is taken, as the cache knows it.
 * It asks no server: where that answers, RoundsFreeTimes knows more.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* Resolves to a GArray of RoundsTimeRange: the appointments and meetings of the person @id that
 * overlap @within and are not cancelled, in no certain order. Main thread. */
DexFuture *rounds_busy_times_find (RoundsStore *store, const char *id,
                                   RoundsTimeRange within) G_GNUC_WARN_UNUSED_RESULT;

/* The first quarter of an hour from @from on (µs UTC) after which @minutes are free of @busy. */
gint64 rounds_busy_times_first_gap (GArray *busy, gint64 from, int minutes);
gboolean rounds_busy_times_overlap (GArray *busy, RoundsTimeRange range);

G_END_DECLS
