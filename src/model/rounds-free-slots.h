/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the doors are open, and which times are free: opening hours less what is booked.
 * It asks no database and does not know whose times they are.
 */

#pragma once

#include "rounds-clock.h"
#include "rounds-opening.h"
#include "rounds-time-range.h"

G_BEGIN_DECLS

/* Where free times are looked for. Borrowed, all of it. */
typedef struct
{
  const char *zone; /* IANA name: on whose clock the doors open */
  const GArray *openings; /* of RoundsOpening */
  RoundsTimeRange within; /* a slot lies in it whole */
  int minutes; /* length of a slot */
  const RoundsTimeRange *busy;
  gsize n_busy;
  guint most; /* how many are wanted */
} RoundsSlotSearch;

/* Possible slots by start: every quarter of an hour from when the doors open to when they close.
 * They may overlap each other. (transfer full) (element-type RoundsTimeRange) */
GArray *rounds_free_slots_find (const RoundsSlotSearch *search);

/* When the doors are open on the day of @zone that holds @moment (µs UTC), in order; empty where
 * they stay closed. What touches is one time, and goes on over midnight where they stay open.
 * (transfer full) (element-type RoundsTimeRange) */
GArray *rounds_opening_hours_list (const char *zone, const GArray *openings, gint64 moment);
/* Whether one of @hours (of RoundsTimeRange) holds @range whole, as a slot has to be held. */
gboolean rounds_opening_hours_hold (const GArray *hours, RoundsTimeRange range);

G_END_DECLS
