/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Opening hours as a list of times of the week.
 * What is free in them is found in rounds-free-slots.c.
 */

#include "rounds-opening.h"

#include "rounds-words-private.h"

#define MINUTES_OF_DAY 1440
#define MAX_OPENINGS 50

static const char *const weekdays[]
    = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

const char *
rounds_weekday_to_string (int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= (int)G_N_ELEMENTS (weekdays), NULL);

  return weekdays[weekday - 1];
}

gboolean
rounds_weekday_from_string (const char *text, int *weekday)
{
  int found = rounds_words_find (weekdays, G_N_ELEMENTS (weekdays), text);

  g_return_val_if_fail (weekday != NULL, FALSE);

  if (found >= 0)
    *weekday = found + 1;
  return found >= 0;
}

GArray *
rounds_openings_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RoundsOpening));
}

GArray *
rounds_openings_new_default (void)
{
  GArray *openings = rounds_openings_new ();

  for (int weekday = G_DATE_MONDAY; weekday <= G_DATE_FRIDAY; weekday++)
    {
      RoundsOpening opening = { weekday, 8 * 60, 18 * 60 };

      g_array_append_val (openings, opening);
    }
  return openings;
}

gboolean
rounds_openings_equal (const GArray *a, const GArray *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const RoundsOpening *one = &g_array_index (a, RoundsOpening, i);
      const RoundsOpening *other = &g_array_index (b, RoundsOpening, i);

      if (one->weekday != other->weekday || one->opens != other->opens
          || one->closes != other->closes)
        return FALSE;
    }
  return TRUE;
}

static gboolean
overlaps_one_before (const GArray *openings, guint position)
{
  const RoundsOpening *one = &g_array_index (openings, RoundsOpening, position);

  for (guint i = 0; i < position; i++)
    {
      const RoundsOpening *other = &g_array_index (openings, RoundsOpening, i);

      if (other->weekday == one->weekday && other->opens < one->closes
          && one->opens < other->closes)
        return TRUE;
    }
  return FALSE;
}

void
rounds_openings_check (const GArray *openings, const char *field, RoundsProblems *problems)
{
  g_return_if_fail (openings != NULL && field != NULL && problems != NULL);

  if (openings->len > MAX_OPENINGS)
    {
      rounds_problems_add (problems, field, "May have %d entries at most", MAX_OPENINGS);
      return;
    }
  for (guint i = 0; i < openings->len; i++)
    {
      const RoundsOpening *one = &g_array_index (openings, RoundsOpening, i);
      g_autofree char *place = g_strdup_printf ("%s[%u]", field, i);

      if (one->opens < 0 || one->closes > MINUTES_OF_DAY || one->closes <= one->opens)
        rounds_problems_add (problems, place, "Has to close after it opens, on the same day");
      else if (overlaps_one_before (openings, i))
        rounds_problems_add (problems, place, "Overlaps another time of the same day");
    }
}
