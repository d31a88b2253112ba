/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From one account on this computer to another: what is open is closed first, and stays kept.
 * Opening is rounds-window.c's.
 */

#include "config.h"

#include "rounds-accounts-dialog.h"
#include "rounds-future.h"
#include "rounds-known-accounts.h"
#include "rounds-window-private.h"

/* Where to go; both NULL: to the sign-in page. */
typedef struct
{
  RoundsWindow *window;
  char *server;
  char *email;
} Switch;

static void
free_switch (gpointer data)
{
  Switch *to = data;

  g_object_unref (to->window);
  g_free (to->server);
  g_free (to->email);
  g_free (to);
}

static void
arrive (Switch *to)
{
  if (to->window->is_closing)
    return;
  if (to->email != NULL)
    {
      rounds_known_accounts_choose (rounds_window_get_settings (to->window), to->server, to->email);
      rounds_window_start (to->window);
      return;
    }
  rounds_window_ask_sign_in_as (to->window, NULL);
}

static DexFuture *
switch_fiber (gpointer data)
{
  Switch *to = data;
  g_autoptr (RoundsAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  if (to->window->workspace != NULL)
    {
      account = rounds_window_leave (to->window);
      gtk_stack_set_visible_child_name (to->window->stack, "starting");
      (void)dex_await (rounds_account_close (account), &error);
    }
  arrive (to);
  /* What could not be sent is in the account's file, and is sent when it is open again. */
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static void
go (RoundsWindow *self, const char *server, const char *email)
{
  Switch *to = g_new0 (Switch, 1);

  to->window = g_object_ref (self);
  to->server = g_strdup (server);
  to->email = g_strdup (email);
  rounds_future_watch (rounds_spawn (switch_fiber, to, free_switch), G_OBJECT (self),
                       rounds_window_on_failed);
}

static void
on_chosen_cb (RoundsWindow *self, const char *server, const char *email)
{
  go (self, server, email);
}

static void
on_add_cb (RoundsWindow *self)
{
  go (self, NULL, NULL);
}

static void
switch_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  RoundsAccount *current
      = self->workspace != NULL ? rounds_workspace_get_account (self->workspace) : NULL;
  AdwDialog *dialog;

  if (rounds_window_refuse_in_call (self) || rounds_window_refuse_lose (self))
    return;
  dialog = rounds_accounts_dialog_new (rounds_window_get_settings (self),
                                       current != NULL ? rounds_account_get_server (current) : NULL,
                                       current != NULL ? rounds_account_get_email (current) : NULL);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "add", G_CALLBACK (on_add_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

void
rounds_window_install_account_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.switch-account", NULL, switch_account_action);
}
