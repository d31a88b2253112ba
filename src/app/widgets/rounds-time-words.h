/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Moments and spans in words: the person's locale and zone, relative only when close.
 * It reads no clock; "now" is always handed in.
 */

#pragma once

#include <glib.h>

#include "rounds-time-range.h"

G_BEGIN_DECLS

/* All strings are (transfer full). A NULL zone is the person's own. */

/* "14:30" or "2:30 PM", as the locale has it. */
char *rounds_time_words_clock (gint64 moment, const char *zone);
/* How many characters such a time has at most: columns of them begin at one place. */
int rounds_time_words_clock_width (void);
/* "14:30–15:00". */
char *rounds_time_words_span (RoundsTimeRange range, const char *zone);
/* "Today", "Tomorrow", "Yesterday", "Monday, 24 November", with the year when it is another one. */
char *rounds_time_words_day (gint64 moment, gint64 now);
/* "Today 14:30", "Monday, 24 November, 14:30". */
char *rounds_time_words_when (gint64 moment, gint64 now);
/* "14:30" of what happened on the calendar day of @beside, else "Monday, 24 November 2025, 14:30".
 */
char *rounds_time_words_happened (gint64 moment, gint64 beside);
/* "Now", "in 12 minutes"; NULL when it is more than an hour ahead, or over for a minute. */
char *rounds_time_words_relative (gint64 moment, gint64 now);
/* "8 min late": of what should have begun at @moment and has not. */
char *rounds_time_words_late (gint64 moment, gint64 now);
/* "Opens at 09:50", "Opens tomorrow at 09:50", with the day when it is another one. */
char *rounds_time_words_opens (gint64 moment, gint64 now);
/* "5 min", "1 h", "1 h 30 min". */
char *rounds_time_words_minutes (int minutes);
/* "Waiting 8 min"; "Just arrived" in the first minute. */
char *rounds_time_words_waiting (gint64 since, gint64 now);
/* "09:00–09:30 in New York" when clocks there show another time than the person's; else NULL. */
char *rounds_time_words_elsewhere (RoundsTimeRange range, const char *zone);

G_END_DECLS
