/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window's own actions: views, search, sync, signing out.
 * Forms are in rounds-window-forms.c, actions on one record in rounds-window-records.c.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-future.h"
#include "rounds-known-accounts.h"
#include "rounds-window-private.h"

/* Actions that need somebody signed in. */
static const char *const account_actions[] = {
  "win.show-view", "win.search", "win.sync", "win.join-next", "win.sign-out", "win.sign-in-again",
};

static void
show_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  rounds_workspace_show_view (self->workspace, g_variant_get_string (parameter, NULL));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_workspace_search (ROUNDS_WINDOW (widget)->workspace);
}

/* Why the engine is offline or in trouble stands in the banner already. */
static void
on_sync_failed_cb (const GError *error, gpointer owner)
{
  RoundsSync *sync = rounds_window_get_sync (ROUNDS_WINDOW (owner));

  if (sync == NULL || rounds_sync_get_state (sync) == ROUNDS_SYNC_IDLE)
    rounds_window_show_error (ROUNDS_WINDOW (owner), error);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  rounds_future_watch (rounds_sync_now (rounds_window_get_sync (self)), G_OBJECT (self),
                       on_sync_failed_cb);
}

static void
join_next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  g_autoptr (RoundsEntry) next = rounds_workspace_dup_next (self->workspace);

  if (next != NULL)
    rounds_window_join (self, next);
  else
    rounds_window_toast (self, _ ("Nothing more to join today"));
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_window_toast (ROUNDS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* What ends an account in one of two ways. */
typedef struct
{
  RoundsWindow *window;
  RoundsAccount *account;
  gboolean discards; /* whether the person knows what is lost by signing out */
} Ending;

static void
free_ending (gpointer data)
{
  Ending *ending = data;

  g_object_unref (ending->window);
  g_object_unref (ending->account);
  g_free (ending);
}

static Ending *
leave (RoundsWindow *self)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->window = g_object_ref (self);
  ending->account = rounds_window_leave (self);
  gtk_stack_set_visible_child_name (self->stack, "starting");
  return ending;
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  Ending *ending = data;
  g_autoptr (GSettings) settings = g_object_ref (rounds_window_get_settings (ending->window));
  g_autoptr (GError) error = NULL;
  gboolean heard
      = dex_await_boolean (rounds_account_sign_out (ending->account, ending->discards), &error);

  if (error == NULL && rounds_account_get_is_kept (ending->account))
    rounds_known_accounts_forget (settings, rounds_account_get_server (ending->account),
                                  rounds_account_get_email (ending->account));
  rounds_window_ask_sign_in (ending->window);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  rounds_window_toast (ending->window, heard ? _ ("Signed out: nothing is kept on this computer")
                                             : _ ("Signed out here: the server could not be told"));
  return dex_future_new_true ();
}

static DexFuture *
sign_in_again_fiber (gpointer data)
{
  Ending *ending = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (rounds_account_close (ending->account), &error))
    {
      rounds_window_ask_sign_in (ending->window);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  rounds_window_ask_sign_in (ending->window);
  return dex_future_new_true ();
}

static guint
count_unsent (RoundsWindow *self)
{
  guint n_unsent = 0;
  guint n_refused = 0;

  g_object_get (rounds_window_get_sync (self), "n-unsent", &n_unsent, "n-refused", &n_refused,
                NULL);
  return n_unsent + n_refused;
}

static void
on_sign_out_response_cb (RoundsWindow *self, const char *response, AdwAlertDialog *dialog)
{
  Ending *ending = NULL;

  if (g_strcmp0 (response, "sign-out") != 0 || self->workspace == NULL)
    return;

  ending = leave (self);
  ending->discards = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "n-unsent")) > 0;
  rounds_future_watch (rounds_spawn (sign_out_fiber, ending, free_ending), G_OBJECT (self),
                       rounds_window_on_failed);
}

static void
sign_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guint n_unsent = count_unsent (ROUNDS_WINDOW (widget));
  g_autofree char *lost = NULL;
  AdwAlertDialog *dialog;

  if (rounds_window_refuse_in_call (ROUNDS_WINDOW (widget)))
    return;
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Sign Out?"), NULL));
  lost = g_strdup_printf (ngettext ("%u change has not reached the server. It is lost when you "
                                    "sign out now.",
                                    "%u changes have not reached the server. They are lost when "
                                    "you sign out now.",
                                    n_unsent),
                          n_unsent);
  adw_alert_dialog_set_body (
      dialog, n_unsent > 0 ? lost
                           : _ ("The encrypted copy of your day and its key are removed from "
                                "this computer. What is on the server stays."));
  g_object_set_data (G_OBJECT (dialog), "n-unsent", GUINT_TO_POINTER (n_unsent));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "sign-out", _ ("_Sign Out"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "sign-out", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_sign_out_response_cb), widget,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
sign_in_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  if (rounds_window_refuse_in_call (self) || rounds_window_refuse_lose (self))
    return;
  rounds_future_watch (rounds_spawn (sign_in_again_fiber, leave (self), free_ending),
                       G_OBJECT (self), rounds_window_on_failed);
}

/* GTK would make it at each start, from a resource of a name of its own, for those who never ask.
 */
static void
show_help_overlay_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/io/github/rounds_app/Rounds/shell/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (overlay, GTK_WINDOW (widget));
  gtk_window_present (overlay);
}

void
rounds_window_update_actions (RoundsWindow *self)
{
  gboolean has_account = self->workspace != NULL;

  rounds_window_update_form_actions (self);
  for (gsize i = 0; i < G_N_ELEMENTS (account_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), account_actions[i], has_account);
}

void
rounds_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-view", "s", show_view_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.join-next", NULL, join_next_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL,
                                   show_help_overlay_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in-again", NULL, sign_in_again_action);
}
