/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window's fields and what its files ask of each other.
 * Only rounds-window*.c include this.
 */

#pragma once

#include "rounds-call-window.h"
#include "rounds-visit.h"
#include "rounds-window.h"
#include "rounds-workspace.h"

G_BEGIN_DECLS

struct _RoundsWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  struct _RoundsSignInPage *sign_in_page;
  struct _RoundsTroublePage *trouble_page;
  AdwToolbarView *frame; /* around the workspace */
  AdwBin *workspace_bin;
  AdwBanner *disk_banner; /* under the workspace */

  RoundsWorkspace *workspace; /* NULL while nobody is signed in; owned by the bin */
  RoundsVisit *visit; /* the call that is on the screen, or NULL */
  RoundsCallWindow *call_window; /* the call's own; NULL: it is in this one. GTK owns it */
  gboolean is_moving_call; /* from one to the other: its page being hidden means nothing */
  RoundsEntryKind address_kind; /* of what is to be opened as soon as somebody is signed in */
  char *address_id; /* or NULL */
  guint call_inhibition; /* keeps the computer awake; 0: nothing does */
  guint n_starts; /* so often an account was to be opened */
  gboolean is_starting; /* the last of those is under way */
  gboolean may_hang_up; /* the person said so: the window closes */
  gboolean may_lose; /* what a stand-in holds, likewise */
  gboolean is_closing;
  gboolean comes_back; /* somebody has asked for the window since it began to close */
};

/* rounds-window.c */
void rounds_window_toast (RoundsWindow *self, const char *text);
void rounds_window_show_error (RoundsWindow *self, const GError *error);
/* A RoundsFailureFunc whose owner is the window. */
void rounds_window_on_failed (const GError *error, gpointer owner);
/* Borrowed. */
RoundsApplication *rounds_window_get_rounds (RoundsWindow *self);
GSettings *rounds_window_get_settings (RoundsWindow *self);
/* NULL while nobody is signed in. Borrowed. */
RoundsSync *rounds_window_get_sync (RoundsWindow *self);

/* rounds-window-session.c */
/* Opens the account that the settings name. */
void rounds_window_start (RoundsWindow *self);
/* Somebody has signed in to @account, of which the engine is not started yet. */
void rounds_window_take_account (RoundsWindow *self, RoundsAccount *account);
/* Shows the sign-in page for the last account. */
void rounds_window_ask_sign_in (RoundsWindow *self);
/* For another account than the last one: with this address, or none. */
void rounds_window_ask_sign_in_as (RoundsWindow *self, const char *email);
/* Takes the workspace away; what was held for undoing is sent. (transfer full) */
RoundsAccount *rounds_window_leave (RoundsWindow *self);
/* Leaves and closes the account, and destroys the window then unless it is asked for meanwhile. */
void rounds_window_end_session (RoundsWindow *self);

/* rounds-window-actions.c: win.* */
void rounds_window_install_actions (GtkWidgetClass *widget_class);
void rounds_window_update_actions (RoundsWindow *self);

/* rounds-window-accounts.c: win.switch-account */
void rounds_window_install_account_actions (GtkWidgetClass *widget_class);

/* rounds-window-forms.c: win.new-* */
void rounds_window_install_form_actions (GtkWidgetClass *widget_class);
void rounds_window_update_form_actions (RoundsWindow *self);
/* @entry: as the person sees it. */
void rounds_window_edit (RoundsWindow *self, RoundsEntry *entry);

/* rounds-window-records.c: record.* */
void rounds_window_install_record_actions (GtkWidgetClass *widget_class);

/* rounds-window-cancel.c */
void rounds_window_ask_cancel (RoundsWindow *self, RoundsEntry *entry);

/* rounds-window-mended.c: tells, now and from now on, that a cache had to be mended. */
void rounds_window_watch_mending (RoundsWindow *self);

/* rounds-window-disk.c: when the file of the account cannot be written, or does not open. */
void rounds_window_show_disk (RoundsWindow *self);
gboolean rounds_window_is_disk_bad (RoundsWindow *self);
void rounds_window_try_disk (RoundsWindow *self);
/* Offers on the trouble page what can be saved of the file. */
void rounds_window_offer_copy (RoundsWindow *self);
void rounds_window_save_copy (RoundsWindow *self);
/* Whether something would be lost if the window closed now; asks the person then, and closes it
 * later. */
gboolean rounds_window_ask_lose (RoundsWindow *self);
/* Says that the account cannot be left without losing something; FALSE when it can. */
gboolean rounds_window_refuse_lose (RoundsWindow *self);

/* rounds-window-address.c */
void rounds_window_follow_address (RoundsWindow *self);

/* rounds-window-detach.c */
void rounds_window_toggle_detached (RoundsWindow *self);
void rounds_window_attach_call (RoundsWindow *self);
void rounds_window_drop_call_window (RoundsWindow *self);
void rounds_window_install_detach_actions (GtkWidgetClass *widget_class);

/* rounds-window-visit.c */
void rounds_window_join (RoundsWindow *self, RoundsEntry *entry);
/* In a conference, not before one or after it. */
gboolean rounds_window_is_in_call (RoundsWindow *self);
/* Says that a call has to end first; FALSE when there is none. */
gboolean rounds_window_refuse_in_call (RoundsWindow *self);
/* Asks whether the window may close, and closes it then. */
void rounds_window_ask_hang_up (RoundsWindow *self);

G_END_DECLS
