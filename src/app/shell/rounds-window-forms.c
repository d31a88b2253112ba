/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window's actions that open a form or the unsent changes, and what follows when they close.
 * What stands in the forms is in dialogs/.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-appointment-dialog.h"
#include "rounds-future.h"
#include "rounds-meeting-dialog.h"
#include "rounds-record-menu.h"
#include "rounds-unsent-dialog.h"
#include "rounds-window-private.h"

static void
on_created_cb (RoundsWindow *self, RoundsEntry *entry)
{
  /* As the store has it, which knows whether it was sent. */
  if (self->workspace != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), "record.open",
                                        rounds_record_target (entry));
}

static void
on_discard_cb (RoundsWindow *self, AdwToast *toast)
{
  RoundsDraftKeeper *keeper = g_object_get_data (G_OBJECT (toast), "keeper");

  rounds_draft_keeper_set (keeper, NULL);
  rounds_future_watch (rounds_draft_keeper_flush (keeper), G_OBJECT (self),
                       rounds_window_on_failed);
}

/* A form that closes loses nothing; who is done with it says so. */
static void
on_draft_kept_cb (RoundsWindow *self, RoundsDraftKeeper *keeper)
{
  AdwToast *toast = adw_toast_new (_ ("Draft kept"));

  adw_toast_set_button_label (toast, _ ("_Discard"));
  g_object_set_data_full (G_OBJECT (toast), "keeper", g_object_ref (keeper), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_discard_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
present_form (RoundsWindow *self, AdwDialog *dialog)
{
  g_signal_connect_object (dialog, "created", G_CALLBACK (on_created_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "draft-kept", G_CALLBACK (on_draft_kept_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
new_appointment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  present_form (self, rounds_appointment_dialog_new (rounds_window_get_sync (self)));
}

static void
new_meeting_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  present_form (self, rounds_meeting_dialog_new (rounds_window_get_sync (self)));
}

void
rounds_window_edit (RoundsWindow *self, RoundsEntry *entry)
{
  RoundsSync *sync = rounds_window_get_sync (self);

  present_form (self,
                rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT
                    ? rounds_appointment_dialog_new_for (sync, rounds_entry_get_appointment (entry))
                    : rounds_meeting_dialog_new_for (sync, rounds_entry_get_meeting (entry)));
}

static void
show_unsent_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (rounds_unsent_dialog_new (rounds_window_get_sync (ROUNDS_WINDOW (widget))),
                      widget);
}

/* Whether there is any pair of roles that this person may bring together. */
static gboolean
may_create_meetings (RoundsWindow *self)
{
  RoundsRole role = rounds_sync_get_user (rounds_window_get_sync (self))->role;

  for (int context = 0; context < ROUNDS_N_ROLE_CONTEXTS; context++)
    {
      if (rounds_role_context_may_be_created_by (context, role))
        return TRUE;
    }
  return FALSE;
}

void
rounds_window_update_form_actions (RoundsWindow *self)
{
  gboolean has_account = self->workspace != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-appointment", has_account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-meeting",
                                 has_account && may_create_meetings (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-unsent", has_account);
}

void
rounds_window_install_form_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-appointment", NULL,
                                   new_appointment_action);
  gtk_widget_class_install_action (widget_class, "win.new-meeting", NULL, new_meeting_action);
  gtk_widget_class_install_action (widget_class, "win.show-unsent", NULL, show_unsent_action);
}
