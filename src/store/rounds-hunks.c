/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One walk along two sorted arrays.
 * It knows nothing of list models.
 */

#include "config.h"

#include "rounds-hunks.h"

void
rounds_hunks_note (GArray *hunks, guint old, guint fresh, gboolean removed, gboolean added)
{
  RoundsHunk *last = hunks->len > 0 ? &g_array_index (hunks, RoundsHunk, hunks->len - 1) : NULL;

  if (last == NULL || last->position + last->removed != old || last->fresh + last->added != fresh)
    {
      RoundsHunk hunk = { .position = old, .fresh = fresh };

      g_array_append_val (hunks, hunk);
      last = &g_array_index (hunks, RoundsHunk, hunks->len - 1);
    }
  last->removed += removed ? 1 : 0;
  last->added += added ? 1 : 0;
}

GArray *
rounds_hunks_find (GPtrArray *old, GPtrArray *fresh, GCompareFunc compare, GEqualFunc equal)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (RoundsHunk));
  guint i = 0;
  guint j = 0;

  while (i < old->len || j < fresh->len)
    {
      int order = i == old->len     ? 1
                  : j == fresh->len ? -1
                                    : compare (old->pdata[i], fresh->pdata[j]);

      if (order != 0 || !equal (old->pdata[i], fresh->pdata[j]))
        rounds_hunks_note (hunks, i, j, order <= 0, order >= 0);
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
  return hunks;
}
