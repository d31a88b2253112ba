/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The accounts that are kept on this computer, to choose one, and the way to another.
 * It opens none; the window does.
 */

#include "config.h"

#include "rounds-accounts-dialog.h"

#include <glib/gi18n.h>

#include "rounds-error-words.h"
#include "rounds-person-words.h"

struct _RoundsAccountsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (RoundsAccountsDialog, rounds_accounts_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_ADD,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
row_activated_cb (AdwActionRow *row, RoundsAccountsDialog *self)
{
  const char *server = g_object_get_data (G_OBJECT (row), "server");
  const char *email = g_object_get_data (G_OBJECT (row), "email");

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, server, email);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_cb (RoundsAccountsDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_row (RoundsAccountsDialog *self, const RoundsKnownAccount *account, gboolean is_current)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = adw_avatar_new (32, rounds_person_words_skip_title (account->name), TRUE);
  g_autofree char *host = rounds_server_host (account->server);
  g_autofree char *about = g_strdup_printf ("%s · %s", account->email, host);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  if (is_current)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_widget_set_tooltip_text (mark, _ ("Signed in now"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
    }
  else
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "server", g_strdup (account->server), g_free);
      g_object_set_data_full (G_OBJECT (row), "email", g_strdup (account->email), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                               G_CONNECT_DEFAULT);
    }
  adw_preferences_group_add (self->group, row);
}

static void
rounds_accounts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_ACCOUNTS_DIALOG);

  G_OBJECT_CLASS (rounds_accounts_dialog_parent_class)->dispose (object);
}

static void
rounds_accounts_dialog_class_init (RoundsAccountsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_accounts_dialog_dispose;

  /**
   * RoundsAccountsDialog::chosen:
   * @server: base URL
   * @email: the account's email address
   */
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", ROUNDS_TYPE_ACCOUNTS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_ADD] = g_signal_new ("add", ROUNDS_TYPE_ACCOUNTS_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/account/rounds-accounts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAccountsDialog, group);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
rounds_accounts_dialog_init (RoundsAccountsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_accounts_dialog_new:
 * @settings: where the accounts are remembered
 * @current_server: (nullable): base URL of who is signed in
 * @current_email: (nullable): their email address
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
rounds_accounts_dialog_new (GSettings *settings, const char *current_server,
                            const char *current_email)
{
  RoundsAccountsDialog *self = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (ROUNDS_TYPE_ACCOUNTS_DIALOG, NULL);
  accounts = rounds_known_accounts_list (settings);
  for (guint i = 0; i < accounts->len; i++)
    {
      const RoundsKnownAccount *account = g_ptr_array_index (accounts, i);

      add_row (self, account,
               g_strcmp0 (account->server, current_server) == 0
                   && g_strcmp0 (account->email, current_email) == 0);
    }
  return ADW_DIALOG (self);
}
