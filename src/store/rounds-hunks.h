/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fewest changes that turn one sorted array into another.
 * It moves nothing; who owns the array applies the hunks.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint position; /* in the old array */
  guint removed;
  guint fresh; /* where the added ones begin in the fresh array */
  guint added;
} RoundsHunk;

/* Elements go into @compare and @equal themselves, not pointers to them. Both arrays are sorted by
 * @compare without doubles; @equal says whether two with the same place are the same in all. Hunks
 * come in order and never touch; applied from the last to the first their positions stay right.
 * (transfer full): of RoundsHunk */
GArray *
rounds_hunks_find (GPtrArray *old, GPtrArray *fresh, GCompareFunc compare, GEqualFunc equal);

/* For a walk along two sequences by somebody else, who knows what is removed and added at these
 * positions: makes the last of @hunks longer or adds one. */
void rounds_hunks_note (GArray *hunks, guint old, guint fresh, gboolean removed, gboolean added);

G_END_DECLS
