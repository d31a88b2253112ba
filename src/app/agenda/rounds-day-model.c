/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Today's list: the entries of a day with the now-line and free time between them.
 * It asks no store; it follows the list model that it is given.
 */

#include "config.h"

#include "rounds-day-model.h"

#include "rounds-day-item.h"

struct _RoundsDayModel
{
  GObject parent_instance;

  GListModel *entries;
  RoundsClock *clock;
  gboolean with_gaps;
  gboolean shows_finished;
  guint n_finished;
  GPtrArray *items; /* RoundsDayItem */
};

static GType
rounds_day_model_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_DAY_ITEM;
}

static guint
rounds_day_model_get_n_items (GListModel *model)
{
  return ROUNDS_DAY_MODEL (model)->items->len;
}

static gpointer
rounds_day_model_get_item (GListModel *model, guint position)
{
  GPtrArray *items = ROUNDS_DAY_MODEL (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = rounds_day_model_get_item_type;
  iface->get_n_items = rounds_day_model_get_n_items;
  iface->get_item = rounds_day_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsDayModel, rounds_day_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

/* Free time that has passed is not worth a row. */
static void
append_gap (RoundsDayModel *self, GPtrArray *items, gint64 from, gint64 to, gint64 now)
{
  if (!self->with_gaps || from == ROUNDS_TIME_NONE)
    return;
  if (to - from < ROUNDS_SHORTEST_GAP || to <= now)
    return;
  g_ptr_array_add (items, rounds_day_item_new_for_gap (rounds_time_range_new (from, to)));
}

/* Over, and behind the now-line: what is cancelled later today still says that the time is free. */
static gboolean
is_finished (RoundsEntry *entry, gint64 now)
{
  return rounds_entry_is_over (entry) && rounds_entry_get_range (entry).start <= now;
}

static guint
count_finished (RoundsDayModel *self, gint64 now)
{
  guint n_entries = g_list_model_get_n_items (self->entries);
  guint n_finished = 0;

  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (self->entries, i);

      n_finished += is_finished (entry, now);
    }
  /* When all is done, that is what there is to see. */
  return n_finished < n_entries ? n_finished : 0;
}

/* Lays the day out anew: (transfer full). */
static GPtrArray *
lay_out (RoundsDayModel *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_entries = g_list_model_get_n_items (self->entries);
  gint64 now = rounds_clock_now (self->clock);
  gint64 busy_until = ROUNDS_TIME_NONE;
  gboolean has_now = FALSE;
  gboolean hides_finished;

  self->n_finished = count_finished (self, now);
  hides_finished = self->n_finished > 0 && !self->shows_finished;

  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (self->entries, i);
      RoundsTimeRange range = rounds_entry_get_range (entry);

      if (!has_now && range.start > now)
        {
          g_ptr_array_add (items, rounds_day_item_new_for_now ());
          has_now = TRUE;
        }
      if (!rounds_entry_is_cancelled (entry))
        {
          append_gap (self, items, busy_until, range.start, now);
          busy_until = MAX (busy_until, range.end);
        }
      if (!hides_finished || !is_finished (entry, now))
        g_ptr_array_add (items, rounds_day_item_new_for_entry (entry));
    }

  if (!has_now && n_entries > 0)
    g_ptr_array_add (items, rounds_day_item_new_for_now ());
  return items;
}

/* Replaces only the middle that differs, so that rows and the focus in them stay. */
static void
take_items (RoundsDayModel *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint shorter = MIN (old->len, items->len);
  guint head = 0;
  guint tail = 0;

  while (head < shorter && rounds_day_item_equal (old->pdata[head], items->pdata[head]))
    head++;
  while (tail < shorter - head
         && rounds_day_item_equal (old->pdata[old->len - 1 - tail],
                                   items->pdata[items->len - 1 - tail]))
    tail++;

  self->items = items;
  if (head + tail < MAX (old->len, items->len))
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                items->len - head - tail);
}

static void
rounds_day_model_dispose (GObject *object)
{
  RoundsDayModel *self = ROUNDS_DAY_MODEL (object);

  g_clear_object (&self->entries);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_day_model_parent_class)->dispose (object);
}

static void
rounds_day_model_finalize (GObject *object)
{
  g_clear_pointer (&ROUNDS_DAY_MODEL (object)->items, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_day_model_parent_class)->finalize (object);
}

static void
rounds_day_model_class_init (RoundsDayModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_day_model_dispose;
  object_class->finalize = rounds_day_model_finalize;
}

static void
rounds_day_model_init (RoundsDayModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rounds_day_model_new:
 * @entries: (transfer none): #RoundsEntry ordered by start
 * @clock: (transfer none): where the now-line is
 * @with_gaps: whether free time gets rows
 *
 * Returns: (transfer full): a #GListModel of #RoundsDayItem that follows @entries.
 */
RoundsDayModel *
rounds_day_model_new (GListModel *entries, RoundsClock *clock, gboolean with_gaps)
{
  RoundsDayModel *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (entries), NULL);
  g_return_val_if_fail (ROUNDS_IS_CLOCK (clock), NULL);

  self = g_object_new (ROUNDS_TYPE_DAY_MODEL, NULL);
  self->entries = g_object_ref (entries);
  self->clock = g_object_ref (clock);
  self->with_gaps = with_gaps;
  g_signal_connect_object (entries, "items-changed", G_CALLBACK (rounds_day_model_tick), self,
                           G_CONNECT_SWAPPED);
  rounds_day_model_tick (self);
  return self;
}

/**
 * rounds_day_model_tick:
 *
 * Moves the now-line to where it belongs at the clock's moment.
 */
void
rounds_day_model_tick (RoundsDayModel *self)
{
  g_return_if_fail (ROUNDS_IS_DAY_MODEL (self));

  take_items (self, lay_out (self));
}

/**
 * rounds_day_model_get_n_finished:
 * Returns: how many entries are over and behind the now-line; 0 when all of the day is.
 */
guint
rounds_day_model_get_n_finished (RoundsDayModel *self)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_MODEL (self), 0);

  return self->n_finished;
}

/**
 * rounds_day_model_show_finished:
 * @are_shown: whether finished entries have rows
 *
 * They have none at first: a day begins with what is still to be done.
 */
void
rounds_day_model_show_finished (RoundsDayModel *self, gboolean are_shown)
{
  g_return_if_fail (ROUNDS_IS_DAY_MODEL (self));

  self->shows_finished = are_shown;
  rounds_day_model_tick (self);
}
