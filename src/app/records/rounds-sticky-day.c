/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The day of the topmost row of a list, over the list's edge.
 * It looks like the list's own headers, and a screen reader hears of those alone.
 */

#include "config.h"

#include "rounds-sticky-day.h"

struct _RoundsStickyDay
{
  AdwBin parent_instance;

  GtkLabel *label; /* borrowed: the child */
  GtkListView *list; /* NULL before it follows one */
  RoundsStickyDayFunc describe;
  gpointer describe_data;
  guint idle;
};

G_DEFINE_FINAL_TYPE (RoundsStickyDay, rounds_sticky_day, ADW_TYPE_BIN)

/* A child of the list view holds either a header's label or a row. */
static void
show_day_of (RoundsStickyDay *self, GtkWidget *content)
{
  g_autofree char *day = NULL;

  if (GTK_IS_LABEL (content))
    day = g_strdup (gtk_label_get_label (GTK_LABEL (content)));
  else if (content != NULL)
    day = self->describe (content, self->describe_data);
  if (day != NULL)
    gtk_label_set_label (self->label, day);
}

static void
on_idle (gpointer user_data)
{
  RoundsStickyDay *self = user_data;
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkSelectionModel *rows = gtk_list_view_get_model (self->list);
  GtkWidget *child = gtk_widget_pick (list, gtk_widget_get_width (list) / 2.0, 1,
                                      GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  self->idle = 0;
  while (child != NULL && child != list && gtk_widget_get_parent (child) != list)
    child = gtk_widget_get_parent (child);
  if (child != NULL && child != list)
    show_day_of (self, gtk_widget_get_first_child (child));
  gtk_widget_set_visible (GTK_WIDGET (self),
                          *gtk_label_get_label (self->label) != '\0' && rows != NULL
                              && g_list_model_get_n_items (G_LIST_MODEL (rows)) > 0);
}

/* After the frame in which the rows moved. */
static void
on_scrolled_cb (RoundsStickyDay *self)
{
  if (self->idle != 0)
    return;

  self->idle = g_idle_add_once (on_idle, self);
  g_source_set_priority (g_main_context_find_source_by_id (NULL, self->idle),
                         GDK_PRIORITY_REDRAW + 10);
}

static void
rounds_sticky_day_dispose (GObject *object)
{
  RoundsStickyDay *self = ROUNDS_STICKY_DAY (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  self->list = NULL;

  G_OBJECT_CLASS (rounds_sticky_day_parent_class)->dispose (object);
}

static void
rounds_sticky_day_class_init (RoundsStickyDayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_sticky_day_dispose;
}

static void
rounds_sticky_day_init (RoundsStickyDay *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rounds_sticky_day_follow:
 * @scroller: around @list
 * @describe: says the day of a row
 */
void
rounds_sticky_day_follow (RoundsStickyDay *self, GtkScrolledWindow *scroller, GtkListView *list,
                          RoundsStickyDayFunc describe, gpointer user_data)
{
  GtkAdjustment *adjustment;

  g_return_if_fail (ROUNDS_IS_STICKY_DAY (self));
  g_return_if_fail (GTK_IS_LIST_VIEW (list));
  g_return_if_fail (self->list == NULL);

  self->list = list;
  self->describe = describe;
  self->describe_data = user_data;
  adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}
