/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All about one appointment or meeting, with the steps that are sensible now.
 * It changes nothing itself: its buttons name the window's record actions.
 */

#include "config.h"

#include "rounds-details-page.h"

#include <glib/gi18n.h>

#include "rounds-entry-follower.h"
#include "rounds-entry-words.h"
#include "rounds-error-words.h"
#include "rounds-facts-view.h"
#include "rounds-focus.h"
#include "rounds-join-time.h"
#include "rounds-record-menu.h"
#include "rounds-status-look.h"
#include "rounds-status-pill.h"
#include "rounds-steps.h"
#include "rounds-time-words.h"

struct _RoundsDetailsPage
{
  AdwNavigationPage parent_instance;

  AdwBanner *delivery_banner;
  GtkStack *stack;
  AdwStatusPage *nothing_page;
  GtkImage *kind_image;
  GtkLabel *title_label;
  GtkLabel *when_label;
  GtkLabel *elsewhere_label;
  RoundsStatusPill *pill;
  AdwWrapBox *buttons;
  GtkButton *join_button;
  GtkLabel *opens_label;
  GtkButton *step_button;
  GtkMenuButton *menu_button;
  RoundsFactsView *facts;
  AdwPreferencesGroup *link_group;
  GtkButton *copy_link_button;
  GtkButton *open_link_button;

  RoundsSync *sync;
  RoundsClock *clock;
  RoundsEntryFollower *follower; /* of entry */
  RoundsEntry *entry;
  guint tick_source; /* the door of a call opens while one looks at it */
};

G_DEFINE_FINAL_TYPE (RoundsDetailsPage, rounds_details_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_times (RoundsDetailsPage *self)
{
  gint64 now = rounds_clock_now (self->clock);
  RoundsTimeRange range = rounds_entry_get_range (self->entry);
  RoundsAppointment *appointment = rounds_entry_get_appointment (self->entry);
  g_autofree char *day = rounds_time_words_day (range.start, now);
  g_autofree char *span = rounds_time_words_span (range, NULL);
  g_autofree char *when = NULL;
  g_autofree char *elsewhere = NULL;

  /* Translators: a day, then a time span: "Today, 09:00–09:30". */
  when = g_strdup_printf (C_ ("day and span", "%s, %s"), day, span);
  gtk_label_set_label (self->when_label, when);

  if (appointment != NULL)
    elsewhere = rounds_time_words_elsewhere (range, appointment->timezone);
  gtk_label_set_label (self->elsewhere_label, elsewhere != NULL ? elsewhere : "");
  gtk_widget_set_visible (GTK_WIDGET (self->elsewhere_label), elsewhere != NULL);
}

/* The one next step as a button, all else in the menu. */
static void
show_steps (RoundsDetailsPage *self)
{
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStep steps[ROUNDS_MAX_STEPS];
  guint n_steps = rounds_steps_list (viewer, self->entry, steps);
  gboolean has_step = n_steps > 0 && !steps[0].cancels;
  g_autoptr (GMenuModel) menu = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->step_button), has_step);
  if (has_step)
    {
      gtk_button_set_label (self->step_button, steps[0].label);
      rounds_record_set_action (GTK_ACTIONABLE (self->step_button), "record.change",
                                rounds_record_change_target (self->entry, steps[0].to));
    }

  menu = rounds_record_menu_new (viewer, self->entry, has_step ? steps[0].to : -1, FALSE);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), menu != NULL);
}

static void
show_join (RoundsDetailsPage *self)
{
  gint64 now = rounds_clock_now (self->clock);
  gboolean is_open = rounds_join_is_open (self->entry, now);
  gboolean is_ahead = rounds_entry_has_call (self->entry) && !rounds_entry_is_over (self->entry)
                      && now < rounds_join_opens_at (self->entry);

  gtk_widget_set_visible (GTK_WIDGET (self->join_button), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->opens_label), is_ahead);
  gtk_widget_set_visible (GTK_WIDGET (self->link_group), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons),
                          is_open || is_ahead
                              || gtk_widget_get_visible (GTK_WIDGET (self->step_button))
                              || gtk_widget_get_visible (GTK_WIDGET (self->menu_button)));
  if (is_ahead)
    {
      g_autofree char *opens = rounds_time_words_opens (rounds_join_opens_at (self->entry), now);

      gtk_label_set_label (self->opens_label, opens);
    }
}

static void
show_targets (RoundsDetailsPage *self)
{
  rounds_record_set_action (GTK_ACTIONABLE (self->join_button), "record.join",
                            rounds_record_target (self->entry));
  rounds_record_set_action (GTK_ACTIONABLE (self->copy_link_button), "record.copy-link",
                            rounds_record_target (self->entry));
  rounds_record_set_action (GTK_ACTIONABLE (self->open_link_button), "record.open-link",
                            rounds_record_target (self->entry));
}

/* What the server does not know about it, and the way to what can be done. */
static void
show_delivery (RoundsDetailsPage *self)
{
  const char *title = NULL;
  const char *button = _ ("_Decide…");

  switch (rounds_entry_get_delivery (self->entry))
    {
    case ROUNDS_DELIVERY_UNSENT:
      title = _ ("The server has not got your change yet");
      button = _ ("_Show");
      break;
    case ROUNDS_DELIVERY_REFUSED:
      title = _ ("The server did not take your change");
      break;
    case ROUNDS_DELIVERY_IN_CONFLICT:
      title = _ ("You and somebody else have changed the same");
      break;
    case ROUNDS_DELIVERY_DONE:
    default:
      break;
    }
  if (title != NULL)
    {
      adw_banner_set_title (self->delivery_banner, title);
      adw_banner_set_button_label (self->delivery_banner, button);
    }
  adw_banner_set_revealed (self->delivery_banner, title != NULL);
}

static void
show_entry (RoundsDetailsPage *self)
{
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStore *store = rounds_sync_get_store (self->sync);
  g_autofree char *title = rounds_entry_words_title (self->entry, viewer, store);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  gtk_label_set_label (self->title_label, title);
  gtk_image_set_from_icon_name (self->kind_image, rounds_entry_words_icon (self->entry));
  rounds_status_pill_set_look (self->pill, rounds_status_look_of_entry (self->entry));
  show_times (self);
  rounds_facts_view_show (self->facts, self->entry, store);
  show_targets (self);
  show_steps (self);
  show_join (self);
  show_delivery (self);
  gtk_stack_set_visible_child_name (self->stack, "entry");
}

static void
on_failed_cb (RoundsDetailsPage *self, const GError *error)
{
  g_autofree char *line = rounds_error_words_line (error, NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", line);
}

static void
on_directory_changed_cb (RoundsDetailsPage *self)
{
  if (self->entry != NULL)
    show_entry (self);
}

static gboolean
on_tick_cb (gpointer data)
{
  RoundsDetailsPage *self = data;

  if (self->entry != NULL)
    {
      show_times (self);
      show_join (self);
    }
  return G_SOURCE_CONTINUE;
}

static void
rounds_details_page_map (GtkWidget *widget)
{
  RoundsDetailsPage *self = ROUNDS_DETAILS_PAGE (widget);

  GTK_WIDGET_CLASS (rounds_details_page_parent_class)->map (widget);
  self->tick_source = g_timeout_add_seconds (15, on_tick_cb, self);
  on_tick_cb (self);
}

static void
rounds_details_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&ROUNDS_DETAILS_PAGE (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (rounds_details_page_parent_class)->unmap (widget);
}

static void
rounds_details_page_dispose (GObject *object)
{
  RoundsDetailsPage *self = ROUNDS_DETAILS_PAGE (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->follower != NULL)
    rounds_entry_follower_set_entry (self->follower, NULL);
  g_clear_object (&self->follower);
  g_clear_object (&self->entry);
  g_clear_object (&self->sync);
  g_clear_object (&self->clock);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_DETAILS_PAGE);

  G_OBJECT_CLASS (rounds_details_page_parent_class)->dispose (object);
}

static void
rounds_details_page_class_init (RoundsDetailsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_details_page_dispose;
  widget_class->map = rounds_details_page_map;
  widget_class->unmap = rounds_details_page_unmap;

  g_type_ensure (ROUNDS_TYPE_FACTS_VIEW);
  g_type_ensure (ROUNDS_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/records/rounds-details-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, delivery_banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, kind_image);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, when_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, elsewhere_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, pill);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, join_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, opens_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, step_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, facts);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, link_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, copy_link_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsDetailsPage, open_link_button);
}

static void
rounds_details_page_init (RoundsDetailsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_details_page_set_sync:
 * @sync: (transfer none): the account's engine
 * @clock: (transfer none): what "now" is
 *
 * To be called once, before anything is shown.
 */
void
rounds_details_page_set_sync (RoundsDetailsPage *self, RoundsSync *sync, RoundsClock *clock)
{
  RoundsStore *store;

  g_return_if_fail (ROUNDS_IS_DETAILS_PAGE (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));
  g_return_if_fail (self->sync == NULL);

  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  store = rounds_sync_get_store (sync);
  self->follower = rounds_entry_follower_new (store);
  g_signal_connect_object (self->follower, "changed", G_CALLBACK (rounds_details_page_show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->follower, "failed", G_CALLBACK (on_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "directory-changed", G_CALLBACK (on_directory_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rounds_details_page_show:
 * @entry: (nullable): what to show
 *
 * Shows @entry and follows it in the store; %NULL shows that nothing is chosen.
 */
void
rounds_details_page_show (RoundsDetailsPage *self, RoundsEntry *entry)
{
  g_return_if_fail (ROUNDS_IS_DETAILS_PAGE (self));
  g_return_if_fail (entry == NULL || self->sync != NULL);

  g_set_object (&self->entry, entry);
  if (self->follower != NULL)
    rounds_entry_follower_set_entry (self->follower, entry);
  if (entry != NULL)
    {
      show_entry (self);
      return;
    }

  adw_banner_set_revealed (self->delivery_banner, FALSE);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Details"));
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

/**
 * rounds_details_page_set_has_choice:
 * @has_choice: whether there is anything to choose from
 *
 * Beside a list with nothing in it, the page stays empty instead of asking to choose.
 */
void
rounds_details_page_set_has_choice (RoundsDetailsPage *self, gboolean has_choice)
{
  g_return_if_fail (ROUNDS_IS_DETAILS_PAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->nothing_page), has_choice);
}

/**
 * rounds_details_page_take_focus:
 *
 * Returns: whether there is anything that takes it
 */
gboolean
rounds_details_page_take_focus (RoundsDetailsPage *self)
{
  return rounds_focus_move_to (GTK_WIDGET (self->join_button))
         || rounds_focus_move_to (GTK_WIDGET (self->step_button))
         || rounds_focus_move_to (GTK_WIDGET (self->menu_button))
         || gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}
