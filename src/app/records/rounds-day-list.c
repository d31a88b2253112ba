/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Entries in a list with the days as headers, the day on top always in sight.
 * What choosing or opening a row leads to is the page's.
 */

#include "config.h"

#include "rounds-day-list.h"

#include "rounds-day-sections.h"
#include "rounds-entry-row.h"
#include "rounds-entry-words.h"
#include "rounds-focus.h"
#include "rounds-time-words.h"
#include "rounds-wall-time.h"

/* The way to today: by the end, so that it comes to stand at the top and not at the bottom; then a
 * little back, so that its header shows. Each step needs the layout of the one before. */
typedef enum
{
  SCROLL_TO_END,
  SCROLL_TO_TODAY,
  SCROLL_TO_HEADER,
  SCROLL_DONE,
} ScrollStep;

/* Rows that came in the place of others, in which the chosen one is looked for. */
#define MOST_SEARCHED 64

struct _RoundsDayList
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list_view;
  GtkLabel *sticky_label;

  RoundsSync *sync;
  RoundsClock *clock;
  RoundsDaySections *days;
  GtkSingleSelection *selection;
  ScrollStep scroll_step;
  guint scroll_tick;
  guint sticky_source;
  RoundsEntry *chosen; /* what was shown to the page last; or NULL */
  gboolean is_choice_on_its_way; /* a row was chosen whose record is not read yet */
  RoundsFocusDebt focus_debt; /* until the list stands at today */
};

G_DEFINE_FINAL_TYPE (RoundsDayList, rounds_day_list, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ONE_CLICK,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_OPENED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static char *
dup_day (RoundsDayList *self, RoundsEntry *entry)
{
  return rounds_time_words_day (rounds_entry_get_range (entry).start,
                                rounds_clock_now (self->clock));
}

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

/* A child of the list view holds either a header's label or a row. */
static void
show_sticky_day (RoundsDayList *self, GtkWidget *content)
{
  if (GTK_IS_LABEL (content))
    gtk_label_set_label (self->sticky_label, gtk_label_get_label (GTK_LABEL (content)));
  else if (ROUNDS_IS_ENTRY_ROW (content))
    {
      RoundsEntry *entry = rounds_entry_row_get_entry (ROUNDS_ENTRY_ROW (content));
      g_autofree char *day = entry != NULL ? dup_day (self, entry) : NULL;

      if (day != NULL)
        gtk_label_set_label (self->sticky_label, day);
    }
}

static gboolean
on_sticky_idle_cb (gpointer data)
{
  RoundsDayList *self = data;
  GtkWidget *list = GTK_WIDGET (self->list_view);
  GtkWidget *child = gtk_widget_pick (list, gtk_widget_get_width (list) / 2.0, 1,
                                      GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  self->sticky_source = 0;
  while (child != NULL && child != list && gtk_widget_get_parent (child) != list)
    child = gtk_widget_get_parent (child);
  if (child != NULL && child != list)
    show_sticky_day (self, gtk_widget_get_first_child (child));
  gtk_widget_set_visible (GTK_WIDGET (self->sticky_label),
                          *gtk_label_get_label (self->sticky_label) != '\0'
                              && g_list_model_get_n_items (G_LIST_MODEL (self->days)) > 0);
  return G_SOURCE_REMOVE;
}

/* After the frame in which the rows moved. */
static void
on_scrolled_cb (RoundsDayList *self)
{
  if (self->sticky_source == 0 && self->days != NULL)
    self->sticky_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_sticky_idle_cb, self, NULL);
}

static int
get_header_height (RoundsDayList *self)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (self->sticky_label), GTK_ORIENTATION_VERTICAL, -1, NULL, &height,
                      NULL, NULL);
  return height;
}

static void
scroll_to (RoundsDayList *self, guint position, GtkListScrollFlags flags)
{
  gtk_list_view_scroll_to (self->list_view, position, flags, NULL);
}

static void
end_scroll (RoundsDayList *self)
{
  self->scroll_step = SCROLL_DONE;
  self->scroll_tick = 0;
  /* Unless it went somewhere else meanwhile, to the details or the search. */
  if (rounds_focus_debt_is_due (&self->focus_debt, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  self->focus_debt.is_due = FALSE;
}

static gboolean
on_scroll_tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer data)
{
  RoundsDayList *self = data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->days));
  gint64 today = rounds_wall_time_day_of (NULL, rounds_clock_now (self->clock)).start;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  /* Not laid out yet: there is nothing to scroll. */
  if (gtk_adjustment_get_page_size (adjustment) == 0)
    return G_SOURCE_CONTINUE;
  if (n_items == 0)
    self->scroll_step = SCROLL_DONE;

  switch (self->scroll_step)
    {
    case SCROLL_TO_END:
      scroll_to (self, n_items - 1, GTK_LIST_SCROLL_NONE);
      self->scroll_step = SCROLL_TO_TODAY;
      return G_SOURCE_CONTINUE;
    case SCROLL_TO_TODAY:
      gtk_widget_set_visible (GTK_WIDGET (self->sticky_label), TRUE);
      /* The keyboard, too, enters the list here. */
      scroll_to (self, MIN (rounds_day_sections_find (self->days, today), n_items - 1),
                 GTK_LIST_SCROLL_FOCUS);
      self->scroll_step = SCROLL_TO_HEADER;
      return G_SOURCE_CONTINUE;
    case SCROLL_TO_HEADER:
      gtk_adjustment_set_value (adjustment,
                                gtk_adjustment_get_value (adjustment) - get_header_height (self));
      break;
    case SCROLL_DONE:
    default:
      break;
    }

  end_scroll (self);
  return G_SOURCE_REMOVE;
}

/* The position of the record of @entry; not that object: a changed record is a new one. */
static guint
find_position (RoundsDayList *self, RoundsEntry *entry)
{
  gint64 start = rounds_entry_get_range (entry).start;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->days));

  for (guint i = rounds_day_sections_find (self->days, start); i < n_items; i++)
    {
      g_autoptr (RoundsEntry) found = g_list_model_get_item (G_LIST_MODEL (self->days), i);

      if (rounds_entry_get_range (found).start != start)
        break;
      if (g_str_equal (rounds_entry_get_id (found), rounds_entry_get_id (entry)))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
on_row_setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GtkWidget *row = rounds_entry_row_new ();

  rounds_entry_row_set_compact (ROUNDS_ENTRY_ROW (row), TRUE);
  gtk_list_item_set_child (item, row);
}

static void
on_selected_cb (RoundsDayList *self)
{
  RoundsEntry *entry = rounds_day_list_get_chosen (self);

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
    }
}

/* What is far down a long list is on its way for a moment: its row stands there, empty. */
static void
show_row (RoundsDayList *self, GtkListItem *item)
{
  RoundsEntry *entry = gtk_list_item_get_item (item);
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStore *store = rounds_sync_get_store (self->sync);
  g_autofree char *spoken = rounds_entry_words_spoken (entry, viewer, store);

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
    on_selected_cb (self);
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
  g_autofree char *day = dup_day (self, gtk_list_header_get_item (header));

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

static void
make_factories (RoundsDayList *self)
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

static void
on_activate_cb (RoundsDayList *self, guint position)
{
  g_autoptr (RoundsEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->days), position);

  if (entry != NULL && rounds_entry_is_loaded (entry))
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, entry);
}

static void
rounds_day_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoundsDayList *self = ROUNDS_DAY_LIST (object);

  switch (prop_id)
    {
    case PROP_ONE_CLICK:
      g_value_set_boolean (value, gtk_list_view_get_single_click_activate (self->list_view));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_day_list_set_property (GObject *object, guint prop_id, const GValue *value,
                              GParamSpec *pspec)
{
  RoundsDayList *self = ROUNDS_DAY_LIST (object);

  switch (prop_id)
    {
    case PROP_ONE_CLICK:
      gtk_list_view_set_single_click_activate (self->list_view, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_day_list_dispose (GObject *object)
{
  RoundsDayList *self = ROUNDS_DAY_LIST (object);

  g_clear_handle_id (&self->sticky_source, g_source_remove);
  if (self->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_tick);
  self->scroll_tick = 0;
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
  object_class->get_property = rounds_day_list_get_property;
  object_class->set_property = rounds_day_list_set_property;

  properties[PROP_ONE_CLICK] = g_param_spec_boolean ("one-click", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", ROUNDS_TYPE_DAY_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", ROUNDS_TYPE_DAY_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/records/rounds-day-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDayList, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayList, list_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayList, sticky_label);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
rounds_day_list_init (RoundsDayList *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rounds_day_list_set_entries:
 * @entries: (transfer none): #RoundsEntry ordered by start
 * @sync: (transfer none): knows viewer and names
 * @clock: (transfer none): what "today" is
 *
 * To be called once.
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
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->days)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_cb),
                           self, G_CONNECT_SWAPPED);
  /* After the selection has heard of it. */
  g_signal_connect_object (self->days, "items-changed", G_CALLBACK (on_days_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  make_factories (self);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
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
 * rounds_day_list_scroll_to_today:
 *
 * Brings the first entry from today on to the top, with its header, at the next frames. The focus
 * enters the list there, but is not taken from where it is.
 */
void
rounds_day_list_scroll_to_today (RoundsDayList *self)
{
  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));

  self->scroll_step = SCROLL_TO_END;
  if (self->scroll_tick == 0)
    self->scroll_tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_scroll_tick_cb, self, NULL);
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
 * Selects the row of @entry, so that one sees where it stands; the list is not scrolled.
 */
void
rounds_day_list_choose (RoundsDayList *self, RoundsEntry *entry)
{
  g_return_if_fail (ROUNDS_IS_DAY_LIST (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (entry));

  g_clear_object (&self->chosen);
  gtk_single_selection_set_selected (self->selection, find_position (self, entry));
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

  stands = self->scroll_tick == 0;
  if (stands)
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  rounds_focus_debt_set (&self->focus_debt, GTK_WIDGET (self), stands);
}
