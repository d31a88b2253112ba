/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Entries in a list with the days as headers, the day on top always in sight.
 * What choosing or opening a row leads to is the page's.
 */

#include "config.h"

#include "rounds-day-list-private.h"

#include "rounds-entry-row.h"
#include "rounds-time-words.h"
#include "rounds-wall-time.h"

/* Rows that came in the place of others, in which the chosen one is looked for. */
#define MOST_SEARCHED 64

G_DEFINE_FINAL_TYPE (RoundsDayList, rounds_day_list, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_OPENED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

char *
rounds_day_list_dup_day (RoundsDayList *self, RoundsEntry *entry)
{
  return rounds_time_words_day (rounds_entry_get_range (entry).start,
                                rounds_clock_now (self->clock));
}

/* For the day over the list's edge. */
static char *
dup_day_of_row (GtkWidget *row, gpointer user_data)
{
  RoundsEntry *entry
      = ROUNDS_IS_ENTRY_ROW (row) ? rounds_entry_row_get_entry (ROUNDS_ENTRY_ROW (row)) : NULL;

  return entry != NULL ? rounds_day_list_dup_day (user_data, entry) : NULL;
}

static void
on_arrived_cb (RoundsDayList *self)
{
  /* Unless it went somewhere else meanwhile, to the details or the search. */
  if (rounds_focus_debt_is_due (&self->focus_debt, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  self->focus_debt.is_due = FALSE;
}

static guint
find_today (guint n_items, gpointer user_data)
{
  RoundsDayList *self = user_data;

  return rounds_day_sections_find (
      self->days, rounds_wall_time_day_of (NULL, rounds_clock_now (self->clock)).start);
}

static void
on_found_cb (RoundsDayList *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
}

void
rounds_day_list_take_choice (RoundsDayList *self)
{
  RoundsEntry *entry = rounds_day_list_get_chosen (self);

  if (entry != NULL)
    rounds_entry_seeker_stop (self->seeker);
  self->is_choice_on_its_way = entry != NULL && !rounds_entry_is_loaded (entry);
  if (entry == NULL || self->is_choice_on_its_way)
    return;
  g_set_object (&self->chosen, entry);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, entry);
}

static gboolean
is_chosen (RoundsDayList *self, RoundsEntry *entry)
{
  return rounds_entry_get_kind (entry) == rounds_entry_get_kind (self->chosen)
         && g_str_equal (rounds_entry_get_id (entry), rounds_entry_get_id (self->chosen));
}

/* A changed record is a new entry, for which the selection was lost: it goes to that. */
static void
on_days_changed_cb (RoundsDayList *self, guint position, guint removed, guint added)
{
  gboolean is_unread = FALSE;

  if (self->chosen == NULL || rounds_day_list_get_chosen (self) != NULL || removed == 0)
    return;
  for (guint i = position; i < position + MIN (added, MOST_SEARCHED); i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->days), i);

      if (is_chosen (self, entry))
        {
          gtk_single_selection_set_selected (self->selection, i);
          return;
        }
      is_unread |= !rounds_entry_is_loaded (entry);
    }
  if (is_unread)
    rounds_entry_seeker_seek (self->seeker, self->chosen);
}

static void
on_activate_cb (RoundsDayList *self, guint position)
{
  g_autoptr (RoundsEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->days), position);

  if (entry != NULL && rounds_entry_is_loaded (entry))
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, entry);
}

/* Rows are made when somebody looks: for a list that nobody has opened yet they would be half of
 * the work of the program's start. */
static void
rounds_day_list_map (GtkWidget *widget)
{
  RoundsDayList *self = ROUNDS_DAY_LIST (widget);

  if (self->selection != NULL && gtk_list_view_get_model (self->list_view) == NULL)
    gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  GTK_WIDGET_CLASS (rounds_day_list_parent_class)->map (widget);
}

static void
rounds_day_list_dispose (GObject *object)
{
  RoundsDayList *self = ROUNDS_DAY_LIST (object);

  if (self->scroll != NULL)
    rounds_day_scroll_stop (self->scroll);
  g_clear_object (&self->scroll);
  g_clear_object (&self->seeker);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_DAY_LIST);
  g_clear_object (&self->chosen);
  g_clear_object (&self->selection);
  g_clear_object (&self->days);
  g_clear_object (&self->sync);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_day_list_parent_class)->dispose (object);
}

static void
rounds_day_list_class_init (RoundsDayListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_day_list_dispose;
  widget_class->map = rounds_day_list_map;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", ROUNDS_TYPE_DAY_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", ROUNDS_TYPE_DAY_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);

  g_type_ensure (ROUNDS_TYPE_STICKY_DAY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/records/rounds-day-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDayList, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayList, list_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayList, sticky_day);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
rounds_day_list_init (RoundsDayList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->scroll
      = rounds_day_scroll_new (self->scroller, self->list_view, GTK_WIDGET (self->sticky_day));
  g_signal_connect_object (self->scroll, "arrived", G_CALLBACK (on_arrived_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rounds_day_list_set_entries:
 * @entries: (transfer none): #RoundsEntry ordered by start
 * @sync: (transfer none): knows viewer and names
 * @clock: (transfer none): what "today" is
 *
 * To be called once, before the list is shown.
 */
void
rounds_day_list_set_entries (RoundsDayList *self, GListModel *entries, RoundsSync *sync,
                             RoundsClock *clock)
{
  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));
  g_return_if_fail (G_IS_LIST_MODEL (entries));
  g_return_if_fail (self->days == NULL);

  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  self->days = rounds_day_sections_new (entries);
  self->seeker = rounds_entry_seeker_new (self->days);
  g_signal_connect_object (self->seeker, "found", G_CALLBACK (on_found_cb), self,
                           G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->days)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (rounds_day_list_take_choice), self, G_CONNECT_SWAPPED);
  /* After the selection has heard of it. */
  g_signal_connect_object (self->days, "items-changed", G_CALLBACK (on_days_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  rounds_sticky_day_follow (self->sticky_day, self->scroller, self->list_view, dup_day_of_row,
                            self);
  rounds_day_list_make_factories (self);
}

/**
 * rounds_day_list_set_name:
 * @name: "Appointments" or the like
 *
 * Says what a screen reader calls the list.
 */
void
rounds_day_list_set_name (RoundsDayList *self, const char *name)
{
  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/**
 * rounds_day_list_set_one_click:
 * @one_click: whether a click opens a row, instead of choosing it
 */
void
rounds_day_list_set_one_click (RoundsDayList *self, gboolean one_click)
{
  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));

  gtk_list_view_set_single_click_activate (self->list_view, one_click);
}

/**
 * rounds_day_list_scroll_to_today:
 *
 * Brings the first entry from today on to the top, with its header, at the next frames. The focus
 * enters the list there, but is not taken from where it is.
 */
void
rounds_day_list_scroll_to_today (RoundsDayList *self)
{
  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));

  rounds_day_scroll_start (self->scroll, find_today, self);
}

/**
 * rounds_day_list_get_chosen:
 * Returns: (transfer none) (nullable): the entry of the selected row.
 */
RoundsEntry *
rounds_day_list_get_chosen (RoundsDayList *self)
{
  g_return_val_if_fail (ROUNDS_IS_DAY_LIST (self), NULL);

  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

/**
 * rounds_day_list_choose:
 * @entry: what is shown beside the list
 *
 * Selects the row of @entry, so that one sees where it stands, as soon as it is read; the list is
 * not scrolled.
 */
void
rounds_day_list_choose (RoundsDayList *self, RoundsEntry *entry)
{
  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (entry));

  g_clear_object (&self->chosen);
  /* What was chosen before is not what is shown beside the list. */
  if (!rounds_entry_seeker_seek (self->seeker, entry))
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

/**
 * rounds_day_list_take_focus:
 *
 * Moves the focus to the row where the list stands. On the way to today that is later: a row that
 * is about to leave is no place for the focus.
 */
void
rounds_day_list_take_focus (RoundsDayList *self)
{
  gboolean stands;

  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));

  stands = !rounds_day_scroll_is_on_its_way (self->scroll);
  if (stands)
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  rounds_focus_debt_set (&self->focus_debt, GTK_WIDGET (self), stands);
}
