/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When a hospital's doors are open: from when to when, on which day of the week.
 * It knows no date and no zone; which times are free in them is in rounds-free-slots.h.
 */

#pragma once

#include <glib.h>

#include "rounds-problems.h"

G_BEGIN_DECLS

/* One time of one weekday on the hospital's wall clock; a day may have several. */
typedef struct
{
  int weekday; /* 1 = Monday … 7 = Sunday, as in GDateWeekday */
  int opens; /* minutes since midnight */
  int closes; /* the same, after opens; 1440 is the end of the day */
} RoundsOpening;

/* "monday" … "sunday". */
const char *rounds_weekday_to_string (int weekday);
gboolean rounds_weekday_from_string (const char *text, int *weekday);

/* A new array for RoundsOpening. */
GArray *rounds_openings_new (void);
/* Mondays to Fridays from 8:00 to 18:00: what a hospital has that says nothing else. (transfer
 * full) */
GArray *rounds_openings_new_default (void);
gboolean rounds_openings_equal (const GArray *a, const GArray *b);
/* Adds a problem where one ends before it begins or two of a day overlap. */
void rounds_openings_check (const GArray *openings, const char *field, RoundsProblems *problems);

G_END_DECLS
