/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the call page shows in each of its states, and what it says in passing.
 * It moves the page from no state to another; rounds-call-page.c does.
 */

#include "config.h"

#include "rounds-call-page-private.h"

#include <glib/gi18n.h>

#include "rounds-call-origin.h"
#include "rounds-call-resources.h"

/* Seconds that "Maria Lopez joined" stays. */
#define TOAST_TIMEOUT 3

typedef struct
{
  const char *child; /* of the stack */
  const char *waiting_for; /* the title over the spinner */
  gboolean bar;
  gboolean people;
  gboolean can_pop; /* in the call, hanging up is the way out */
} Look;

static const Look looks[] = {
  [ROUNDS_CALL_STATE_LINK] = { "wait", N_ ("Getting Your Link"), FALSE, FALSE, TRUE },
  [ROUNDS_CALL_STATE_PROBE] = { "wait", N_ ("Starting the Call"), FALSE, FALSE, TRUE },
  [ROUNDS_CALL_STATE_CHECK] = { "check", NULL, FALSE, FALSE, TRUE },
  [ROUNDS_CALL_STATE_LOADING] = { "wait", N_ ("Connecting"), FALSE, FALSE, TRUE },
  [ROUNDS_CALL_STATE_LOBBY] = { "call", NULL, TRUE, FALSE, TRUE },
  [ROUNDS_CALL_STATE_IN_CALL] = { "call", NULL, TRUE, TRUE, FALSE },
  [ROUNDS_CALL_STATE_LEFT] = { "notice", NULL, FALSE, FALSE, TRUE },
  [ROUNDS_CALL_STATE_FAILED] = { "notice", NULL, FALSE, FALSE, TRUE },
  [ROUNDS_CALL_STATE_IN_BROWSER] = { "notice", NULL, FALSE, FALSE, TRUE },
};

static void
dismiss_banner_cb (RoundsCallPage *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
}

static void
toast_dismissed_cb (RoundsCallPage *self, AdwToast *toast)
{
  if (self->toast == toast)
    self->toast = NULL;
}

void
rounds_call_page_bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ROUNDS_TYPE_CALL_BAR);
  g_type_ensure (ROUNDS_TYPE_CALL_ELAPSED);
  g_type_ensure (ROUNDS_TYPE_CALL_LOBBY);
  g_type_ensure (ROUNDS_TYPE_CALL_NOTICE);
  g_type_ensure (ROUNDS_TYPE_CALL_PEOPLE);
  g_type_ensure (ROUNDS_TYPE_CALL_SIGNAL);

  /* Also keeps the resources linked into programs that use the static library. */
  rounds_call_get_resource ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, wait);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, check_bin);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, frame);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, elapsed);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, lobby);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, notice);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, people);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, quality);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_banner_cb);
  rounds_call_page_bind_layout (widget_class);
}

static void
show_wait (RoundsCallPage *self, const char *title)
{
  g_autofree char *host = NULL;
  g_autofree char *description = NULL;

  if (self->state == ROUNDS_CALL_STATE_LOADING)
    {
      host = rounds_call_origin_dup_host (self->link->origin);
      description = g_markup_escape_text (host, -1);
    }
  adw_status_page_set_title (self->wait, _ (title));
  adw_status_page_set_description (self->wait, description);
}

/* Shows what belongs to @state; the page's buttons work accordingly. */
void
rounds_call_page_set_state (RoundsCallPage *self, RoundsCallState state)
{
  const Look *look;

  g_return_if_fail (ROUNDS_IS_CALL_PAGE (self));
  g_return_if_fail (state < ROUNDS_CALL_N_STATES);

  look = &looks[state];
  self->state = state;
  if (look->waiting_for != NULL)
    show_wait (self, look->waiting_for);
  if (!look->bar)
    adw_banner_set_revealed (self->banner, FALSE);
  gtk_stack_set_visible_child_name (self->stack, look->child);
  if (state != ROUNDS_CALL_STATE_CHECK)
    rounds_call_page_drop_check (self);
  adw_toolbar_view_set_reveal_bottom_bars (self->toolbar_view, look->bar);
  gtk_widget_set_visible (GTK_WIDGET (self->people), look->people);
  rounds_call_bar_set_in_call (self->bar, state == ROUNDS_CALL_STATE_IN_CALL);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), look->can_pop);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.join-now",
                                 state == ROUNDS_CALL_STATE_CHECK);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.toggle-detached",
                                 state == ROUNDS_CALL_STATE_IN_CALL);
  gtk_widget_set_visible (GTK_WIDGET (self->detach_button), state == ROUNDS_CALL_STATE_IN_CALL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.hang-up", look->bar);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.try-again",
                                 state == ROUNDS_CALL_STATE_FAILED
                                     || state == ROUNDS_CALL_STATE_LEFT);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.open-in-browser",
                                 state == ROUNDS_CALL_STATE_FAILED
                                     || state == ROUNDS_CALL_STATE_IN_BROWSER);
  rounds_call_page_show_switches (self);
}

static gboolean
has_switch (RoundsCallPage *self, RoundsCallSwitch microphone, RoundsCallSwitch camera)
{
  return self->session != NULL
         && rounds_call_session_get_switch (self->session, ROUNDS_CALL_DEVICE_MICROPHONE)
                == microphone
         && rounds_call_session_get_switch (self->session, ROUNDS_CALL_DEVICE_CAMERA) == camera;
}

/* Brings the bar in line with the conference and with what the person allowed. */
void
rounds_call_page_show_switches (RoundsCallPage *self)
{
  gboolean live = self->session != NULL && self->state == ROUNDS_CALL_STATE_IN_CALL
                  && rounds_call_session_is_ready (self->session);
  RoundsCallConference *conference;

  rounds_call_page_enable_live_actions (self, live);
  if (self->session == NULL)
    return;

  conference = rounds_call_session_get_conference (self->session);
  for (guint i = 0; i < ROUNDS_CALL_N_TOGGLES; i++)
    rounds_call_bar_set_toggle (self->bar, i, rounds_call_conference_is_on (conference, i));
  rounds_call_bar_set_unread (self->bar, rounds_call_conference_get_n_unread (conference));

  if (has_switch (self, ROUNDS_CALL_SWITCH_ON, ROUNDS_CALL_SWITCH_ON))
    adw_banner_set_revealed (self->banner, FALSE);
  rounds_call_bar_set_microphone (
      self->bar, rounds_call_session_get_switch (self->session, ROUNDS_CALL_DEVICE_MICROPHONE));
  rounds_call_bar_set_camera (
      self->bar, rounds_call_session_get_switch (self->session, ROUNDS_CALL_DEVICE_CAMERA));
}

/* A device does not work: says so until it is dismissed, or until both work. */
void
rounds_call_page_show_problem (RoundsCallPage *self, const char *sentence)
{
  /* The page reports one after the other; the person refused them together. */
  if (has_switch (self, ROUNDS_CALL_SWITCH_DENIED, ROUNDS_CALL_SWITCH_DENIED))
    sentence = _ ("Camera and microphone are not allowed; the others can’t see or hear you");

  adw_banner_set_title (self->banner, sentence);
  adw_banner_set_revealed (self->banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* Says something in passing, to the eye and to a screen reader; the next one takes its place. */
void
rounds_call_page_tell (RoundsCallPage *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  /* The name is somebody else's text. */
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, TOAST_TIMEOUT);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  self->toast = toast;
  adw_toast_overlay_add_toast (self->toasts, toast);
}
