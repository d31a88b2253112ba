/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The account of the window: opened, asked for, left, closed with the window.
 * Going from one account to another is rounds-window-accounts.c's.
 */

#include "config.h"

#include "rounds-window-private.h"

#include <glib/gi18n.h>

#include "rounds-api.h"
#include "rounds-development.h"
#include "rounds-future.h"
#include "rounds-known-accounts.h"
#include "rounds-settings.h"
#include "rounds-sign-in-page.h"
#include "rounds-trouble-page.h"

/* How long a closed window waits for held edits to be sent before the process ends. */
#define CLOSING_SECONDS 5

static void
enter_workspace (RoundsWindow *self, RoundsAccount *account)
{
  GSettings *settings = rounds_window_get_settings (self);

  rounds_known_accounts_choose (settings, rounds_account_get_server (account),
                                rounds_account_get_email (account));
  if (rounds_account_get_is_kept (account))
    rounds_known_accounts_note (settings, rounds_account_get_server (account),
                                rounds_account_get_email (account),
                                rounds_account_get_user (account)->name);

  self->workspace = rounds_workspace_new (account);
  adw_bin_set_child (self->workspace_bin, GTK_WIDGET (self->workspace));
  gtk_stack_set_visible_child_name (self->stack, "workspace");
  rounds_workspace_take_focus (self->workspace);
  rounds_window_update_actions (self);
  rounds_sync_set_active (rounds_account_get_sync (account),
                          gtk_window_is_active (GTK_WINDOW (self)));
  rounds_sync_start (rounds_account_get_sync (account));
  if (!rounds_account_get_is_kept (account))
    rounds_window_toast (self, _ ("Nothing is kept on this computer"));
  rounds_window_show_disk (self);
  rounds_window_watch_mending (self);
  rounds_window_follow_address (self);
}

static void
show_trouble (RoundsWindow *self, const GError *error)
{
  g_autofree char *server
      = g_settings_get_string (rounds_window_get_settings (self), ROUNDS_SETTING_SERVER);

  rounds_trouble_page_show (self->trouble_page, error, server);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  rounds_window_offer_copy (self);
}

/* Signs the demo account in by the very way that a person would take. */
static void
sign_in_demo (RoundsWindow *self, const RoundsDemoAccount *demo)
{
  rounds_window_ask_sign_in (self);
  rounds_sign_in_page_prefill (self->sign_in_page, demo->server, demo->email);
  rounds_sign_in_page_submit (self->sign_in_page, demo->password);
}

static void
ask_anew (RoundsWindow *self)
{
  g_auto (RoundsDemoAccount) demo = { NULL };

  if (rounds_development_find_demo_account (&demo))
    sign_in_demo (self, &demo);
  else
    rounds_window_ask_sign_in (self);
}

/* One attempt to open the account that the settings name. */
typedef struct
{
  RoundsWindow *window;
  guint number;
} Start;

static void
free_start (gpointer data)
{
  Start *start = data;

  g_object_unref (start->window);
  g_free (start);
}

/* What became of it, while nothing else was begun. */
static void
take_restored (RoundsWindow *self, RoundsAccount *account, const GError *error)
{
  if (account != NULL)
    enter_workspace (self, account);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    ask_anew (self);
  else if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED)
           || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_ADDRESS))
    rounds_window_ask_sign_in (self);
  else
    show_trouble (self, error);
}

static DexFuture *
start_fiber (gpointer data)
{
  Start *start = data;
  RoundsWindow *self = start->window;
  RoundsApplication *application = rounds_window_get_rounds (self);
  g_autofree char *server
      = g_settings_get_string (rounds_window_get_settings (self), ROUNDS_SETTING_SERVER);
  g_autofree char *email
      = g_settings_get_string (rounds_window_get_settings (self), ROUNDS_SETTING_EMAIL);
  g_autoptr (RoundsAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  if (*server == '\0' || *email == '\0')
    {
      self->is_starting = FALSE;
      ask_anew (self);
      return dex_future_new_true ();
    }

  account = dex_await_object (rounds_account_restore (rounds_application_get_secrets (application),
                                                      rounds_application_get_clock (application),
                                                      server, email),
                              &error);
  if (self->is_closing || start->number != self->n_starts)
    return account != NULL ? rounds_account_close (account) : dex_future_new_false ();

  self->is_starting = FALSE;
  take_restored (self, account, error);
  return dex_future_new_true ();
}

void
rounds_window_start (RoundsWindow *self)
{
  Start *start;

  if (self->is_closing)
    return;
  self->n_starts++;
  self->is_starting = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "starting");
  start = g_new0 (Start, 1);
  start->window = g_object_ref (self);
  start->number = self->n_starts;
  rounds_future_watch (rounds_spawn (start_fiber, start, free_start), G_OBJECT (self),
                       rounds_window_on_failed);
}

/* The person may have gone to another account while this one was signing in. */
void
rounds_window_take_account (RoundsWindow *self, RoundsAccount *account)
{
  if (self->is_closing || self->is_starting || self->workspace != NULL)
    rounds_future_watch (rounds_account_close (account), G_OBJECT (self), rounds_window_on_failed);
  else
    enter_workspace (self, account);
}

/* Takes the workspace away; what was held for undoing is sent. */
RoundsAccount *
rounds_window_leave (RoundsWindow *self)
{
  g_autoptr (RoundsAccount) account = NULL;

  g_return_val_if_fail (self->workspace != NULL, NULL);

  account = g_object_ref (rounds_workspace_get_account (self->workspace));
  adw_toast_overlay_dismiss_all (self->toasts);
  rounds_window_drop_call_window (self);
  g_clear_object (&self->visit);
  self->workspace = NULL;
  adw_bin_set_child (self->workspace_bin, NULL);
  rounds_window_update_actions (self);
  return g_steal_pointer (&account);
}

void
rounds_window_ask_sign_in_as (RoundsWindow *self, const char *email)
{
  g_autofree char *server = NULL;
  g_autofree char *preset = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  if (self->is_closing)
    return;
  server = g_settings_get_string (rounds_window_get_settings (self), ROUNDS_SETTING_SERVER);
  accounts = rounds_known_accounts_list (rounds_window_get_settings (self));
  if (*server == '\0')
    preset = rounds_development_dup_server ();
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  rounds_sign_in_page_offer_accounts (self->sign_in_page, accounts->len > 0);
  rounds_sign_in_page_prefill (self->sign_in_page, preset != NULL ? preset : server, email);
}

void
rounds_window_ask_sign_in (RoundsWindow *self)
{
  g_autofree char *email = NULL;

  if (self->is_closing)
    return;
  email = g_settings_get_string (rounds_window_get_settings (self), ROUNDS_SETTING_EMAIL);
  rounds_window_ask_sign_in_as (self, email);
}

/* Opens the account anew: all that was in the window has gone. */
static void
come_back (RoundsWindow *self)
{
  self->is_closing = FALSE;
  self->comes_back = FALSE;
  self->may_hang_up = FALSE;
  self->may_lose = FALSE;
  rounds_window_start (self);
  gtk_window_present (GTK_WINDOW (self));
}

static DexFuture *
close_fiber (gpointer data)
{
  g_autoptr (RoundsWindow) self = g_object_ref (data);
  g_autoptr (RoundsAccount) account = rounds_window_leave (self);
  g_autoptr (GError) error = NULL;

  /* Whatever comes first: the window is gone for the person, an error has nowhere to be shown, and
   * a held edit that did not reach the server shows again after the next start. */
  if (!dex_await (dex_future_first (rounds_account_close (account),
                                    dex_timeout_new_seconds (CLOSING_SECONDS), NULL),
                  &error))
    g_info ("Closing: %s", error->message);
  if (self->comes_back)
    come_back (self);
  else
    gtk_window_destroy (GTK_WINDOW (self));
  return dex_future_new_true ();
}

void
rounds_window_end_session (RoundsWindow *self)
{
  rounds_future_watch (rounds_spawn (close_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), rounds_window_on_failed);
}
