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
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
day_selected_cb (RoundsDateRow *self)
{
  show_date (self);
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
