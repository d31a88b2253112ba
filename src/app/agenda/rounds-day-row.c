/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A row of today's list in any of its three forms: entry, now-line, free time.
 * The today page opens and joins; this row only shows.
 */

#include "config.h"

#include "rounds-day-row.h"

#include <glib/gi18n.h>

#include "rounds-entry-row.h"
#include "rounds-entry-words.h"
#include "rounds-record-menu.h"
#include "rounds-time-words.h"

struct _RoundsDayRow
{
  GtkListBoxRow parent_instance;

  GtkStack *stack;
  RoundsEntryRow *entry_row;
  GtkLabel *now_label;
  GtkLabel *gap_label;

  RoundsDayItem *item;
};

G_DEFINE_FINAL_TYPE (RoundsDayRow, rounds_day_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_entry (RoundsDayRow *self, RoundsUser *viewer, RoundsStore *store)
{
  RoundsEntry *entry = rounds_day_item_get_entry (self->item);
  g_autoptr (GMenuModel) menu = rounds_record_menu_new (viewer, entry, -1, TRUE);
  g_autofree char *spoken = rounds_entry_words_spoken (entry, viewer, store);

  rounds_entry_row_show (self->entry_row, entry, viewer, store, menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_stack_set_visible_child_name (self->stack, "entry");
}

static void
show_gap (RoundsDayRow *self)
{
  RoundsTimeRange range = rounds_day_item_get_range (self->item);
  g_autofree char *span = rounds_time_words_span (range, NULL);
  g_autofree char *length
      = rounds_time_words_minutes ((int)((range.end - range.start) / ROUNDS_MINUTE));
  /* Translators: free time in the day: "Free 11:30–12:15 (45 min)". */
  g_autofree char *label = g_strdup_printf (_ ("Free %s (%s)"), span, length);

  gtk_label_set_label (self->gap_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_stack_set_visible_child_name (self->stack, "gap");
}

static void
rounds_day_row_dispose (GObject *object)
{
  RoundsDayRow *self = ROUNDS_DAY_ROW (object);

  g_clear_object (&self->item);
  /* Disposing of the template would take this child away behind the parent class's back. */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_DAY_ROW);

  G_OBJECT_CLASS (rounds_day_row_parent_class)->dispose (object);
}

static void
rounds_day_row_class_init (RoundsDayRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_day_row_dispose;

  g_type_ensure (ROUNDS_TYPE_ENTRY_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/agenda/rounds-day-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDayRow, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayRow, entry_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayRow, now_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayRow, gap_label);
}

static void
rounds_day_row_init (RoundsDayRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_day_row_new:
 * Returns: (transfer floating): the row of @item as @viewer sees it.
 */
GtkWidget *
rounds_day_row_new (RoundsDayItem *item, RoundsUser *viewer, RoundsStore *store)
{
  RoundsDayRow *self;

  g_return_val_if_fail (ROUNDS_IS_DAY_ITEM (item), NULL);

  self = g_object_new (ROUNDS_TYPE_DAY_ROW, NULL);
  self->item = g_object_ref (item);
  /* All rows can have the focus: the arrows go from one to the next, and stop where they cannot. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self),
                                    rounds_day_item_get_kind (item) == ROUNDS_DAY_ITEM_ENTRY);

  switch (rounds_day_item_get_kind (item))
    {
    case ROUNDS_DAY_ITEM_NOW:
      gtk_stack_set_visible_child_name (self->stack, "now");
      break;
    case ROUNDS_DAY_ITEM_GAP:
      show_gap (self);
      break;
    case ROUNDS_DAY_ITEM_ENTRY:
    default:
      show_entry (self, viewer, store);
      break;
    }
  return GTK_WIDGET (self);
}

/**
 * rounds_day_row_get_item:
 * Returns: (transfer none): what the row shows.
 */
RoundsDayItem *
rounds_day_row_get_item (RoundsDayRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_ROW (self), NULL);

  return self->item;
}

/**
 * rounds_day_row_set_compact:
 * @is_compact: whether there is little room
 *
 * Puts the status into the second line instead of a column of its own.
 */
void
rounds_day_row_set_compact (RoundsDayRow *self, gboolean is_compact)
{
  g_return_if_fail (ROUNDS_IS_DAY_ROW (self));

  rounds_entry_row_set_compact (self->entry_row, is_compact);
}

/**
 * rounds_day_row_tick:
 * @now: µs UTC
 *
 * Writes the time on the now-line; other rows stay as they are.
 */
void
rounds_day_row_tick (RoundsDayRow *self, gint64 now)
{
  g_autofree char *clock = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (ROUNDS_IS_DAY_ROW (self));

  if (rounds_day_item_get_kind (self->item) != ROUNDS_DAY_ITEM_NOW)
    return;

  clock = rounds_time_words_clock (now, NULL);
  /* Translators: the line between what was and what comes today; %s is a time of day. */
  label = g_strdup_printf (_ ("Now, %s"), clock);
  gtk_label_set_label (self->now_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
