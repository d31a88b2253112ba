/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Somebody who waits: who, for how long, and the button that ends it.
 * How long is too long is decided here; who waits, by the today page.
 */

#include "config.h"

#include "rounds-waiting-row.h"

#include "rounds-entry-words.h"
#include "rounds-join-time.h"
#include "rounds-person-words.h"
#include "rounds-record-menu.h"
#include "rounds-steps.h"
#include "rounds-time-words.h"
#include "rounds-waiting-model.h"

struct _RoundsWaitingRow
{
  AdwActionRow parent_instance;

  AdwAvatar *avatar;
  GtkBox *aside;
  GtkImage *wait_image;
  GtkLabel *wait_label;
  GtkBox *wait_box;
  GtkButton *join_button;
  GtkButton *start_button;

  RoundsEntry *entry;
  const char *style; /* static, the wait's present one */
};

G_DEFINE_FINAL_TYPE (RoundsWaitingRow, rounds_waiting_row, ADW_TYPE_ACTION_ROW)

static void
rounds_waiting_row_dispose (GObject *object)
{
  RoundsWaitingRow *self = ROUNDS_WAITING_ROW (object);

  g_clear_object (&self->entry);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_WAITING_ROW);

  G_OBJECT_CLASS (rounds_waiting_row_parent_class)->dispose (object);
}

static void
rounds_waiting_row_class_init (RoundsWaitingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_waiting_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/agenda/rounds-waiting-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingRow, aside);
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingRow, wait_image);
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingRow, wait_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingRow, wait_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingRow, join_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsWaitingRow, start_button);
}

static void
rounds_waiting_row_init (RoundsWaitingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The same button stands in each row: whom it is about is said after its name. */
static void
describe_buttons (RoundsWaitingRow *self, const char *title)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->join_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->start_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
}

/**
 * rounds_waiting_row_new:
 * @entry: an appointment whose patient has arrived
 *
 * Returns: (transfer floating): its row at @now (µs UTC).
 */
GtkWidget *
rounds_waiting_row_new (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store, gint64 now)
{
  RoundsWaitingRow *self;
  RoundsStep step;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  gboolean joins;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);

  self = g_object_new (ROUNDS_TYPE_WAITING_ROW, NULL);
  self->entry = g_object_ref (entry);
  title = rounds_entry_words_title (entry, viewer, store);
  subtitle = rounds_entry_words_subtitle (entry, viewer, store);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  adw_avatar_set_text (self->avatar, rounds_person_words_skip_title (title));
  describe_buttons (self, title);

  joins = rounds_join_is_open (entry, now);
  gtk_widget_set_visible (GTK_WIDGET (self->join_button), joins);
  gtk_widget_set_visible (
      GTK_WIDGET (self->start_button),
      !joins && rounds_steps_find (viewer, entry, ROUNDS_APPOINTMENT_ACTIVE, &step));
  rounds_record_set_action (GTK_ACTIONABLE (self->join_button), "record.join",
                            rounds_record_target (entry));
  rounds_record_set_action (GTK_ACTIONABLE (self->start_button), "record.change",
                            rounds_record_change_target (entry, ROUNDS_APPOINTMENT_ACTIVE));
  rounds_waiting_row_tick (self, now);
  return GTK_WIDGET (self);
}

/**
 * rounds_waiting_row_get_entry:
 * Returns: (transfer none): the appointment of the one who waits.
 */
RoundsEntry *
rounds_waiting_row_get_entry (RoundsWaitingRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_WAITING_ROW (self), NULL);

  return self->entry;
}

/**
 * rounds_waiting_row_tick:
 * @now: µs UTC
 *
 * Says how long the wait has become.
 */
void
rounds_waiting_row_tick (RoundsWaitingRow *self, gint64 now)
{
  g_autofree char *length = NULL;
  g_autofree char *wait = NULL;
  const char *style;
  gint64 since;

  g_return_if_fail (ROUNDS_IS_WAITING_ROW (self));

  since = rounds_waiting_since (rounds_entry_get_appointment (self->entry));
  wait = rounds_time_words_waiting (since, now);
  style = rounds_waiting_style (since, now);
  length = rounds_time_words_minutes ((int)CLAMP ((now - since) / ROUNDS_MINUTE, 0, G_MAXINT));
  /* The list is called Waiting: how long is enough for the eye. */
  gtk_label_set_label (self->wait_label, now - since < ROUNDS_MINUTE ? wait : length);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->wait_box), wait);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->wait_label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wait, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->wait_image), !g_str_equal (style, "dimmed"));
  if (self->style == style)
    return;

  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->wait_box), self->style);
  gtk_widget_add_css_class (GTK_WIDGET (self->wait_box), style);
  self->style = style;
}

/**
 * rounds_waiting_row_set_compact:
 * @is_compact: whether there is little room
 */
void
rounds_waiting_row_set_compact (RoundsWaitingRow *self, gboolean is_compact)
{
  g_return_if_fail (ROUNDS_IS_WAITING_ROW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->aside), is_compact
                                                                    ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
}

/**
 * rounds_waiting_style:
 * Returns: the style class for a wait from @since to @now; static.
 */
const char *
rounds_waiting_style (gint64 since, gint64 now)
{
  if (now - since >= ROUNDS_WAIT_TOO_LONG)
    return "error";
  if (now - since >= ROUNDS_WAIT_LONG)
    return "warning";
  return "dimmed";
}
