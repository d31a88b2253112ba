/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How a day list shows entries and days: its rows and its headers, made, filled and let go.
 * Which one is chosen is in rounds-day-list.c.
 */

#include "config.h"

#include "rounds-day-list-private.h"

#include "rounds-entry-row.h"
#include "rounds-entry-words.h"
#include "rounds-time-words.h"

static GtkWidget *
make_header (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "day-header");
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
on_row_setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GtkWidget *row = rounds_entry_row_new ();

  rounds_entry_row_set_compact (ROUNDS_ENTRY_ROW (row), TRUE);
  gtk_list_item_set_child (item, row);
}

/* What is far down a long list is on its way for a moment: its row stands there, empty. */
static void
show_row (RoundsDayList *self, GtkListItem *item)
{
  RoundsEntry *entry = gtk_list_item_get_item (item);
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStore *store = rounds_sync_get_store (self->sync);
  g_autofree char *spoken = NULL;

  /* Of a row that is on its way, the time is known. */
  if (rounds_entry_is_loaded (entry))
    spoken = rounds_entry_words_spoken (entry, viewer, store);
  else
    spoken = rounds_time_words_clock (rounds_entry_get_range (entry).start, NULL);

  rounds_entry_row_show (ROUNDS_ENTRY_ROW (gtk_list_item_get_child (item)), entry, viewer, store,
                         NULL);
  gtk_widget_set_opacity (gtk_list_item_get_child (item), rounds_entry_is_loaded (entry) ? 1 : 0);
  gtk_list_item_set_accessible_label (item, spoken);
}

static void
on_entry_loaded_cb (GtkListItem *item)
{
  GtkWidget *list = gtk_widget_get_ancestor (gtk_list_item_get_child (item), ROUNDS_TYPE_DAY_LIST);
  RoundsDayList *self = ROUNDS_DAY_LIST (list);

  show_row (self, item);
  if (self->is_choice_on_its_way && gtk_list_item_get_selected (item))
    rounds_day_list_take_choice (self);
}

static void
on_row_bind_cb (GtkListItemFactory *factory, GtkListItem *item, RoundsDayList *self)
{
  show_row (self, item);
  g_signal_connect_object (gtk_list_item_get_item (item), "loaded", G_CALLBACK (on_entry_loaded_cb),
                           item, G_CONNECT_SWAPPED);
}

static void
on_row_unbind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_entry_loaded_cb, item);
}

static void
on_header_setup_cb (GtkListItemFactory *factory, GtkListHeader *header, gpointer unused)
{
  gtk_list_header_set_child (header, make_header ());
}

static void
on_header_bind_cb (GtkListItemFactory *factory, GtkListHeader *header, RoundsDayList *self)
{
  g_autofree char *day = rounds_day_list_dup_day (self, gtk_list_header_get_item (header));

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

void
rounds_day_list_make_factories (RoundsDayList *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();

  g_signal_connect (rows, "setup", G_CALLBACK (on_row_setup_cb), NULL);
  g_signal_connect_object (rows, "bind", G_CALLBACK (on_row_bind_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_row_unbind_cb), NULL);
  g_signal_connect (headers, "setup", G_CALLBACK (on_header_setup_cb), NULL);
  g_signal_connect_object (headers, "bind", G_CALLBACK (on_header_bind_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_list_view_set_factory (self->list_view, rows);
  gtk_list_view_set_header_factory (self->list_view, headers);
}
