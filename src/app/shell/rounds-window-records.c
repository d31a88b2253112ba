/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window's actions on one record: open, join, change its status, cancel, its link.
 * Which of them a person is offered is worked out in actions/.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-call-browser.h"
#include "rounds-future.h"
#include "rounds-notes-dialog.h"
#include "rounds-record-menu.h"
#include "rounds-steps.h"
#include "rounds-window-private.h"
#include "rounds-wipe.h"

/* One action on one record, on its way. */
typedef struct
{
  RoundsWindow *window;
  RoundsSync *sync;
  RoundsEntryKind kind;
  char *id;
  void (*show) (RoundsWindow *window, RoundsEntry *entry); /* for show_fiber() */
  int to; /* for record.change */
  char *notes; /* for a change with notes; or NULL */
  RoundsNotes *written; /* what is written about it before the change; or NULL */
  char *done; /* what a toast says after the change */
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->window);
  g_object_unref (request->sync);
  g_clear_object (&request->written);
  g_free (request->id);
  g_free (request->notes);
  g_free (request->done);
  g_free (request);
}

static Request *
make_request (RoundsWindow *window, guint kind, const char *id)
{
  Request *request = g_new0 (Request, 1);

  request->window = g_object_ref (window);
  request->sync = g_object_ref (rounds_window_get_sync (window));
  request->kind = kind;
  request->id = g_strdup (id);
  return request;
}

static void
run (Request *request, DexFiberFunc fiber)
{
  RoundsWindow *window = request->window;

  rounds_future_watch (rounds_spawn (fiber, request, free_request), G_OBJECT (window),
                       rounds_window_on_failed);
}

/* The record as it is now; an older one may be on the screen. */
static RoundsEntry *
find_entry_fiber (Request *request, GError **error)
{
  return dex_await_object (
      rounds_store_get_entry (rounds_sync_get_store (request->sync), request->kind, request->id),
      error);
}

/* Whether the person is still signed in to the account that was asked. */
static gboolean
is_current (Request *request)
{
  return rounds_window_get_sync (request->window) == request->sync;
}

static void
open_entry (RoundsWindow *self, RoundsEntry *entry)
{
  rounds_workspace_open (self->workspace, entry);
}

/* What is done in the window with the record as it is now. */
static DexFuture *
show_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry = find_entry_fiber (request, &error);

  if (entry == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (is_current (request))
    request->show (request->window, entry);
  return dex_future_new_true ();
}

static DexFuture *
send_change_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (RoundsStoreDraft) typed
      = request->notes != NULL ? rounds_notes_hand_over (request->written) : NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *sent;

  if (request->kind == ROUNDS_ENTRY_APPOINTMENT)
    sent = rounds_sync_change_appointment (request->sync, request->id, request->to, request->notes,
                                           typed);
  else
    sent = rounds_sync_change_meeting (request->sync, request->id, request->to, request->notes,
                                       typed);

  if (!dex_await (sent, &error))
    {
      if (request->notes != NULL)
        rounds_notes_take_back (request->written, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  rounds_window_toast (request->window, request->done);
  return request->written != NULL ? rounds_notes_forget (request->written, request->notes)
                                  : dex_future_new_true ();
}

static void
on_notes_answered_cb (RoundsNotesDialog *dialog, const char *response, const char *notes,
                      Request *request)
{
  Request *change;

  if (!is_current (request))
    return;
  change = make_request (request->window, request->kind, request->id);
  change->to = request->to;
  change->notes = g_strdup (notes);
  g_set_object (&change->written, request->written);
  change->done = g_strdup (request->done);
  run (change, send_change_fiber);
}

static void
free_closure_request (gpointer data, GClosure *closure)
{
  free_request (data);
}

static void
ask_notes (Request *asked, RoundsEntry *entry, const RoundsStep *step)
{
  gboolean is_complete = rounds_entry_get_kind (entry) == ROUNDS_ENTRY_MEETING
                         || step->to == ROUNDS_APPOINTMENT_COMPLETED;
  RoundsNotesDialog *dialog = rounds_notes_dialog_new (
      is_complete ? _ ("Complete?") : _ ("Didn’t Show Up?"),
      is_complete ? _ ("Nothing can be changed about it afterwards.")
                  : _ ("It will be recorded that the patient did not come."),
      _ ("Notes"), NULL);
  Request *request = make_request (asked->window, asked->kind, asked->id);

  request->to = step->to;
  request->done = g_strdup (step->done);
  request->written = rounds_notes_new (request->sync, entry);
  rounds_notes_dialog_set_buffer (dialog, rounds_notes_get_buffer (request->written));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Not Now"), "go",
                                  is_complete ? _ ("_Complete") : _ ("_Record No-Show"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "go",
                                            is_complete ? ADW_RESPONSE_SUGGESTED
                                                        : ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_data (dialog, "answered", G_CALLBACK (on_notes_answered_cb), request,
                         free_closure_request, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (asked->window));
}

static DexFuture *
change_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry = find_entry_fiber (request, &error);
  RoundsStep step;

  if (entry == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!is_current (request))
    return dex_future_new_false ();
  if (!rounds_steps_find (rounds_sync_get_user (request->sync), entry, request->to, &step))
    {
      rounds_window_toast (request->window, _ ("That is no longer possible: it has changed"));
      return dex_future_new_false ();
    }

  if (step.asks_notes)
    {
      ask_notes (request, entry, &step);
      return dex_future_new_true ();
    }
  request->done = g_strdup (step.done);
  return send_change_fiber (request);
}

static DexFuture *
copy_link_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSecretText) link = dex_await_boxed (
      rounds_sync_fetch_link (request->sync, request->kind, request->id), &error);

  if (link == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!is_current (request))
    return dex_future_new_false ();

  /* Security: the person asked for it in so many words; the row says what the link is. */
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (request->window)), link);
  rounds_window_toast (request->window, _ ("Link copied: it lets its holder in under your name"));
  return dex_future_new_true ();
}

static DexFuture *
open_link_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiLink) parsed = NULL;
  g_autoptr (RoundsSecretText) link = dex_await_boxed (
      rounds_sync_fetch_link (request->sync, request->kind, request->id), &error);

  if (link == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!is_current (request))
    return dex_future_new_false ();

  parsed = rounds_jitsi_link_parse (link, &error);
  if (parsed == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* Closing the portal's chooser is an answer, not a failure. */
  if (!dex_await (rounds_call_browser_open (parsed, GTK_WINDOW (request->window)), &error)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

/* The actions that take kind and id. */
static const struct
{
  const char *name;
  DexFiberFunc fiber;
  void (*show) (RoundsWindow *window, RoundsEntry *entry); /* for show_fiber() */
} record_actions[] = {
  { "record.open", show_fiber, open_entry },
  { "record.join", show_fiber, rounds_window_join },
  { "record.cancel", show_fiber, rounds_window_ask_cancel },
  { "record.edit", show_fiber, rounds_window_edit },
  { "record.copy-link", copy_link_fiber, NULL },
  { "record.open-link", open_link_fiber, NULL },
};

static void
record_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  const char *id;
  guint kind;

  if (self->workspace == NULL)
    return;
  g_variant_get (parameter, "(u&s)", &kind, &id);
  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      Request *request;

      if (!g_str_equal (record_actions[i].name, name))
        continue;
      request = make_request (self, kind, id);
      request->show = record_actions[i].show;
      run (request, record_actions[i].fiber);
    }
}

static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  const char *id;
  guint kind, to;
  Request *request;

  if (self->workspace == NULL)
    return;
  g_variant_get (parameter, "(u&su)", &kind, &id, &to);
  request = make_request (self, kind, id);
  request->to = to;
  run (request, change_fiber);
}

void
rounds_window_install_record_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    gtk_widget_class_install_action (widget_class, record_actions[i].name, ROUNDS_RECORD_TARGET,
                                     record_action);
  gtk_widget_class_install_action (widget_class, "record.change", ROUNDS_RECORD_CHANGE_TARGET,
                                   change_action);
}
