/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the time in a form means, in words: on other clocks, and what speaks against it.
 * Nothing here refuses a time; the server does, where it has to.
 */

#pragma once

#include <glib.h>

#include "rounds-time-range.h"

G_BEGIN_DECLS

/* "10:00–10:30", "16:00–16:30 here, 10:00–10:30 in New York"; and, where that is so, that it has
 * passed or that the doors are closed then. @zone (nullable): IANA zone in which the time is meant,
 * NULL the person's own. @openings (nullable): of RoundsOpening, on the clock of @zone. (transfer
 * full) */
char *
rounds_when_words (RoundsTimeRange range, const char *zone, const GArray *openings, gint64 now);

G_END_DECLS
