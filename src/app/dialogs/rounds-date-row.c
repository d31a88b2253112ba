/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A form's row that holds a day, chosen from a calendar.
 * The time of day and its zone are the dialog's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-date-row.h"

#include "rounds-wall-time.h"

struct _RoundsDateRow
{
  AdwActionRow parent_instance;

  GtkCalendar *calendar;
  GtkMenuButton *button;
  GtkPopover *popover;

  gboolean is_walking; /* through days, by keyboard */
};

G_DEFINE_FINAL_TYPE (RoundsDateRow, rounds_date_row, ADW_TYPE_ACTION_ROW)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
show_date (RoundsDateRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  /* Translators: a day in a form, as in "Mon, 24 Nov 2025"; see g_date_time_format(). */
  g_autofree char *label = g_date_time_format (date, C_ ("date row", "%a, %-e %b %Y"));
  g_autofree char *spoken = g_date_time_format (date, C_ ("spoken date", "%A, %-e %B %Y"));

  gtk_menu_button_set_label (self->button, label);
  /* The row's title is the name of both, whatever they are called by themselves. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

static void
day_selected_cb (RoundsDateRow *self)
{
  show_date (self);
  if (!self->is_walking)
    gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Paging through months moves the chosen day too; the popover stays open for it. */
static void
page_turned_cb (RoundsDateRow *self)
{
  show_date (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The arrows go through days at once, not only after the buttons for months and years. */
static void
opened_cb (RoundsDateRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->calendar));
}

static void
walk (RoundsDateRow *self, int days)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) other = g_date_time_add_days (date, days);
  g_autofree char *spoken = g_date_time_format (other, C_ ("spoken date", "%A, %-e %B %Y"));

  self->is_walking = TRUE;
  gtk_calendar_select_day (self->calendar, other);
  self->is_walking = FALSE;
  gtk_accessible_announce (GTK_ACCESSIBLE (self), spoken,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* GtkCalendar's own arrows begin at the last day it shows, and say nothing to a screen reader. */
static gboolean
key_pressed_cb (RoundsDateRow *self, guint key, guint code, GdkModifierType state)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0
      || !gtk_widget_is_focus (GTK_WIDGET (self->calendar)))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      walk (self, (key == GDK_KEY_Left) != is_mirrored ? -1 : 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      walk (self, key == GDK_KEY_Up ? -7 : 7);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      gtk_popover_popdown (self->popover);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
rounds_date_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_DATE_ROW);

  G_OBJECT_CLASS (rounds_date_row_parent_class)->dispose (object);
}

static void
rounds_date_row_class_init (RoundsDateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_date_row_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_DATE_ROW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-date-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDateRow, calendar);
  gtk_widget_class_bind_template_child (widget_class, RoundsDateRow, button);
  gtk_widget_class_bind_template_child (widget_class, RoundsDateRow, popover);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_turned_cb);
}

static void
rounds_date_row_init (RoundsDateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_date (self);
}

/**
 * rounds_date_row_dup_date:
 *
 * Returns: (transfer full): the chosen day as "2024-01-15"
 */
char *
rounds_date_row_dup_date (RoundsDateRow *self)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (ROUNDS_IS_DATE_ROW (self), NULL);

  date = gtk_calendar_get_date (self->calendar);
  return g_date_time_format (date, "%Y-%m-%d");
}

/**
 * rounds_date_row_set_date:
 * @date: a day as "2024-01-15"; anything else is left unheard
 */
void
rounds_date_row_set_date (RoundsDateRow *self, const char *date)
{
  g_autoptr (GDateTime) day = NULL;
  int year, month, month_day;

  g_return_if_fail (ROUNDS_IS_DATE_ROW (self));
  g_return_if_fail (date != NULL);

  if (!rounds_wall_time_parse_date (date, &year, &month, &month_day))
    return;

  day = g_date_time_new_utc (year, month, month_day, 12, 0, 0);
  gtk_calendar_select_day (self->calendar, day);
  show_date (self);
}
