/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One row of today's list: an entry, the line that marks now, or free time.
 * It is read-only; the day model makes new ones.
 */

#include "config.h"

#include "rounds-day-item.h"

struct _RoundsDayItem
{
  GObject parent_instance;

  RoundsDayItemKind kind;
  RoundsEntry *entry;
  RoundsTimeRange range;
};

G_DEFINE_FINAL_TYPE (RoundsDayItem, rounds_day_item, G_TYPE_OBJECT)

static void
rounds_day_item_dispose (GObject *object)
{
  g_clear_object (&ROUNDS_DAY_ITEM (object)->entry);

  G_OBJECT_CLASS (rounds_day_item_parent_class)->dispose (object);
}

static void
rounds_day_item_class_init (RoundsDayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_day_item_dispose;
}

static void
rounds_day_item_init (RoundsDayItem *self)
{
}

/**
 * rounds_day_item_new_for_entry:
 * Returns: (transfer full): the row of @entry.
 */
RoundsDayItem *
rounds_day_item_new_for_entry (RoundsEntry *entry)
{
  RoundsDayItem *self;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);

  self = g_object_new (ROUNDS_TYPE_DAY_ITEM, NULL);
  self->kind = ROUNDS_DAY_ITEM_ENTRY;
  self->entry = g_object_ref (entry);
  return self;
}

/**
 * rounds_day_item_new_for_now:
 * Returns: (transfer full): the line between what was and what comes.
 */
RoundsDayItem *
rounds_day_item_new_for_now (void)
{
  RoundsDayItem *self = g_object_new (ROUNDS_TYPE_DAY_ITEM, NULL);

  self->kind = ROUNDS_DAY_ITEM_NOW;
  return self;
}

/**
 * rounds_day_item_new_for_gap:
 * Returns: (transfer full): a row that says that @range is free.
 */
RoundsDayItem *
rounds_day_item_new_for_gap (RoundsTimeRange range)
{
  RoundsDayItem *self = g_object_new (ROUNDS_TYPE_DAY_ITEM, NULL);

  self->kind = ROUNDS_DAY_ITEM_GAP;
  self->range = range;
  return self;
}

/**
 * rounds_day_item_get_kind:
 * Returns: what the row is.
 */
RoundsDayItemKind
rounds_day_item_get_kind (RoundsDayItem *self)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_ITEM (self), ROUNDS_DAY_ITEM_ENTRY);

  return self->kind;
}

/**
 * rounds_day_item_get_entry:
 * Returns: (transfer none) (nullable): the entry of an entry's row.
 */
RoundsEntry *
rounds_day_item_get_entry (RoundsDayItem *self)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_ITEM (self), NULL);

  return self->entry;
}

/**
 * rounds_day_item_get_range:
 * Returns: the free time of a gap's row, else an empty range.
 */
RoundsTimeRange
rounds_day_item_get_range (RoundsDayItem *self)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_ITEM (self), rounds_time_range_new (0, 0));

  return self->range;
}

/**
 * rounds_day_item_equal:
 * Returns: whether both would show the same row.
 */
gboolean
rounds_day_item_equal (RoundsDayItem *a, RoundsDayItem *b)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_ITEM (a), FALSE);
  g_return_val_if_fail (ROUNDS_IS_DAY_ITEM (b), FALSE);

  return a->kind == b->kind && a->entry == b->entry && a->range.start == b->range.start
         && a->range.end == b->range.end;
}
