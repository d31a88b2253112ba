/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who waits, on the today page: a row for each, the longest wait first.
 * Who that is, is the waiting model's; how a wait looks, the row's.
 */

#include "config.h"

#include "rounds-waiting-group.h"

#include "rounds-record-menu.h"
#include "rounds-waiting-row.h"

struct _RoundsWaitingGroup
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;

  RoundsSync *sync;
  RoundsClock *clock;
  gboolean is_compact;
};

G_DEFINE_FINAL_TYPE (RoundsWaitingGroup, rounds_waiting_group, ADW_TYPE_PREFERENCES_GROUP)

static RoundsWaitingRow *
get_row (RoundsWaitingGroup *self, int position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);

  return row != NULL ? ROUNDS_WAITING_ROW (row) : NULL;
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  RoundsWaitingGroup *self = data;
  GtkWidget *row
      = rounds_waiting_row_new (item, rounds_sync_get_user (self->sync),
                                rounds_sync_get_store (self->sync), rounds_clock_now (self->clock));

  rounds_waiting_row_set_compact (ROUNDS_WAITING_ROW (row), self->is_compact);
  return row;
}

static void
on_row_activated_cb (RoundsWaitingGroup *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action_variant (
      GTK_WIDGET (self), "record.open",
      rounds_record_target (rounds_waiting_row_get_entry (ROUNDS_WAITING_ROW (row))));
}

static void
rounds_waiting_group_dispose (GObject *object)
{
  RoundsWaitingGroup *self = ROUNDS_WAITING_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_WAITING_GROUP);
  g_clear_object (&self->sync);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_waiting_group_parent_class)->dispose (object);
}

static void
rounds_waiting_group_class_init (RoundsWaitingGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_waiting_group_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/agenda/rounds-waiting-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
rounds_waiting_group_init (RoundsWaitingGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rounds_waiting_group_set_model (RoundsWaitingGroup *self, GListModel *waiting, RoundsSync *sync,
                                RoundsClock *clock)
{
  g_return_if_fail (ROUNDS_IS_WAITING_GROUP (self));
  g_return_if_fail (G_IS_LIST_MODEL (waiting));
  g_return_if_fail (self->sync == NULL);

  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  gtk_list_box_bind_model (self->list, waiting, create_row, self, NULL);
}

void
rounds_waiting_group_leave_out (RoundsWaitingGroup *self, RoundsEntry *entry)
{
  gboolean has_rows = FALSE;
  RoundsWaitingRow *row;

  g_return_if_fail (ROUNDS_IS_WAITING_GROUP (self));

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    {
      gboolean is_shown = rounds_waiting_row_get_entry (row) != entry;

      gtk_widget_set_visible (GTK_WIDGET (row), is_shown);
      has_rows |= is_shown;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), has_rows);
}

void
rounds_waiting_group_tick (RoundsWaitingGroup *self)
{
  RoundsWaitingRow *row;

  g_return_if_fail (ROUNDS_IS_WAITING_GROUP (self));

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    rounds_waiting_row_tick (row, rounds_clock_now (self->clock));
}

void
rounds_waiting_group_set_compact (RoundsWaitingGroup *self, gboolean is_compact)
{
  RoundsWaitingRow *row;

  g_return_if_fail (ROUNDS_IS_WAITING_GROUP (self));

  self->is_compact = is_compact;
  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    rounds_waiting_row_set_compact (row, is_compact);
}
