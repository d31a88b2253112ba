/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A call on the screen: pushed, asked about at its end, taken away.
 * How the record's status follows it is RoundsVisit's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-error-words.h"
#include "rounds-future.h"
#include "rounds-notes-dialog.h"
#include "rounds-settings.h"
#include "rounds-window-private.h"

/* The question of how a call ended, and what became of the answer. The dialog may outlive the page,
 * and the answer the dialog, so each keeps the visit and the window. */
typedef struct
{
  RoundsWindow *window;
  RoundsVisit *visit;
  gboolean is_no_show;
  char *notes; /* NULL: they stay as they are */
} Outcome;

static void ask_outcome (RoundsWindow *self, RoundsVisit *visit, const char *refusal);

static Outcome *
make_outcome (RoundsWindow *window, RoundsVisit *visit)
{
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->window = g_object_ref (window);
  outcome->visit = g_object_ref (visit);
  return outcome;
}

static void
free_outcome (gpointer data)
{
  Outcome *outcome = data;

  g_object_unref (outcome->window);
  g_object_unref (outcome->visit);
  g_free (outcome->notes);
  g_free (outcome);
}

static void
free_closure_outcome (gpointer data, GClosure *closure)
{
  free_outcome (data);
}

/* A refused answer is asked for again, with the reason; what was written is still there: nobody
 * writes notes twice. One that is in conflict is kept by the engine, which asks about it itself. */
static DexFuture *
record_outcome_fiber (gpointer data)
{
  Outcome *outcome = data;
  RoundsNotes *written = rounds_visit_get_notes (outcome->visit);
  g_autofree char *refusal = NULL;
  g_autoptr (GError) error = NULL;

  if (dex_await (outcome->is_no_show ? rounds_visit_no_show (outcome->visit, outcome->notes)
                                     : rounds_visit_complete (outcome->visit, outcome->notes),
                 &error))
    {
      if (!dex_await (rounds_notes_forget (written, outcome->notes), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      /* What was typed beside the call meanwhile. */
      return rounds_notes_send (written);
    }

  if (outcome->window->workspace == NULL || rounds_error_is_cancelled (error)
      || g_error_matches (error, ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_CONFLICT))
    return dex_future_new_for_error (g_steal_pointer (&error));

  refusal = rounds_error_words_line (error, NULL);
  ask_outcome (outcome->window, outcome->visit, refusal);
  return dex_future_new_false ();
}

static void
on_outcome_cb (RoundsNotesDialog *dialog, const char *response, const char *notes, Outcome *asked)
{
  Outcome *outcome = make_outcome (asked->window, asked->visit);

  outcome->is_no_show = g_strcmp0 (response, "no-show") == 0;
  outcome->notes = g_strdup (notes);
  rounds_future_watch (rounds_spawn (record_outcome_fiber, outcome, free_outcome),
                       G_OBJECT (asked->window), rounds_window_on_failed);
}

/* The visit is not over, but what was written about it so far is for all to read. */
static void
on_later_cb (RoundsNotesDialog *dialog, const char *response, Outcome *asked)
{
  rounds_future_watch (rounds_notes_send (rounds_visit_get_notes (asked->visit)),
                       G_OBJECT (asked->window), rounds_window_on_failed);
}

static void
add_answers (AdwAlertDialog *dialog, RoundsVisit *visit)
{
  adw_alert_dialog_add_response (dialog, "close", _ ("Continue _Later"));
  if (rounds_visit_may_be_no_show (visit))
    adw_alert_dialog_add_response (dialog, "no-show", _ ("_Didn’t Show Up"));
  if (rounds_visit_may_complete (visit))
    {
      adw_alert_dialog_add_response (dialog, "complete", _ ("_Complete"));
      adw_alert_dialog_set_response_appearance (dialog, "complete", ADW_RESPONSE_SUGGESTED);
    }
}

/* @refusal: (nullable): why the first answer was not taken */
static void
ask_outcome (RoundsWindow *self, RoundsVisit *visit, const char *refusal)
{
  RoundsEntry *entry = rounds_visit_get_entry (visit);
  RoundsNotesDialog *dialog = rounds_notes_dialog_new (
      _ ("How Did It End?"), refusal != NULL ? refusal : rounds_entry_get_title (entry),
      _ ("Notes"), NULL);

  rounds_notes_dialog_set_buffer (dialog, rounds_notes_get_buffer (rounds_visit_get_notes (visit)));
  add_answers (ADW_ALERT_DIALOG (dialog), visit);
  g_signal_connect_data (dialog, "answered", G_CALLBACK (on_outcome_cb), make_outcome (self, visit),
                         free_closure_outcome, G_CONNECT_DEFAULT);
  g_signal_connect_data (dialog, "response::close", G_CALLBACK (on_later_cb),
                         make_outcome (self, visit), free_closure_outcome, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_ended_cb (RoundsWindow *self, RoundsVisit *visit)
{
  /* The question is asked here, and the page that is over belongs beneath it. */
  if (self->visit == visit)
    rounds_window_attach_call (self);
  ask_outcome (self, visit, NULL);
}

static void
on_closed_cb (RoundsWindow *self, RoundsVisit *visit)
{
  AdwNavigationPage *page = ADW_NAVIGATION_PAGE (rounds_visit_get_page (visit));

  if (self->call_window != NULL && self->visit == visit)
    {
      rounds_window_drop_call_window (self);
      g_clear_object (&self->visit);
    }
  else if (self->workspace != NULL)
    rounds_workspace_pop (self->workspace, page);
}

/* Nobody touches a keyboard while talking: without this the screen goes dark in a consultation. */
static void
on_joined_cb (RoundsWindow *self)
{
  if (self->call_inhibition == 0)
    self->call_inhibition = gtk_application_inhibit (
        GTK_APPLICATION (rounds_window_get_rounds (self)), GTK_WINDOW (self),
        GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND
            | GTK_APPLICATION_INHIBIT_LOGOUT,
        _ ("A call is going on"));
}

static void
let_sleep (RoundsWindow *self)
{
  if (self->call_inhibition != 0)
    gtk_application_uninhibit (GTK_APPLICATION (rounds_window_get_rounds (self)),
                               self->call_inhibition);
  self->call_inhibition = 0;
}

/* The page may also go by Back or Escape. */
static void
on_hidden_cb (RoundsWindow *self, AdwNavigationPage *page)
{
  if (self->is_moving_call)
    return;
  let_sleep (self);
  if (self->visit != NULL && ADW_NAVIGATION_PAGE (rounds_visit_get_page (self->visit)) == page)
    g_clear_object (&self->visit);
}

/* Cameras and microphones belong to the machine, not to the account. */
static void
remember_devices (RoundsWindow *self, RoundsCallPage *page)
{
  GSettings *settings = rounds_window_get_settings (self);

  g_settings_bind (settings, ROUNDS_SETTING_CAMERA, page, "camera", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, ROUNDS_SETTING_MICROPHONE, page, "microphone",
                   G_SETTINGS_BIND_DEFAULT);
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
  remember_devices (self, rounds_visit_get_page (self->visit));
  g_signal_connect_object (self->visit, "ended", G_CALLBACK (on_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit, "closed", G_CALLBACK (on_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit, "failed", G_CALLBACK (rounds_window_show_error), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "detach-toggled", G_CALLBACK (rounds_window_toggle_detached), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "joined", G_CALLBACK (on_joined_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "left", G_CALLBACK (let_sleep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "hidden", G_CALLBACK (on_hidden_cb), self, G_CONNECT_SWAPPED);
  rounds_workspace_push (self->workspace, page);
}

gboolean
rounds_window_is_in_call (RoundsWindow *self)
{
  return self->visit != NULL
         && rounds_call_page_is_in_call (ROUNDS_CALL_PAGE (rounds_visit_get_page (self->visit)));
}

gboolean
rounds_window_refuse_in_call (RoundsWindow *self)
{
  if (!rounds_window_is_in_call (self))
    return FALSE;
  rounds_window_toast (self, _ ("Leave the present call first"));
  return TRUE;
}

static void
on_hang_up_response_cb (RoundsWindow *self)
{
  self->may_hang_up = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

void
rounds_window_ask_hang_up (RoundsWindow *self)
{
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  /* Translators: %s is the patient's name or the meeting's title. */
  body = g_strdup_printf (_ ("Closing Rounds ends your call: %s."),
                          rounds_entry_get_title (rounds_visit_get_entry (self->visit)));
  dialog = adw_alert_dialog_new (_ ("Leave the Call?"), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "stay", _ ("_Stay"), "leave",
                                  _ ("_Hang Up and Close"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "leave",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response::leave", G_CALLBACK (on_hang_up_response_cb), self,
                           G_CONNECT_SWAPPED);
  /* The call may be in a window of its own, over this one. */
  gtk_window_present (GTK_WINDOW (self));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
