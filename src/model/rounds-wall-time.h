/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital's wall clock: date and time of day in an IANA zone to a moment and back.
 * It prints nothing for people; locale formats are in app.
 */

#pragma once

#include <glib.h>

#include "rounds-time-range.h"

G_BEGIN_DECLS

#define ROUNDS_WALL_TIME_ERROR (rounds_wall_time_error_quark ())
GQuark rounds_wall_time_error_quark (void);

typedef enum
{
  ROUNDS_WALL_TIME_ERROR_ZONE = 1, /* no such IANA zone */
  ROUNDS_WALL_TIME_ERROR_DATE, /* not a date of the form 2024-01-15, or no such day */
  ROUNDS_WALL_TIME_ERROR_TIME, /* neither "10:00 AM" nor "14:30" */
  ROUNDS_WALL_TIME_ERROR_SKIPPED, /* DST skips it; the message names the next valid wall time */
} RoundsWallTimeError;

gboolean rounds_zone_is_valid (const char *zone);

/* "10:00 AM", "10 am", "12:00 PM", "9:05", "14:30", "14:30:00" → minutes since midnight (0…1439).
 */
gboolean rounds_wall_time_parse_time (const char *text, int *minutes);
gboolean rounds_wall_time_parse_date (const char *text, int *year, int *month, int *day);

/* "2024-01-15" + "10:00 AM" in @zone → µs UTC. A doubled wall time means the first (api.md).
 * Of one that DST skips, @moment is set all the same: to when the clock jumped over it. */
gboolean rounds_wall_time_to_moment (const char *zone, const char *date, const char *time,
                                     gint64 *moment, GError **error);
/* µs UTC → "2024-01-15" and "10:00" (24 h) on @zone's clock; an unknown zone is read as UTC. */
void rounds_wall_time_from_moment (const char *zone, gint64 moment, char **date, char **time);
/* The local day (midnight to midnight, 23…25 hours) of @zone that holds @moment; NULL = local zone.
 */
RoundsTimeRange rounds_wall_time_day_of (const char *zone, gint64 moment);
/* The day @days after (or before) the one that holds @moment, counted on the calendar of @zone. A
 * day that the zone left out (Pacific/Apia, 2011-12-30) is stepped over. */
RoundsTimeRange rounds_wall_time_day_offset (const char *zone, gint64 moment, int days);

G_END_DECLS
