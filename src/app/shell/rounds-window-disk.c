/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When nothing can be written on this computer, or the account's file does not open: what the
 * person is told, the way back, and what is not lost by it. The stand-in itself is the account's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-account-cache.h"
#include "rounds-future.h"
#include "rounds-settings.h"
#include "rounds-store-outbox.h"
#include "rounds-trouble-page.h"
#include "rounds-unsent-copy.h"
#include "rounds-window-private.h"

static const GError *
get_reason (RoundsWindow *self)
{
  return self->workspace != NULL
             ? rounds_account_get_stand_in_reason (rounds_workspace_get_account (self->workspace))
             : NULL;
}

gboolean
rounds_window_is_disk_bad (RoundsWindow *self)
{
  return get_reason (self) != NULL;
}

void
rounds_window_show_disk (RoundsWindow *self)
{
  const GError *reason = get_reason (self);

  gtk_widget_set_visible (GTK_WIDGET (self->disk_banner), reason != NULL);
  if (reason == NULL)
    return;
  adw_banner_set_title (
      self->disk_banner,
      g_error_matches (reason, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FULL)
          ? _ ("The disk is full: what you do is sent, but kept only until Rounds is closed.")
          : _ ("Nothing can be written on this computer’s disk: what you do is sent, but kept only "
               "until Rounds is closed."));
}

/* --- back to the file --- */

static DexFuture *
try_disk_fiber (gpointer data)
{
  RoundsWindow *self = data;
  g_autoptr (RoundsAccount) account = g_object_ref (rounds_workspace_get_account (self->workspace));
  g_autoptr (GError) error = NULL;

  /* While it fails nothing is closed: what came to the stand-in is nowhere else. */
  if (!dex_await (rounds_account_give_back (account), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (self->workspace == NULL || rounds_workspace_get_account (self->workspace) != account
      || rounds_window_refuse_in_call (self))
    return dex_future_new_false ();

  g_object_unref (rounds_window_leave (self));
  gtk_stack_set_visible_child_name (self->stack, "starting");
  (void)dex_await (rounds_account_close (account), &error);
  rounds_window_start (self);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

void
rounds_window_try_disk (RoundsWindow *self)
{
  if (get_reason (self) != NULL && !rounds_window_refuse_in_call (self))
    rounds_future_watch (rounds_spawn (try_disk_fiber, g_object_ref (self), g_object_unref),
                         G_OBJECT (self), rounds_window_on_failed);
}

/* --- closing --- */

static void
on_lose_response_cb (RoundsWindow *self, const char *response)
{
  if (g_str_equal (response, "close"))
    {
      self->may_lose = TRUE;
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_str_equal (response, "show"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unsent", NULL);
}

/* What the disk has not got and the server neither. */
static guint
count_unkept (RoundsWindow *self)
{
  guint n_unsent = 0;

  if (get_reason (self) != NULL)
    g_object_get (rounds_window_get_sync (self), "n-unsent", &n_unsent, NULL);
  return n_unsent;
}

gboolean
rounds_window_refuse_lose (RoundsWindow *self)
{
  if (count_unkept (self) == 0)
    return FALSE;
  rounds_window_toast (self, _ ("Unsent changes would be lost: make the disk writable first"));
  return TRUE;
}

gboolean
rounds_window_ask_lose (RoundsWindow *self)
{
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;
  guint n_unsent = count_unkept (self);

  if (n_unsent == 0 || self->may_lose)
    return FALSE;

  body = g_strdup_printf (
      ngettext ("%u change has not reached the server and cannot be kept on this "
                "computer’s disk. You can save a copy of it first.",
                "%u changes have not reached the server and cannot be kept on "
                "this computer’s disk. You can save a copy of them first.",
                n_unsent),
      n_unsent);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Close and Lose Changes?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "show", _ ("_Unsent Changes…"),
                                  "close", _ ("Close _Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_lose_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  return TRUE;
}

/* --- a copy of what a file holds that does not open --- */

/* Awaits. (transfer full) */
static RoundsStore *
read_file (RoundsWindow *self, GError **error)
{
  RoundsApplication *application = rounds_window_get_rounds (self);
  GSettings *settings = rounds_application_get_settings (application);
  g_autofree char *server = g_settings_get_string (settings, ROUNDS_SETTING_SERVER);
  g_autofree char *email = g_settings_get_string (settings, ROUNDS_SETTING_EMAIL);

  return dex_await_object (
      rounds_account_cache_read (rounds_application_get_secrets (application), server, email),
      error);
}

static gboolean
is_in_trouble (RoundsWindow *self)
{
  return !self->is_closing
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "trouble") == 0;
}

/* That nothing can be read is what the page says already. */
static DexFuture *
offer_copy_fiber (gpointer data)
{
  RoundsWindow *self = data;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (RoundsStore) store = read_file (self, NULL);

  if (store == NULL)
    return dex_future_new_false ();
  items = dex_await_boxed (rounds_store_list_edits (store), NULL);
  drafts = dex_await_boxed (rounds_store_list_drafts (store, NULL), NULL);
  if (is_in_trouble (self) && items != NULL && drafts != NULL && items->len + drafts->len > 0)
    rounds_trouble_page_offer_copy (self->trouble_page, items->len + drafts->len);
  return dex_future_new_true ();
}

void
rounds_window_offer_copy (RoundsWindow *self)
{
  rounds_future_watch (rounds_spawn (offer_copy_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), rounds_window_on_failed);
}

static DexFuture *
save_copy_fiber (gpointer data)
{
  RoundsWindow *self = data;
  RoundsClock *clock = rounds_application_get_clock (rounds_window_get_rounds (self));
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store = read_file (self, &error);

  if (!is_in_trouble (self))
    return dex_future_new_false ();
  if (store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  words = dex_await_string (rounds_unsent_copy_save (GTK_WIDGET (self->trouble_page), store, NULL,
                                                     rounds_clock_now (clock)),
                            &error);
  if (words == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (is_in_trouble (self))
    rounds_trouble_page_tell_copy (self->trouble_page, words);
  return dex_future_new_true ();
}

/* Its words are for people. */
static void
on_copy_failed_cb (const GError *error, gpointer owner)
{
  RoundsWindow *self = ROUNDS_WINDOW (owner);

  if (is_in_trouble (self))
    rounds_trouble_page_tell_copy (self->trouble_page, error->message);
}

void
rounds_window_save_copy (RoundsWindow *self)
{
  rounds_future_watch (rounds_spawn (save_copy_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), on_copy_failed_cb);
}
