/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The application: what lives as long as the process, and the actions that need no window.
 * Accounts live in windows.
 */

#include "config.h"

#include "rounds-application.h"

#include <glib/gi18n.h>

#include "rounds-app-resources.h"
#include "rounds-window.h"

struct _RoundsApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  RoundsSecrets *secrets;
  RoundsClock *clock;
};

G_DEFINE_FINAL_TYPE (RoundsApplication, rounds_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.show-view::today", { "<Control>1" } },
  { "win.show-view::appointments", { "<Control>2" } },
  { "win.show-view::meetings", { "<Control>3" } },
  { "win.new-appointment", { "<Control>n" } },
  { "win.new-meeting", { "<Control><Shift>n" } },
  { "win.search", { "<Control>f" } },
  { "win.join-next", { "<Control>j" } },
  { "win.sync", { "F5", "<Control>r" } },
  { "win.show-help-overlay", { "<Control>F1", "<Control>question" } },
};

/* The window of the account; there may be others, of a call. Borrowed. */
static RoundsWindow *
find_window (RoundsApplication *self)
{
  for (GList *node = gtk_application_get_windows (GTK_APPLICATION (self)); node != NULL;
       node = node->next)
    {
      if (ROUNDS_IS_WINDOW (node->data))
        return node->data;
    }
  return NULL;
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RoundsWindow *window = find_window (data);

  /* A window ends its account's engine in good order first. */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (G_APPLICATION (data));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_dialog (GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (data))),
                         "application-name", _ ("Rounds"), "application-icon", ROUNDS_APP_ID,
                         "version", ROUNDS_VERSION, "comments",
                         _ ("Appointments, meetings and calls for doctors and hospital staff"),
                         "license-type", GTK_LICENSE_GPL_3_0, "developer-name",
                         _ ("The Rounds authors"), "copyright", "© 2026 The Rounds authors",
                         /* Translators: put your names here, one on a line. */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_action },
  { .name = "about", .activate = about_action },
};

static void
rounds_application_startup (GApplication *application)
{
  RoundsApplication *self = ROUNDS_APPLICATION (application);

  rounds_app_register_resource ();
  G_APPLICATION_CLASS (rounds_application_parent_class)->startup (application);

  self->settings = g_settings_new (ROUNDS_APP_ID);
  self->secrets = rounds_secret_keyring_new ();
  self->clock = rounds_clock_new_system ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           shortcuts[i].accels);
  gtk_window_set_default_icon_name (ROUNDS_APP_ID);
}

static void
rounds_application_activate (GApplication *application)
{
  RoundsApplication *self = ROUNDS_APPLICATION (application);
  RoundsWindow *window = find_window (self);

  if (window == NULL)
    window = rounds_window_new (self);
  rounds_window_ask_for (window);
}

/* The last of several: there is one window, and it shows one record. */
static void
rounds_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autofree char *address = g_file_get_uri (files[n_files - 1]);

  g_application_activate (application);
  rounds_window_open_address (find_window (ROUNDS_APPLICATION (application)), address);
}

static void
rounds_application_finalize (GObject *object)
{
  RoundsApplication *self = ROUNDS_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_application_parent_class)->finalize (object);
}

static void
rounds_application_class_init (RoundsApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = rounds_application_finalize;
  application_class->startup = rounds_application_startup;
  application_class->activate = rounds_application_activate;
  application_class->open = rounds_application_open;
}

static void
rounds_application_init (RoundsApplication *self)
{
}

/**
 * rounds_application_new:
 * Returns: (transfer full): the application, not yet running.
 */
RoundsApplication *
rounds_application_new (void)
{
  RoundsApplication *self
      = g_object_new (ROUNDS_TYPE_APPLICATION, "application-id", ROUNDS_APP_ID, "flags",
                      G_APPLICATION_HANDLES_OPEN, "version", ROUNDS_VERSION, NULL);

  /* Translators: in the help of the command line: what may be given to the program. */
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[ADDRESS]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Appointments, meetings and calls for doctors and hospital staff.\n"
                               "ADDRESS opens a record, as in rounds:appointment/ID."));
  return self;
}

/**
 * rounds_application_get_settings:
 * Returns: (transfer none): the one GSettings, from startup on.
 */
GSettings *
rounds_application_get_settings (RoundsApplication *self)
{
  g_return_val_if_fail (ROUNDS_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * rounds_application_get_secrets:
 * Returns: (transfer none): the keyring, from startup on.
 */
RoundsSecrets *
rounds_application_get_secrets (RoundsApplication *self)
{
  g_return_val_if_fail (ROUNDS_IS_APPLICATION (self), NULL);

  return self->secrets;
}

/**
 * rounds_application_get_clock:
 * Returns: (transfer none): the clock, from startup on.
 */
RoundsClock *
rounds_application_get_clock (RoundsApplication *self)
{
  g_return_val_if_fail (ROUNDS_IS_APPLICATION (self), NULL);

  return self->clock;
}
