/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A call on the screen: pushed, asked about at its end, taken away.
 * How the record's status follows it is RoundsVisit's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-future.h"
#include "rounds-notes-dialog.h"
#include "rounds-window-private.h"

static void
on_outcome_failed_cb (const GError *error, gpointer owner)
{
  rounds_window_show_error (ROUNDS_WINDOW (owner), error);
}

static void
on_outcome_cb (RoundsNotesDialog *dialog, const char *response, const char *notes,
               RoundsVisit *visit)
{
  RoundsWindow *self = ROUNDS_WINDOW (gtk_widget_get_root (GTK_WIDGET (dialog)));

  if (g_strcmp0 (response, "complete") == 0)
    rounds_future_watch (rounds_visit_complete (visit, notes), G_OBJECT (self),
                         on_outcome_failed_cb);
  else if (g_strcmp0 (response, "no-show") == 0)
    rounds_future_watch (rounds_visit_no_show (visit, notes), G_OBJECT (self),
                         on_outcome_failed_cb);
}

static void
drop_visit (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

static void
on_ended_cb (RoundsWindow *self, RoundsVisit *visit)
{
  RoundsEntry *entry = rounds_visit_get_entry (visit);
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (rounds_notes_dialog_new (
      _ ("How Did It End?"), rounds_entry_get_title (entry), _ ("Notes"),
      appointment != NULL ? appointment->notes : rounds_entry_get_meeting (entry)->notes));

  adw_alert_dialog_add_response (dialog, "close", _ ("Continue _Later"));
  if (rounds_visit_may_be_no_show (visit))
    adw_alert_dialog_add_response (dialog, "no-show", _ ("_Didn’t Show Up"));
  if (rounds_visit_may_complete (visit))
    {
      adw_alert_dialog_add_response (dialog, "complete", _ ("_Complete"));
      adw_alert_dialog_set_response_appearance (dialog, "complete", ADW_RESPONSE_SUGGESTED);
    }
  /* The dialog may outlive the page, so it keeps the visit. */
  g_signal_connect_data (dialog, "answered", G_CALLBACK (on_outcome_cb), g_object_ref (visit),
                         drop_visit, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_closed_cb (RoundsWindow *self, RoundsVisit *visit)
{
  AdwNavigationPage *page = ADW_NAVIGATION_PAGE (rounds_visit_get_page (visit));

  if (self->workspace != NULL)
    rounds_workspace_pop (self->workspace, page);
}

static void
on_failed_cb (RoundsWindow *self, const GError *error)
{
  rounds_window_show_error (self, error);
}

/* The page may also go by Back or Escape. */
static void
on_hidden_cb (RoundsWindow *self, AdwNavigationPage *page)
{
  if (self->visit != NULL && ADW_NAVIGATION_PAGE (rounds_visit_get_page (self->visit)) == page)
    g_clear_object (&self->visit);
}

/* Puts the call of @entry on the screen; only one at a time. */
void
rounds_window_join (RoundsWindow *self, RoundsEntry *entry)
{
  AdwNavigationPage *page;

  if (self->visit != NULL)
    {
      rounds_window_toast (self, _ ("Leave the present call first"));
      return;
    }
  if (!rounds_entry_has_call (entry))
    {
      rounds_window_toast (self, _ ("This appointment is in person: there is no call to join"));
      return;
    }

  self->visit = rounds_visit_new (rounds_window_get_sync (self), entry);
  page = ADW_NAVIGATION_PAGE (rounds_visit_get_page (self->visit));
  g_signal_connect_object (self->visit, "ended", G_CALLBACK (on_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit, "closed", G_CALLBACK (on_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit, "failed", G_CALLBACK (on_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "hidden", G_CALLBACK (on_hidden_cb), self, G_CONNECT_SWAPPED);
  rounds_workspace_push (self->workspace, page);
}
