/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The first view: what comes next, who waits, and the day in one list.
 * It reads list models and the clock; its buttons name the window's record actions.
 */

#include "config.h"

#include "rounds-today-page.h"

#include <glib/gi18n.h>

#include "rounds-day-group.h"
#include "rounds-focus.h"
#include "rounds-join-time.h"
#include "rounds-next-card.h"
#include "rounds-sync-banner.h"
#include "rounds-time-words.h"
#include "rounds-waiting-group.h"
#include "rounds-waiting-model.h"
#include "rounds-wall-time.h"

struct _RoundsTodayPage
{
  AdwBin parent_instance;

  AdwWindowTitle *window_title;
  GtkMenuButton *new_button;
  RoundsSyncBanner *banner;
  GtkStack *stack;
  RoundsNextCard *next_card;
  RoundsWaitingGroup *waiting_group;
  RoundsDayGroup *day_group;

  RoundsSync *sync;
  RoundsClock *clock;
  RoundsTimeRange day;
  RoundsEntryList *today;
  RoundsEntryList *tomorrow;
  GListModel *waiting; /* the ones of today who have arrived */
  guint tick_source;
  guint n_waiting;
  gboolean is_compact;
  RoundsFocusDebt focus_debt; /* until there is a day */
};

G_DEFINE_FINAL_TYPE (RoundsTodayPage, rounds_today_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_N_WAITING,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static RoundsStoreQuery
make_query (RoundsTimeRange range, gboolean hide_over)
{
  return (RoundsStoreQuery){
    .appointments = TRUE,
    .meetings = TRUE,
    .range = range,
    .hide_over = hide_over,
  };
}

static gint64
get_now (RoundsTodayPage *self)
{
  return rounds_clock_now (self->clock);
}

static void
show_date (RoundsTodayPage *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (get_now (self));
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  /* Translators: today's date under the title, as g_date_time_format() takes it. */
  g_autofree char *date = g_date_time_format (local, _ ("%A, %-d %B"));

  adw_window_title_set_subtitle (self->window_title, date);
}

static void
show_next (RoundsTodayPage *self)
{
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStore *store = rounds_sync_get_store (self->sync);
  g_autoptr (RoundsEntry) next = rounds_today_page_dup_next (self);
  g_autoptr (RoundsEntry) tomorrow = NULL;

  if (next != NULL)
    {
      rounds_next_card_show_entry (self->next_card, next, viewer, store, get_now (self));
      return;
    }

  tomorrow = g_list_model_get_item (G_LIST_MODEL (self->tomorrow), 0);
  rounds_next_card_show_done (self->next_card, tomorrow, viewer, store, get_now (self));
}

/* Who waits longest is on the card already. */
static void
show_waiting (RoundsTodayPage *self)
{
  guint n_waiting = g_list_model_get_n_items (self->waiting);
  g_autoptr (RoundsEntry) next = rounds_today_page_dup_next (self);

  rounds_waiting_group_leave_out (self->waiting_group, next);
  if (self->n_waiting == n_waiting)
    return;

  self->n_waiting = n_waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

/* Whether to where it belongs: to what is next. */
static gboolean
move_focus (RoundsTodayPage *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "day") == 0)
    return rounds_next_card_take_focus (self->next_card)
           || rounds_day_group_take_focus (self->day_group);
  if (!gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD))
    rounds_focus_move_to (GTK_WIDGET (self->new_button));
  return FALSE;
}

static void
show_state (RoundsTodayPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->today));
  /* Before the stack moves it to whatever comes first. */
  gboolean is_focus_due = rounds_focus_debt_is_due (&self->focus_debt, GTK_WIDGET (self));

  if (n_items > 0)
    gtk_stack_set_visible_child_name (self->stack, "day");
  else if (!rounds_entry_list_get_loaded (self->today)
           || (rounds_sync_get_last_sync (self->sync) == ROUNDS_TIME_NONE
               && rounds_sync_get_state (self->sync) == ROUNDS_SYNC_BUSY))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");

  show_next (self);
  show_waiting (self);
  if (is_focus_due)
    rounds_today_page_take_focus (self);
}

/* A new day has begun: ask for it. */
static void
turn_day (RoundsTodayPage *self)
{
  RoundsTimeRange day = rounds_wall_time_day_of (NULL, get_now (self));
  RoundsStoreQuery today = make_query (day, FALSE);
  RoundsStoreQuery tomorrow
      = make_query (rounds_wall_time_day_offset (NULL, get_now (self), 1), TRUE);

  if (day.start == self->day.start)
    return;
  self->day = day;
  rounds_entry_list_set_query (self->today, &today);
  rounds_entry_list_set_query (self->tomorrow, &tomorrow);
  show_date (self);
}

static void
tick (RoundsTodayPage *self)
{
  turn_day (self);
  rounds_day_group_tick (self->day_group);
  rounds_waiting_group_tick (self->waiting_group);
  show_next (self);
  show_waiting (self);
}

static gboolean
on_tick_cb (gpointer data)
{
  tick (data);
  return G_SOURCE_CONTINUE;
}

static void
make_models (RoundsTodayPage *self)
{
  RoundsStore *store = rounds_sync_get_store (self->sync);
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStoreQuery query;

  self->day = rounds_wall_time_day_of (NULL, get_now (self));
  query = make_query (self->day, FALSE);
  self->today = rounds_store_list (store, &query);
  query = make_query (rounds_wall_time_day_offset (NULL, get_now (self), 1), TRUE);
  self->tomorrow = rounds_store_list (store, &query);
  self->waiting = rounds_waiting_model_new (G_LIST_MODEL (self->today));
  rounds_day_group_set_entries (self->day_group, G_LIST_MODEL (self->today), self->sync,
                                self->clock);
  if (viewer->role != ROUNDS_ROLE_PATIENT)
    rounds_waiting_group_set_model (self->waiting_group, self->waiting, self->sync, self->clock);
}

static void
watch_models (RoundsTodayPage *self)
{
  g_signal_connect_object (self->today, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->today, "notify::loaded", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tomorrow, "items-changed", G_CALLBACK (show_next), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waiting, "items-changed", G_CALLBACK (show_waiting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
}

static void
rounds_today_page_map (GtkWidget *widget)
{
  RoundsTodayPage *self = ROUNDS_TODAY_PAGE (widget);

  GTK_WIDGET_CLASS (rounds_today_page_parent_class)->map (widget);
  if (self->sync == NULL)
    return;
  self->tick_source = g_timeout_add_seconds (10, on_tick_cb, self);
  tick (self);
}

static void
rounds_today_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&ROUNDS_TODAY_PAGE (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (rounds_today_page_parent_class)->unmap (widget);
}

static void
rounds_today_page_dispose (GObject *object)
{
  RoundsTodayPage *self = ROUNDS_TODAY_PAGE (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  /* Disposing of the template would take this child away behind the parent class's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_TODAY_PAGE);
  g_clear_object (&self->waiting);
  g_clear_object (&self->tomorrow);
  g_clear_object (&self->today);
  g_clear_object (&self->sync);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_today_page_parent_class)->dispose (object);
}

static void
set_compact (RoundsTodayPage *self, gboolean is_compact)
{
  if (self->is_compact == is_compact)
    return;

  self->is_compact = is_compact;
  rounds_waiting_group_set_compact (self->waiting_group, is_compact);
  rounds_day_group_set_compact (self->day_group, is_compact);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

static void
rounds_today_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, ROUNDS_TODAY_PAGE (object)->is_compact);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, ROUNDS_TODAY_PAGE (object)->n_waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_today_page_set_property (GObject *object, guint prop_id, const GValue *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COMPACT:
      set_compact (ROUNDS_TODAY_PAGE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_today_page_class_init (RoundsTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_today_page_dispose;
  object_class->get_property = rounds_today_page_get_property;
  object_class->set_property = rounds_today_page_set_property;
  widget_class->map = rounds_today_page_map;
  widget_class->unmap = rounds_today_page_unmap;

  properties[PROP_COMPACT]
      = g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROUNDS_TYPE_DAY_GROUP);
  g_type_ensure (ROUNDS_TYPE_NEXT_CARD);
  g_type_ensure (ROUNDS_TYPE_SYNC_BANNER);
  g_type_ensure (ROUNDS_TYPE_WAITING_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/agenda/rounds-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, next_card);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, day_group);
}

static void
rounds_today_page_init (RoundsTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_today_page_set_sync:
 * @sync: (transfer none): the account's engine
 * @clock: (transfer none): what "now" and "today" are
 * @server: (nullable): the base URL, for its host
 *
 * To be called once, before the page is shown.
 */
void
rounds_today_page_set_sync (RoundsTodayPage *self, RoundsSync *sync, RoundsClock *clock,
                            const char *server)
{
  g_return_if_fail (ROUNDS_IS_TODAY_PAGE (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));
  g_return_if_fail (self->sync == NULL);

  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  rounds_sync_banner_set_sync (self->banner, sync, clock, server);
  make_models (self);
  watch_models (self);
  show_date (self);
  show_state (self);
}

/**
 * rounds_today_page_dup_next:
 * Returns: (transfer full) (nullable): what comes next.
 */
RoundsEntry *
rounds_today_page_dup_next (RoundsTodayPage *self)
{
  g_return_val_if_fail (ROUNDS_IS_TODAY_PAGE (self), NULL);

  return rounds_join_find_next (G_LIST_MODEL (self->today), get_now (self));
}

/**
 * rounds_today_page_take_focus:
 *
 * Moves the focus to what is next, as soon as that is known.
 */
void
rounds_today_page_take_focus (RoundsTodayPage *self)
{
  g_return_if_fail (ROUNDS_IS_TODAY_PAGE (self));

  rounds_focus_debt_set (&self->focus_debt, GTK_WIDGET (self), move_focus (self));
}
