/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A list of entries cut into days, for a list view with headers.
 * It copies nothing: a day's bounds are found by bisection in the ordered list below.
 */

#include "config.h"

#include "rounds-day-sections.h"

#include "rounds-store.h"
#include "rounds-wall-time.h"

struct _RoundsDaySections
{
  GObject parent_instance;

  GListModel *entries;
};

/* A list of the store knows when its rows start without reading them. */
static gint64
get_start (RoundsDaySections *self, guint position)
{
  g_autoptr (RoundsEntry) entry = NULL;

  if (ROUNDS_IS_ENTRY_LIST (self->entries))
    return rounds_entry_list_get_start (ROUNDS_ENTRY_LIST (self->entries), position);
  entry = g_list_model_get_item (self->entries, position);
  return rounds_entry_get_range (entry).start;
}

static GType
rounds_day_sections_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_ENTRY;
}

static guint
rounds_day_sections_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (ROUNDS_DAY_SECTIONS (model)->entries);
}

static gpointer
rounds_day_sections_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (ROUNDS_DAY_SECTIONS (model)->entries, position);
}

static void
rounds_day_sections_get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  RoundsDaySections *self = ROUNDS_DAY_SECTIONS (model);
  guint n_items = g_list_model_get_n_items (self->entries);
  RoundsTimeRange day;
  gint64 moment;

  if (position >= n_items)
    {
      *start = n_items;
      *end = G_MAXUINT;
      return;
    }

  moment = get_start (self, position);
  day = rounds_wall_time_day_of (NULL, moment);
  *start = rounds_day_sections_find (self, day.start);
  *end = rounds_day_sections_find (self, day.end);
  /* What lies before the calendar's first day or after its last is one section more. */
  if (moment < day.start)
    {
      *end = *start;
      *start = 0;
    }
  else if (moment >= day.end)
    {
      *start = *end;
      *end = n_items;
    }
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = rounds_day_sections_get_item_type;
  iface->get_n_items = rounds_day_sections_get_n_items;
  iface->get_item = rounds_day_sections_get_item;
}

static void
init_section_model (GtkSectionModelInterface *iface)
{
  iface->get_section = rounds_day_sections_get_section;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsDaySections, rounds_day_sections, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL,
                                                          init_section_model))

/* Days at the edges of a change may have grown, shrunk or been joined: those are cut anew. */
static void
on_items_changed_cb (RoundsDaySections *self, guint position, guint removed, guint added)
{
  guint n_items = g_list_model_get_n_items (self->entries);
  guint first, last, unused;

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (n_items == 0)
    return;

  gtk_section_model_get_section (GTK_SECTION_MODEL (self), position > 0 ? position - 1 : 0, &first,
                                 &unused);
  gtk_section_model_get_section (GTK_SECTION_MODEL (self), MIN (position + added, n_items - 1),
                                 &unused, &last);
  gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), first, last - first);
}

static void
rounds_day_sections_dispose (GObject *object)
{
  g_clear_object (&ROUNDS_DAY_SECTIONS (object)->entries);

  G_OBJECT_CLASS (rounds_day_sections_parent_class)->dispose (object);
}

static void
rounds_day_sections_class_init (RoundsDaySectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_day_sections_dispose;
}

static void
rounds_day_sections_init (RoundsDaySections *self)
{
}

/**
 * rounds_day_sections_new:
 * @entries: (transfer none): entries ordered by start
 *
 * Returns: (transfer full): the same items with a section for each day of the person's zone.
 */
RoundsDaySections *
rounds_day_sections_new (GListModel *entries)
{
  RoundsDaySections *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (entries), NULL);

  self = g_object_new (ROUNDS_TYPE_DAY_SECTIONS, NULL);
  self->entries = g_object_ref (entries);
  g_signal_connect_object (entries, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * rounds_day_sections_find:
 * Returns: the first position whose entry starts at or after @moment (µs UTC).
 */
guint
rounds_day_sections_find (RoundsDaySections *self, gint64 moment)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (ROUNDS_IS_DAY_SECTIONS (self), 0);

  high = g_list_model_get_n_items (self->entries);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_start (self, middle) < moment)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
