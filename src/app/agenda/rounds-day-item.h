/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One row of today's list: an entry, the line that marks now, or free time.
 * It is read-only; the day model makes new ones.
 */

#pragma once

#include "rounds-entry.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_DAY_ITEM_ENTRY,
  ROUNDS_DAY_ITEM_NOW,
  ROUNDS_DAY_ITEM_GAP,
} RoundsDayItemKind;

#define ROUNDS_TYPE_DAY_ITEM (rounds_day_item_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayItem, rounds_day_item, ROUNDS, DAY_ITEM, GObject)

RoundsDayItem *rounds_day_item_new_for_entry (RoundsEntry *entry);
RoundsDayItem *rounds_day_item_new_for_now (void);
RoundsDayItem *rounds_day_item_new_for_gap (RoundsTimeRange range);
RoundsDayItemKind rounds_day_item_get_kind (RoundsDayItem *self);
/* NULL unless it is an entry's. Borrowed. */
RoundsEntry *rounds_day_item_get_entry (RoundsDayItem *self);
/* Empty unless it is free time. */
RoundsTimeRange rounds_day_item_get_range (RoundsDayItem *self);
/* Whether both would show the same row. */
gboolean rounds_day_item_equal (RoundsDayItem *a, RoundsDayItem *b);

G_END_DECLS
