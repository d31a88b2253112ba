/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window: opens the account that is remembered, or asks for one, and says what went wrong.
 * What a signed-in person works in is the workspace.
 */

#include "config.h"

#include "rounds-window-private.h"

#include <glib/gi18n.h>

#include "rounds-development.h"
#include "rounds-api.h"
#include "rounds-error-words.h"
#include "rounds-future.h"
#include "rounds-known-accounts.h"
#include "rounds-settings.h"
#include "rounds-sign-in-page.h"
#include "rounds-trouble-page.h"

/* How long a closed window waits for held edits to be sent before the process ends. */
#define CLOSING_SECONDS 5

G_DEFINE_FINAL_TYPE (RoundsWindow, rounds_window, ADW_TYPE_APPLICATION_WINDOW)

RoundsApplication *
rounds_window_get_rounds (RoundsWindow *self)
{
  return ROUNDS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

static GSettings *
get_settings (RoundsWindow *self)
{
  return rounds_application_get_settings (rounds_window_get_rounds (self));
}

static void
enter_workspace (RoundsWindow *self, RoundsAccount *account)
{
  GSettings *settings = get_settings (self);

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
  g_autofree char *server = g_settings_get_string (get_settings (self), ROUNDS_SETTING_SERVER);

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

static DexFuture *
start_fiber (gpointer data)
{
  RoundsWindow *self = data;
  RoundsApplication *application = rounds_window_get_rounds (self);
  g_autofree char *server = g_settings_get_string (get_settings (self), ROUNDS_SETTING_SERVER);
  g_autofree char *email = g_settings_get_string (get_settings (self), ROUNDS_SETTING_EMAIL);
  g_autoptr (RoundsAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  if (*server == '\0' || *email == '\0')
    {
      ask_anew (self);
      return dex_future_new_true ();
    }

  account = dex_await_object (rounds_account_restore (rounds_application_get_secrets (application),
                                                      rounds_application_get_clock (application),
                                                      server, email),
                              &error);
  if (self->is_closing)
    return dex_future_new_false ();

  if (account != NULL)
    enter_workspace (self, account);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    ask_anew (self);
  else if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED)
           || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_ADDRESS))
    rounds_window_ask_sign_in (self);
  else
    show_trouble (self, error);
  return dex_future_new_true ();
}

void
rounds_window_start (RoundsWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "starting");
  rounds_future_watch (rounds_spawn (start_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), rounds_window_on_failed);
}

static void
on_signed_in_cb (RoundsWindow *self, RoundsAccount *account)
{
  enter_workspace (self, account);
}

static void
on_try_again_cb (RoundsWindow *self)
{
  rounds_window_start (self);
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
  gtk_window_destroy (GTK_WINDOW (self));
  return dex_future_new_true ();
}

/* Only now, and only what has changed: settings are one file, and writing it on a disk that has
 * become full can cost the person more than a window's size. */
static void
keep_geometry (RoundsWindow *self)
{
  GSettings *settings = get_settings (self);
  gboolean is_maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  if (rounds_development_find_window_size (&width, &height) || rounds_window_is_disk_bad (self))
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width != g_settings_get_int (settings, ROUNDS_SETTING_WIDTH))
    g_settings_set_int (settings, ROUNDS_SETTING_WIDTH, width);
  if (height != g_settings_get_int (settings, ROUNDS_SETTING_HEIGHT))
    g_settings_set_int (settings, ROUNDS_SETTING_HEIGHT, height);
  if (is_maximized != g_settings_get_boolean (settings, ROUNDS_SETTING_MAXIMIZED))
    g_settings_set_boolean (settings, ROUNDS_SETTING_MAXIMIZED, is_maximized);
}

static gboolean
rounds_window_close_request (GtkWindow *window)
{
  RoundsWindow *self = ROUNDS_WINDOW (window);

  if (self->is_closing)
    return GDK_EVENT_STOP;
  if (rounds_window_is_in_call (self) && !self->may_hang_up)
    {
      rounds_window_ask_hang_up (self);
      return GDK_EVENT_STOP;
    }
  if (rounds_window_ask_lose (self))
    return GDK_EVENT_STOP;
  keep_geometry (self);
  if (self->workspace == NULL)
    {
      self->is_closing = TRUE;
      return GTK_WINDOW_CLASS (rounds_window_parent_class)->close_request (window);
    }

  self->is_closing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  rounds_future_watch (rounds_spawn (close_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), rounds_window_on_failed);
  return GDK_EVENT_STOP;
}

static void
restore_geometry (RoundsWindow *self)
{
  GSettings *settings = get_settings (self);
  int width, height;

  if (rounds_development_find_window_size (&width, &height))
    {
      gtk_window_set_default_size (GTK_WINDOW (self), width, height);
      return;
    }

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, ROUNDS_SETTING_WIDTH),
                               g_settings_get_int (settings, ROUNDS_SETTING_HEIGHT));
  if (g_settings_get_boolean (settings, ROUNDS_SETTING_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
rounds_window_dispose (GObject *object)
{
  RoundsWindow *self = ROUNDS_WINDOW (object);

  g_clear_object (&self->visit);
  g_clear_pointer (&self->address_id, g_free);
  self->workspace = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_WINDOW);

  G_OBJECT_CLASS (rounds_window_parent_class)->dispose (object);
}

static void
rounds_window_class_init (RoundsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rounds_window_close_request;

  g_type_ensure (ROUNDS_TYPE_SIGN_IN_PAGE);
  g_type_ensure (ROUNDS_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/shell/rounds-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, trouble_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, frame);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, workspace_bin);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, disk_banner);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, rounds_window_ask_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, rounds_window_try_disk);
  gtk_widget_class_bind_template_callback (widget_class, rounds_window_save_copy);
  rounds_window_install_actions (widget_class);
  rounds_window_install_form_actions (widget_class);
  rounds_window_install_account_actions (widget_class);
  rounds_window_install_record_actions (widget_class);
  rounds_window_install_detach_actions (widget_class);
}

/* A server that cannot tell of changes is asked more often while somebody looks. */
static void
active_changed_cb (RoundsWindow *self)
{
  RoundsSync *sync = rounds_window_get_sync (self);

  if (sync != NULL)
    rounds_sync_set_active (sync, gtk_window_is_active (GTK_WINDOW (self)));
}

static void
rounds_window_init (RoundsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
#ifdef ROUNDS_DEVELOPMENT
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_changed_cb), NULL);
  rounds_window_update_actions (self);
}

/**
 * rounds_window_new:
 * @application: (transfer none): the running application
 *
 * Returns: (transfer none): a window that opens the remembered account by itself.
 */
RoundsWindow *
rounds_window_new (RoundsApplication *application)
{
  RoundsWindow *self;

  g_return_val_if_fail (ROUNDS_IS_APPLICATION (application), NULL);

  self = g_object_new (ROUNDS_TYPE_WINDOW, "application", application, NULL);
  restore_geometry (self);
  rounds_sign_in_page_set_services (self->sign_in_page,
                                    rounds_application_get_secrets (application),
                                    rounds_application_get_clock (application));
  rounds_window_start (self);
  return self;
}

/* Shows @text for a moment. */
void
rounds_window_toast (RoundsWindow *self, const char *text)
{
  g_autoptr (AdwToast) toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, g_steal_pointer (&toast));
}

/* Shows what @error means, in as many lines as that takes. */
void
rounds_window_show_error (RoundsWindow *self, const GError *error)
{
  RoundsSync *sync = rounds_window_get_sync (self);
  const char *server
      = sync != NULL ? rounds_account_get_server (rounds_workspace_get_account (self->workspace))
                     : NULL;
  g_autofree char *line = rounds_error_words_line (error, server);
  g_autoptr (AdwToast) toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (line);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (self->toasts, g_steal_pointer (&toast));
}

void
rounds_window_on_failed (const GError *error, gpointer owner)
{
  rounds_window_show_error (ROUNDS_WINDOW (owner), error);
}

RoundsSync *
rounds_window_get_sync (RoundsWindow *self)
{
  if (self->workspace == NULL)
    return NULL;
  return rounds_account_get_sync (rounds_workspace_get_account (self->workspace));
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
  g_autofree char *server = g_settings_get_string (get_settings (self), ROUNDS_SETTING_SERVER);
  g_autofree char *preset = NULL;
  g_autoptr (GPtrArray) accounts = rounds_known_accounts_list (get_settings (self));

  if (*server == '\0')
    preset = rounds_development_dup_server ();
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  rounds_sign_in_page_offer_accounts (self->sign_in_page, accounts->len > 0);
  rounds_sign_in_page_prefill (self->sign_in_page, preset != NULL ? preset : server, email);
}

void
rounds_window_ask_sign_in (RoundsWindow *self)
{
  g_autofree char *email = g_settings_get_string (get_settings (self), ROUNDS_SETTING_EMAIL);

  rounds_window_ask_sign_in_as (self, email);
}
