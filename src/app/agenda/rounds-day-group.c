/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The day on the today page: its rows, and the button that shows what is finished.
 * Which row stands where is worked out by the day model.
 */

#include "config.h"

#include "rounds-day-group.h"

#include <glib/gi18n.h>

#include "rounds-day-model.h"
#include "rounds-day-row.h"
#include "rounds-focus.h"
#include "rounds-join-time.h"
#include "rounds-record-menu.h"

struct _RoundsDayGroup
{
  AdwPreferencesGroup parent_instance;

  GtkToggleButton *finished_button;
  GtkListBox *list;

  RoundsSync *sync;
  RoundsClock *clock;
  RoundsDayModel *model;
  gboolean is_compact;
};

G_DEFINE_FINAL_TYPE (RoundsDayGroup, rounds_day_group, ADW_TYPE_PREFERENCES_GROUP)

static gint64
get_now (RoundsDayGroup *self)
{
  return rounds_clock_now (self->clock);
}

static void
show_finished (RoundsDayGroup *self)
{
  guint n_finished = rounds_day_model_get_n_finished (self->model);
  /* Translators: a button that shows and hides the finished visits of today. */
  g_autofree char *label
      = g_strdup_printf (ngettext ("%u Finished", "%u Finished", n_finished), n_finished);

  gtk_button_set_label (GTK_BUTTON (self->finished_button), label);
  gtk_widget_set_visible (GTK_WIDGET (self->finished_button), n_finished > 0);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  RoundsDayGroup *self = data;
  GtkWidget *row = rounds_day_row_new (item, rounds_sync_get_user (self->sync),
                                       rounds_sync_get_store (self->sync));

  rounds_day_row_set_compact (ROUNDS_DAY_ROW (row), self->is_compact);
  rounds_day_row_tick (ROUNDS_DAY_ROW (row), get_now (self));
  return row;
}

static void
on_row_activated_cb (RoundsDayGroup *self, GtkListBoxRow *row)
{
  RoundsEntry *entry = rounds_day_item_get_entry (rounds_day_row_get_item (ROUNDS_DAY_ROW (row)));

  if (entry != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), "record.open",
                                        rounds_record_target (entry));
}

static void
on_finished_toggled_cb (RoundsDayGroup *self)
{
  rounds_day_model_show_finished (self->model,
                                  gtk_toggle_button_get_active (self->finished_button));
}

/* Space joins what Enter would open. */
static gboolean
on_space_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  RoundsDayGroup *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (widget)));
  RoundsEntry *entry;

  /* A button in the row keeps its own Space. */
  if (!ROUNDS_IS_DAY_ROW (focus))
    return FALSE;
  entry = rounds_day_item_get_entry (rounds_day_row_get_item (ROUNDS_DAY_ROW (focus)));
  if (entry == NULL || !rounds_join_is_open (entry, get_now (self)))
    return FALSE;
  return gtk_widget_activate_action_variant (widget, "record.join", rounds_record_target (entry));
}

static void
add_space_shortcut (RoundsDayGroup *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, GDK_NO_MODIFIER_MASK),
                        gtk_callback_action_new (on_space_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), controller);
}

static void
rounds_day_group_dispose (GObject *object)
{
  RoundsDayGroup *self = ROUNDS_DAY_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_DAY_GROUP);
  g_clear_object (&self->model);
  g_clear_object (&self->sync);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_day_group_parent_class)->dispose (object);
}

static void
rounds_day_group_class_init (RoundsDayGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_day_group_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/agenda/rounds-day-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDayGroup, finished_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_finished_toggled_cb);
}

static void
rounds_day_group_init (RoundsDayGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_space_shortcut (self);
}

/**
 * rounds_day_group_set_entries:
 * @entries: (transfer none): #RoundsEntry of one day, ordered by start
 * @sync: (transfer none): knows viewer and names
 * @clock: (transfer none): where the now-line is
 *
 * To be called once. Free time has rows in a doctor's day only: the others have no day of their
 * own.
 */
void
rounds_day_group_set_entries (RoundsDayGroup *self, GListModel *entries, RoundsSync *sync,
                              RoundsClock *clock)
{
  g_return_if_fail (ROUNDS_IS_DAY_GROUP (self));
  g_return_if_fail (self->model == NULL);

  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  self->model = rounds_day_model_new (entries, clock,
                                      rounds_sync_get_user (sync)->role == ROUNDS_ROLE_DOCTOR);
  /* A list box and not a list view: one day is short, and it stands between a card and other lists
   * in one scrolled page, which a list view cannot. */
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->model), create_row, self, NULL);
  /* After the model has heard of it. */
  g_signal_connect_object (entries, "items-changed", G_CALLBACK (show_finished), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_finished (self);
}

/**
 * rounds_day_group_tick:
 *
 * Moves the now-line to where it belongs at the clock's moment.
 */
void
rounds_day_group_tick (RoundsDayGroup *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (ROUNDS_IS_DAY_GROUP (self));

  rounds_day_model_tick (self->model);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    rounds_day_row_tick (ROUNDS_DAY_ROW (row), get_now (self));
  show_finished (self);
}

/**
 * rounds_day_group_set_compact:
 * @is_compact: whether there is little room
 *
 * Puts the status into the second line of each row.
 */
void
rounds_day_group_set_compact (RoundsDayGroup *self, gboolean is_compact)
{
  GtkListBoxRow *row;

  g_return_if_fail (ROUNDS_IS_DAY_GROUP (self));

  self->is_compact = is_compact;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    rounds_day_row_set_compact (ROUNDS_DAY_ROW (row), is_compact);
}

/**
 * rounds_day_group_take_focus:
 *
 * Returns: whether there is anything that takes it
 */
gboolean
rounds_day_group_take_focus (RoundsDayGroup *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  return first != NULL && rounds_focus_move_to (GTK_WIDGET (first));
}
