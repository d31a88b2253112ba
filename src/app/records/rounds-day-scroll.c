/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Brings one row of a list with headers to the top of the view, with its header.
 * Which row that is, the list says at each step: it may still grow.
 */

#include "config.h"

#include "rounds-day-scroll.h"

/* By the end, so that the row comes to stand at the top and not at the bottom; then a little back,
 * so that its header shows. Each step needs the layout of the one before. */
typedef enum
{
  SCROLL_TO_END,
  SCROLL_TO_ROW,
  SCROLL_TO_HEADER,
  SCROLL_DONE,
} ScrollStep;

struct _RoundsDayScroll
{
  GObject parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list_view;
  GtkWidget *header;
  RoundsDayScrollFunc find;
  gpointer find_data;
  ScrollStep step;
  guint tick;
};

G_DEFINE_FINAL_TYPE (RoundsDayScroll, rounds_day_scroll, G_TYPE_OBJECT)

enum
{
  SIGNAL_ARRIVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static int
get_header_height (RoundsDayScroll *self)
{
  int height;

  gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

static void
scroll_to (RoundsDayScroll *self, guint position, GtkListScrollFlags flags)
{
  gtk_list_view_scroll_to (self->list_view, position, flags, NULL);
}

/* Returns whether there is another step. */
static gboolean
take_step (RoundsDayScroll *self, GtkAdjustment *adjustment, guint n_items)
{
  switch (self->step)
    {
    case SCROLL_TO_END:
      scroll_to (self, n_items - 1, GTK_LIST_SCROLL_NONE);
      self->step = SCROLL_TO_ROW;
      return TRUE;
    case SCROLL_TO_ROW:
      gtk_widget_set_visible (self->header, TRUE);
      /* The keyboard, too, enters the list here. */
      scroll_to (self, MIN (self->find (n_items, self->find_data), n_items - 1),
                 GTK_LIST_SCROLL_FOCUS);
      self->step = SCROLL_TO_HEADER;
      return TRUE;
    case SCROLL_TO_HEADER:
      gtk_adjustment_set_value (adjustment,
                                gtk_adjustment_get_value (adjustment) - get_header_height (self));
      return FALSE;
    case SCROLL_DONE:
    default:
      return FALSE;
    }
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer data)
{
  RoundsDayScroll *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (self->list_view));
  guint n_items = rows != NULL ? g_list_model_get_n_items (rows) : 0;

  /* Not laid out yet: there is nothing to scroll. */
  if (gtk_adjustment_get_page_size (adjustment) == 0)
    return G_SOURCE_CONTINUE;
  if (n_items > 0 && take_step (self, adjustment, n_items))
    return G_SOURCE_CONTINUE;

  self->step = SCROLL_DONE;
  self->tick = 0;
  g_signal_emit (self, signals[SIGNAL_ARRIVED], 0);
  return G_SOURCE_REMOVE;
}

static void
rounds_day_scroll_class_init (RoundsDayScrollClass *klass)
{
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", ROUNDS_TYPE_DAY_SCROLL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_day_scroll_init (RoundsDayScroll *self)
{
  self->step = SCROLL_DONE;
}

/**
 * rounds_day_scroll_new:
 * @header: as high as a header of the list; shown on the way
 *
 * Returns: (transfer full): one that stands still. It borrows the widgets.
 */
RoundsDayScroll *
rounds_day_scroll_new (GtkScrolledWindow *scroller, GtkListView *list_view, GtkWidget *header)
{
  RoundsDayScroll *self;

  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scroller), NULL);
  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (header), NULL);

  self = g_object_new (ROUNDS_TYPE_DAY_SCROLL, NULL);
  self->scroller = scroller;
  self->list_view = list_view;
  self->header = header;
  return self;
}

/**
 * rounds_day_scroll_start:
 * @find: says which row is wanted, when the list is laid out
 */
void
rounds_day_scroll_start (RoundsDayScroll *self, RoundsDayScrollFunc find, gpointer user_data)
{
  g_return_if_fail (ROUNDS_IS_DAY_SCROLL (self));
  g_return_if_fail (find != NULL);

  self->find = find;
  self->find_data = user_data;
  self->step = SCROLL_TO_END;
  if (self->tick == 0)
    self->tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self->list_view), on_tick_cb, self, NULL);
}

gboolean
rounds_day_scroll_is_on_its_way (RoundsDayScroll *self)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_SCROLL (self), FALSE);

  return self->tick != 0;
}

void
rounds_day_scroll_stop (RoundsDayScroll *self)
{
  g_return_if_fail (ROUNDS_IS_DAY_SCROLL (self));

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list_view), self->tick);
  self->tick = 0;
}
