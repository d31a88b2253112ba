/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the time in a form means, in words: on other clocks, and what speaks against it.
 * Nothing here refuses a time; the server does, where it has to.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-when-words.h"

#include "rounds-free-slots.h"
#include "rounds-time-words.h"

static void
append_times (GString *words, RoundsTimeRange range, const char *zone)
{
  g_autofree char *span = rounds_time_words_span (range, NULL);
  g_autofree char *elsewhere = rounds_time_words_elsewhere (range, zone);

  if (elsewhere != NULL)
    /* Translators: two times of the same moment, as in "16:00–16:30 here, 10:00–10:30 in New
     * York" */
    g_string_append_printf (words, _ ("%s here, %s"), span, elsewhere);
  else
    g_string_append (words, span);
}

/* "08:00–12:00, 14:00–18:00" (transfer full) */
static char *
list_spans (const GArray *hours, const char *zone)
{
  g_autoptr (GString) spans = g_string_new (NULL);

  for (guint i = 0; i < hours->len; i++)
    {
      g_autofree char *span
          = rounds_time_words_span (g_array_index (hours, RoundsTimeRange, i), zone);

      g_string_append_printf (spans, "%s%s", i > 0 ? ", " : "", span);
    }
  return g_string_free (g_steal_pointer (&spans), FALSE);
}

/* Booking outside of the hours is for those who know why, and not refused: it is said, no more. */
static void
append_hours (GString *words, RoundsTimeRange range, const char *zone, const GArray *openings)
{
  g_autoptr (GArray) hours = rounds_opening_hours_list (zone, openings, range.start);
  g_autofree char *spans = NULL;

  if (rounds_opening_hours_hold (hours, range))
    return;
  if (hours->len == 0)
    {
      g_string_append (words, _ (" · The hospital is closed on this day"));
      return;
    }
  spans = list_spans (hours, zone);
  /* Translators: %s is one time of the day or several, as in "08:00–12:00, 14:00–18:00". */
  g_string_append_printf (words, _ (" · The hospital is open %s"), spans);
}

char *
rounds_when_words (RoundsTimeRange range, const char *zone, const GArray *openings, gint64 now)
{
  g_autoptr (GString) words = g_string_new (NULL);

  append_times (words, range, zone);
  if (range.start < now)
    g_string_append (words, _ (" · This time has passed"));
  else if (zone != NULL && openings != NULL)
    append_hours (words, range, zone, openings);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
