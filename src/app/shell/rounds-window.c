/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window: its pages, its size, what it says in passing, and that it is closed in good order.
 * Accounts come and go in rounds-window-session.c.
 */

#include "config.h"

#include "rounds-window-private.h"

#include "rounds-development.h"
#include "rounds-error-words.h"
#include "rounds-settings.h"
#include "rounds-sign-in-page.h"
#include "rounds-trouble-page.h"

G_DEFINE_FINAL_TYPE (RoundsWindow, rounds_window, ADW_TYPE_APPLICATION_WINDOW)

RoundsApplication *
rounds_window_get_rounds (RoundsWindow *self)
{
  return ROUNDS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

GSettings *
rounds_window_get_settings (RoundsWindow *self)
{
  return rounds_application_get_settings (rounds_window_get_rounds (self));
}

/* Only now, and only what has changed: settings are one file, and writing it on a disk that has
 * become full can cost the person more than a window's size. */
static void
keep_geometry (RoundsWindow *self)
{
  GSettings *settings = rounds_window_get_settings (self);
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
  rounds_window_end_session (self);
  return GDK_EVENT_STOP;
}

static void
restore_geometry (RoundsWindow *self)
{
  GSettings *settings = rounds_window_get_settings (self);
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
  gtk_widget_class_bind_template_callback (widget_class, rounds_window_take_account);
  gtk_widget_class_bind_template_callback (widget_class, rounds_window_start);
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

/**
 * rounds_window_ask_for:
 *
 * Presents the window: at once, or when what it is about to close has been closed.
 */
void
rounds_window_ask_for (RoundsWindow *self)
{
  g_return_if_fail (ROUNDS_IS_WINDOW (self));

  if (self->is_closing)
    self->comes_back = TRUE;
  else
    gtk_window_present (GTK_WINDOW (self));
}

/* Takes @toast. A fiber that has something to say may outlive the window. */
static void
take_toast (RoundsWindow *self, AdwToast *toast)
{
  g_autoptr (AdwToast) taken = toast;

  if (self->toasts != NULL)
    adw_toast_overlay_add_toast (self->toasts, g_steal_pointer (&taken));
}

/* Shows @text for a moment. */
void
rounds_window_toast (RoundsWindow *self, const char *text)
{
  g_autoptr (AdwToast) toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  take_toast (self, g_steal_pointer (&toast));
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
  take_toast (self, g_steal_pointer (&toast));
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
