/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One IANA zone's offsets: from its wall clock to a moment and back, in seconds.
 * It reads no text; dates and times of day are in rounds-wall-time.c.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The zone called @name, from a cache that all threads share. (transfer full), NULL when there is
 * no such IANA zone. */
GTimeZone *rounds_zone_lookup (const char *name);

/* Seconds that the zone's wall clock is ahead of UTC at @moment (s, UTC). */
gint64 rounds_zone_get_offset_at (GTimeZone *zone, gint64 moment);

/* @wall: seconds from 1970-01-01T00:00 to what the wall clock shows. Sets @moment (s, UTC) to the
 * first moment at which it shows that; TRUE. When the clock skips it, FALSE and @moment is the one
 * when the clock jumped over it. */
gboolean rounds_zone_resolve (GTimeZone *zone, gint64 wall, gint64 *moment);

G_END_DECLS
