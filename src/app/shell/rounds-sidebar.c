/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The sidebar: who is signed in, the views, how current the data is.
 * It only says which view is wanted; the workspace shows it.
 */

#include "config.h"

#include "rounds-sidebar.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-focus.h"
#include "rounds-person-words.h"
#include "rounds-sync-indicator.h"

struct _RoundsSidebar
{
  AdwNavigationPage parent_instance;

  GtkMenuButton *account_button;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *place_label;
  GtkListBox *views;
  GtkListBoxRow *today_row;
  GtkLabel *waiting_badge;
  RoundsSyncIndicator *indicator;

  RoundsAccount *account;
};

G_DEFINE_FINAL_TYPE (RoundsSidebar, rounds_sidebar, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_VIEW_CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
show_account (RoundsSidebar *self)
{
  RoundsUser *user = rounds_account_get_user (self->account);
  RoundsStore *store = rounds_sync_get_store (rounds_account_get_sync (self->account));
  RoundsHospital *hospital
      = user->hospital_id != NULL ? rounds_store_lookup_hospital (store, user->hospital_id) : NULL;
  const char *place = hospital != NULL ? hospital->name : rounds_role_word (user->role);
  /* Translators: accessible name of the account button: a person's name and hospital. */
  g_autofree char *label = g_strdup_printf (_ ("Account: %s, %s"), user->name, place);

  adw_avatar_set_text (self->avatar, rounds_person_words_skip_title (user->name));
  gtk_label_set_label (self->name_label, user->name);
  gtk_label_set_label (self->place_label, place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->account_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
on_row_activated_cb (RoundsSidebar *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_VIEW_CHOSEN], 0, gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
rounds_sidebar_dispose (GObject *object)
{
  RoundsSidebar *self = ROUNDS_SIDEBAR (object);

  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_SIDEBAR);

  G_OBJECT_CLASS (rounds_sidebar_parent_class)->dispose (object);
}

static void
rounds_sidebar_class_init (RoundsSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_sidebar_dispose;

  signals[SIGNAL_VIEW_CHOSEN] = g_signal_new ("view-chosen", ROUNDS_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST,
                                              0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (ROUNDS_TYPE_SYNC_INDICATOR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/shell/rounds-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, account_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, name_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, place_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, views);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, today_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, waiting_badge);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebar, indicator);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
rounds_sidebar_init (RoundsSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_sidebar_set_account:
 * @account: (transfer none): who is signed in
 *
 * To be called once.
 */
void
rounds_sidebar_set_account (RoundsSidebar *self, RoundsAccount *account)
{
  RoundsSync *sync;

  g_return_if_fail (ROUNDS_IS_SIDEBAR (self));
  g_return_if_fail (ROUNDS_IS_ACCOUNT (account));
  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  sync = rounds_account_get_sync (account);
  rounds_sync_indicator_set_sync (self->indicator, sync, rounds_account_get_clock (account));
  g_signal_connect_object (rounds_sync_get_store (sync), "directory-changed",
                           G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  show_account (self);
}

/**
 * rounds_sidebar_mark_view:
 * @view: name of the view that is shown
 *
 * Marks the row of @view; emits nothing.
 */
void
rounds_sidebar_mark_view (RoundsSidebar *self, const char *view)
{
  GtkListBoxRow *row;

  g_return_if_fail (ROUNDS_IS_SIDEBAR (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->views, i)) != NULL; i++)
    {
      if (g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (row)), view) == 0)
        gtk_list_box_select_row (self->views, row);
    }
}

/**
 * rounds_sidebar_set_n_waiting:
 * @n_waiting: how many patients wait
 *
 * Shows the number beside Today; nothing for 0.
 */
void
rounds_sidebar_set_n_waiting (RoundsSidebar *self, guint n_waiting)
{
  g_autofree char *number = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (ROUNDS_IS_SIDEBAR (self));

  number = g_strdup_printf ("%u", n_waiting);
  spoken = g_strdup_printf (ngettext ("%u person is waiting", "%u people are waiting", n_waiting),
                            n_waiting);
  gtk_label_set_label (self->waiting_badge, number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->waiting_badge), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->waiting_badge),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_badge), n_waiting > 0);
  /* The row has a name of its own, so that a screen reader looks for no other words in it. */
  if (n_waiting > 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->today_row),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->today_row),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/**
 * rounds_sidebar_take_focus:
 *
 * Returns: whether there is anything that takes it
 */
gboolean
rounds_sidebar_take_focus (RoundsSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->views);

  return row != NULL && rounds_focus_move_to (GTK_WIDGET (row));
}
