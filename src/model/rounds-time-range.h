/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Half-open ranges of time: what overlaps, what contains.
 * Wall time and zones are in rounds-wall-time.h.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From start (included) to end (excluded), µs UTC; start ≤ end. */
typedef struct
{
  gint64 start;
  gint64 end;
} RoundsTimeRange;

RoundsTimeRange rounds_time_range_new (gint64 start, gint64 end);
gboolean rounds_time_range_contains (RoundsTimeRange self, gint64 moment);
/* Ranges that only touch do not overlap; an empty one overlaps nothing. */
gboolean rounds_time_range_overlaps (RoundsTimeRange a, RoundsTimeRange b);
gboolean rounds_time_range_is_empty (RoundsTimeRange self);

G_END_DECLS
