/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Cancelling with a reason, and the toast that takes it back.
 * The engine keeps the cancellation from the server until the toast is gone.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-future.h"
#include "rounds-notes-dialog.h"
#include "rounds-window-private.h"

#define UNDO_SECONDS 8

/* One cancellation, from the question to the toast's end. */
typedef struct
{
  RoundsWindow *window;
  RoundsSync *sync;
  RoundsEntry *entry;
  RoundsHold *hold; /* the engine's; NULL before it is held and once it is undone or committed */
} Cancellation;

static Cancellation *
copy_cancellation (const Cancellation *other)
{
  Cancellation *self = g_new0 (Cancellation, 1);

  self->window = g_object_ref (other->window);
  self->sync = g_object_ref (other->sync);
  self->entry = g_object_ref (other->entry);
  self->hold = other->hold;
  return self;
}

static void
free_cancellation (gpointer data, GClosure *closure)
{
  Cancellation *self = data;

  g_object_unref (self->window);
  g_object_unref (self->sync);
  g_object_unref (self->entry);
  g_free (self);
}

static void
on_undo_cb (AdwToast *toast, Cancellation *self)
{
  RoundsHold *hold = g_steal_pointer (&self->hold);

  if (hold != NULL)
    rounds_sync_undo (self->sync, hold);
}

static void
on_dismissed_cb (AdwToast *toast, Cancellation *self)
{
  RoundsHold *hold = g_steal_pointer (&self->hold);

  if (hold != NULL)
    rounds_future_watch (rounds_sync_commit (self->sync, hold), G_OBJECT (self->window),
                         rounds_window_on_failed);
}

static void
add_undo_toast (const Cancellation *cancellation)
{
  gboolean is_meeting = rounds_entry_get_kind (cancellation->entry) == ROUNDS_ENTRY_MEETING;
  AdwToast *toast
      = adw_toast_new (is_meeting ? _ ("Meeting cancelled") : _ ("Appointment cancelled"));
  Cancellation *self = copy_cancellation (cancellation);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  /* The toast lives until it is dismissed, and the cancellation with it. */
  g_signal_connect (toast, "button-clicked", G_CALLBACK (on_undo_cb), self);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_dismissed_cb), self, free_cancellation,
                         G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (cancellation->window->toasts, toast);
}

static void
on_answered_cb (RoundsNotesDialog *dialog, const char *response, const char *reason,
                Cancellation *self)
{
  if (rounds_window_get_sync (self->window) != self->sync)
    return;

  self->hold = rounds_sync_hold_cancellation (self->sync, self->entry, reason);
  if (self->hold != NULL)
    add_undo_toast (self);
}

/* Asks whether, and why. */
void
rounds_window_ask_cancel (RoundsWindow *self, RoundsEntry *entry)
{
  gboolean is_meeting = rounds_entry_get_kind (entry) == ROUNDS_ENTRY_MEETING;
  Cancellation cancellation = {
    .window = self,
    .sync = rounds_window_get_sync (self),
    .entry = entry,
  };
  RoundsNotesDialog *dialog = rounds_notes_dialog_new (
      is_meeting ? _ ("Cancel Meeting?") : _ ("Cancel Appointment?"),
      is_meeting ? _ ("Everyone who takes part sees that it is cancelled.")
                 : _ ("The patient and the doctor see that it is cancelled."),
      _ ("Reason"), NULL);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Keep"), "cancel",
                                  is_meeting ? _ ("_Cancel Meeting") : _ ("_Cancel Appointment"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "cancel",
                                            ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_data (dialog, "answered", G_CALLBACK (on_answered_cb),
                         copy_cancellation (&cancellation), free_cancellation, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
