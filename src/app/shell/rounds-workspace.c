/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All that a signed-in person works in: sidebar, views, and calls over them.
 * One workspace is one account's; the window makes a new one for the next.
 */

#include "config.h"

#include "rounds-workspace.h"

#include <glib/gi18n.h>

#include "rounds-records-page.h"
#include "rounds-sidebar.h"
#include "rounds-today-page.h"

struct _RoundsWorkspace
{
  AdwBin parent_instance;

  AdwNavigationView *navigation;
  AdwNavigationSplitView *split;
  RoundsSidebar *sidebar;
  AdwNavigationPage *page; /* around the views, which all stay in their stack */
  GtkStack *views;
  RoundsTodayPage *today;
  RoundsRecordsPage *appointments;
  RoundsRecordsPage *meetings;

  RoundsAccount *account;
};

G_DEFINE_FINAL_TYPE (RoundsWorkspace, rounds_workspace, ADW_TYPE_BIN)

static const char *
find_title (const char *view)
{
  if (g_strcmp0 (view, "appointments") == 0)
    return _ ("Appointments");
  if (g_strcmp0 (view, "meetings") == 0)
    return _ ("Meetings");
  return _ ("Today");
}

static void
take_view_focus (RoundsWorkspace *self)
{
  GtkWidget *view = gtk_stack_get_visible_child (self->views);

  if (ROUNDS_IS_RECORDS_PAGE (view))
    rounds_records_page_take_focus (ROUNDS_RECORDS_PAGE (view));
  else
    rounds_today_page_take_focus (self->today);
}

static void
on_view_chosen_cb (RoundsWorkspace *self, const char *view)
{
  rounds_workspace_show_view (self, view);
}

static void
on_waiting_changed_cb (RoundsWorkspace *self)
{
  guint n_waiting = 0;

  g_object_get (self->today, "n-waiting", &n_waiting, NULL);
  /* A patient is the one who waits. */
  if (rounds_account_get_user (self->account)->role != ROUNDS_ROLE_PATIENT)
    rounds_sidebar_set_n_waiting (self->sidebar, n_waiting);
}

static void
rounds_workspace_dispose (GObject *object)
{
  RoundsWorkspace *self = ROUNDS_WORKSPACE (object);

  /* Disposing of the template would take this child away behind the parent class's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_WORKSPACE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (rounds_workspace_parent_class)->dispose (object);
}

static void
rounds_workspace_class_init (RoundsWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_workspace_dispose;

  g_type_ensure (ROUNDS_TYPE_SIDEBAR);
  g_type_ensure (ROUNDS_TYPE_TODAY_PAGE);
  g_type_ensure (ROUNDS_TYPE_RECORDS_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/shell/rounds-workspace.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, navigation);
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, split);
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, sidebar);
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, page);
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, views);
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, today);
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, appointments);
  gtk_widget_class_bind_template_child (widget_class, RoundsWorkspace, meetings);
  gtk_widget_class_bind_template_callback (widget_class, on_view_chosen_cb);
}

static void
rounds_workspace_init (RoundsWorkspace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_workspace_new:
 * @account: (transfer none): who works here
 *
 * Returns: (transfer floating): the workspace, at Today.
 */
RoundsWorkspace *
rounds_workspace_new (RoundsAccount *account)
{
  RoundsWorkspace *self;
  RoundsSync *sync;
  RoundsClock *clock;
  const char *server;

  g_return_val_if_fail (ROUNDS_IS_ACCOUNT (account), NULL);

  self = g_object_new (ROUNDS_TYPE_WORKSPACE, NULL);
  self->account = g_object_ref (account);
  sync = rounds_account_get_sync (account);
  clock = rounds_account_get_clock (account);
  server = rounds_account_get_server (account);
  rounds_sidebar_set_account (self->sidebar, account);
  g_signal_connect_object (self->today, "notify::n-waiting", G_CALLBACK (on_waiting_changed_cb),
                           self, G_CONNECT_SWAPPED);
  rounds_today_page_set_sync (self->today, sync, clock, server);
  rounds_records_page_set_sync (self->appointments, ROUNDS_ENTRY_APPOINTMENT, sync, clock, server);
  rounds_records_page_set_sync (self->meetings, ROUNDS_ENTRY_MEETING, sync, clock, server);
  rounds_workspace_show_view (self, "today");
  return self;
}

/**
 * rounds_workspace_get_account:
 * Returns: (transfer none): who works here.
 */
RoundsAccount *
rounds_workspace_get_account (RoundsWorkspace *self)
{
  g_return_val_if_fail (ROUNDS_IS_WORKSPACE (self), NULL);

  return self->account;
}

/**
 * rounds_workspace_show_view:
 * @view: "today", "appointments" or "meetings"
 *
 * Shows a view, over the sidebar where the window is narrow, and moves the focus there. The others
 * keep their search and their place in the list.
 */
void
rounds_workspace_show_view (RoundsWorkspace *self, const char *view)
{
  g_return_if_fail (ROUNDS_IS_WORKSPACE (self));

  rounds_sidebar_mark_view (self->sidebar, view);
  gtk_stack_set_visible_child_name (self->views, view);
  adw_navigation_page_set_title (self->page, find_title (view));
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    take_view_focus (self);
}

/**
 * rounds_workspace_open:
 * @entry: an appointment or meeting
 *
 * Shows the details of @entry in the view of its kind.
 */
void
rounds_workspace_open (RoundsWorkspace *self, RoundsEntry *entry)
{
  gboolean is_appointment;

  g_return_if_fail (ROUNDS_IS_WORKSPACE (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (entry));

  is_appointment = rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT;
  rounds_workspace_show_view (self, is_appointment ? "appointments" : "meetings");
  rounds_records_page_open (is_appointment ? self->appointments : self->meetings, entry);
}

/**
 * rounds_workspace_search:
 *
 * Opens the search of the list that is shown; from Today that of the appointments.
 */
void
rounds_workspace_search (RoundsWorkspace *self)
{
  g_return_if_fail (ROUNDS_IS_WORKSPACE (self));

  if (gtk_stack_get_visible_child (self->views) == GTK_WIDGET (self->today))
    rounds_workspace_show_view (self, "appointments");
  else
    adw_navigation_split_view_set_show_content (self->split, TRUE);
  rounds_records_page_search (ROUNDS_RECORDS_PAGE (gtk_stack_get_visible_child (self->views)));
}

/**
 * rounds_workspace_dup_next:
 * Returns: (transfer full) (nullable): what is next today.
 */
RoundsEntry *
rounds_workspace_dup_next (RoundsWorkspace *self)
{
  g_return_val_if_fail (ROUNDS_IS_WORKSPACE (self), NULL);

  return rounds_today_page_dup_next (self->today);
}

/**
 * rounds_workspace_push:
 * @page: (transfer none): a call
 *
 * Puts @page over everything.
 */
void
rounds_workspace_push (RoundsWorkspace *self, AdwNavigationPage *page)
{
  g_return_if_fail (ROUNDS_IS_WORKSPACE (self));

  adw_navigation_view_push (self->navigation, page);
}

/**
 * rounds_workspace_pop:
 * @page: what rounds_workspace_push() put there
 *
 * Takes @page away if it is still there.
 */
void
rounds_workspace_pop (RoundsWorkspace *self, AdwNavigationPage *page)
{
  g_return_if_fail (ROUNDS_IS_WORKSPACE (self));

  if (adw_navigation_view_get_visible_page (self->navigation) == page)
    adw_navigation_view_pop (self->navigation);
}

/**
 * rounds_workspace_release:
 * @page: what rounds_workspace_push() put there
 *
 * Takes @page away without an animation, so that it can be put into another window at once; whoever
 * wants to keep it holds a reference.
 */
void
rounds_workspace_release (RoundsWorkspace *self, AdwNavigationPage *page)
{
  static const char *const below[] = { "views" };

  g_return_if_fail (ROUNDS_IS_WORKSPACE (self));
  g_return_if_fail (adw_navigation_view_get_visible_page (self->navigation) == page);

  adw_navigation_view_replace_with_tags (self->navigation, below, G_N_ELEMENTS (below));
}

/**
 * rounds_workspace_take_focus:
 *
 * Moves the focus to the view, or to the call that is over it.
 */
void
rounds_workspace_take_focus (RoundsWorkspace *self)
{
  g_return_if_fail (ROUNDS_IS_WORKSPACE (self));

  if (g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->navigation), "views") != 0)
    gtk_widget_child_focus (GTK_WIDGET (self->navigation), GTK_DIR_TAB_FORWARD);
  else if (adw_navigation_split_view_get_collapsed (self->split)
           && !adw_navigation_split_view_get_show_content (self->split))
    rounds_sidebar_take_focus (self->sidebar);
  else
    take_view_focus (self);
}
