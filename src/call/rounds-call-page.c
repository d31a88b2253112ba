/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call page: a Jitsi meeting loaded top-level, with native controls and honest failure pages.
 * It knows a link and some words to show; status changes are the app's.
 */

#include "config.h"

#include "rounds-call-page-private.h"

#include <glib/gi18n.h>

#include "rounds-call-origin.h"
#include "rounds-call-participant.h"

G_DEFINE_FINAL_TYPE (RoundsCallPage, rounds_call_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  JOINED,
  PARTICIPANT_JOINED,
  PARTICIPANT_LEFT,
  LEFT,
  MEASURED,
  OPENED_IN_BROWSER,
  CLOSED,
  LINK_NEEDED,
  DETACH_TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Leaves the session behind: with the view the page, its cookies, camera and microphone go. */
void
rounds_call_page_drop_session (RoundsCallPage *self)
{
  if (self->session == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (rounds_call_session_get_conference (self->session), self);
  g_signal_handlers_disconnect_by_data (rounds_call_session_get_view (self->session), self);
  rounds_call_people_set_model (self->people, NULL);
  rounds_call_signal_show (self->quality, NULL);
  rounds_call_lobby_clear (self->lobby);
  adw_bin_set_child (self->frame, NULL);
  g_clear_object (&self->session);
}

/* Ends the session and, when we were in the call, tells how long. Returns: the seconds. */
static gint64
leave_session (RoundsCallPage *self)
{
  gboolean was_in_call = self->state == ROUNDS_CALL_STATE_IN_CALL;
  gint64 seconds = rounds_call_elapsed_stop (self->elapsed);

  rounds_call_page_drop_session (self);
  self->state = ROUNDS_CALL_STATE_LEFT;
  if (was_in_call)
    g_signal_emit (self, signals[LEFT], 0, seconds);

  return seconds;
}

void
rounds_call_page_show_failure (RoundsCallPage *self, const GError *error)
{
  g_autofree char *host = NULL;
  g_autoptr (RoundsCallFailure) failure = NULL;

  if (self->link != NULL)
    host = rounds_call_origin_dup_host (self->link->origin);
  failure = rounds_call_failure_new (error, host);
  leave_session (self);
  rounds_call_notice_show_failure (self->notice, failure);
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_FAILED);
}

static void
session_failed_cb (RoundsCallPage *self, const GError *error)
{
  g_autoptr (RoundsCallPage) alive = g_object_ref (self);

  rounds_call_page_show_failure (self, error);
}

static void
session_ended_cb (RoundsCallPage *self, gboolean by_ourselves)
{
  g_autoptr (RoundsCallPage) alive = g_object_ref (self);
  gboolean was_in_call = self->state == ROUNDS_CALL_STATE_IN_CALL;
  g_autofree char *duration = rounds_call_elapsed_describe (leave_session (self));

  /* Whoever turns round in the lobby has been nowhere; there is nothing to tell. */
  if (!was_in_call && by_ourselves)
    {
      g_signal_emit (self, signals[CLOSED], 0);
      return;
    }

  rounds_call_notice_show_left (self->notice, by_ourselves, duration);
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_LEFT);
}

static void
view_loaded_cb (RoundsCallPage *self)
{
  if (self->state == ROUNDS_CALL_STATE_LOADING)
    rounds_call_page_set_state (self, ROUNDS_CALL_STATE_LOBBY);
}

static void
session_joined_cb (RoundsCallPage *self)
{
  rounds_call_elapsed_start (self->elapsed);
  rounds_call_page_use_choices (self);
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_IN_CALL);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("You are in the call"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_signal_emit (self, signals[JOINED], 0);
}

static void
measured_cb (RoundsCallPage *self, const RoundsCallQuality *quality)
{
  rounds_call_signal_show (self->quality, quality);
  g_signal_emit (self, signals[MEASURED], 0, quality);
}

static void
participant_joined_cb (RoundsCallPage *self, RoundsCallParticipant *person)
{
  /* Translators: %s is a person's name */
  g_autofree char *text
      = g_strdup_printf (_ ("%s joined"), rounds_call_participant_get_name (person));

  rounds_call_page_tell (self, text);
  g_signal_emit (self, signals[PARTICIPANT_JOINED], 0, rounds_call_participant_get_id (person),
                 rounds_call_participant_get_name (person));
}

static void
participant_left_cb (RoundsCallPage *self, RoundsCallParticipant *person)
{
  /* Translators: %s is a person's name */
  g_autofree char *text
      = g_strdup_printf (_ ("%s left"), rounds_call_participant_get_name (person));

  rounds_call_page_tell (self, text);
  g_signal_emit (self, signals[PARTICIPANT_LEFT], 0, rounds_call_participant_get_id (person));
}

static void
hand_raised_cb (RoundsCallPage *self, RoundsCallParticipant *person)
{
  /* Translators: %s is a person's name */
  g_autofree char *text
      = g_strdup_printf (_ ("%s raised a hand"), rounds_call_participant_get_name (person));

  rounds_call_page_tell (self, text);
}

static void
knocking_cb (RoundsCallPage *self, RoundsCallParticipant *person)
{
  rounds_call_lobby_add (self->lobby, person);
}

static void
knock_answered_cb (RoundsCallPage *self, const char *id, gboolean admit)
{
  if (self->session != NULL)
    rounds_call_session_answer_knock (self->session, id, admit);
}

void
rounds_call_page_connect_session (RoundsCallPage *self)
{
  RoundsCallConference *conference = rounds_call_session_get_conference (self->session);
  const struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { rounds_call_session_get_view (self->session), "loaded", G_CALLBACK (view_loaded_cb) },
    { self->session, "joined", G_CALLBACK (session_joined_cb) },
    { self->session, "ended", G_CALLBACK (session_ended_cb) },
    { self->session, "failed", G_CALLBACK (session_failed_cb) },
    { self->session, "measured", G_CALLBACK (measured_cb) },
    { self->session, "switches-changed", G_CALLBACK (rounds_call_page_show_switches) },
    { conference, "participant-joined", G_CALLBACK (participant_joined_cb) },
    { conference, "participant-left", G_CALLBACK (participant_left_cb) },
    { conference, "hand-raised", G_CALLBACK (hand_raised_cb) },
    { conference, "knocking", G_CALLBACK (knocking_cb) },
    { conference, "device-error", G_CALLBACK (rounds_call_page_show_problem) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal, connections[i].callback,
                             self, G_CONNECT_SWAPPED);
}

void
rounds_call_page_try_again (RoundsCallPage *self)
{
  guint generation = self->generation;

  /* A fresh link carries a fresh token; an app that has none to give leaves us with the last. */
  g_signal_emit (self, signals[LINK_NEEDED], 0);
  if (generation == self->generation)
    rounds_call_page_open (self);
}

void
rounds_call_page_take_browser (RoundsCallPage *self)
{
  g_autofree char *host = rounds_call_origin_dup_host (self->link->origin);

  rounds_call_notice_show_in_browser (self->notice, host);
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_IN_BROWSER);
  g_signal_emit (self, signals[OPENED_IN_BROWSER], 0);
}

void
rounds_call_page_toggle_detached (RoundsCallPage *self)
{
  g_signal_emit (self, signals[DETACH_TOGGLED], 0);
}

void
rounds_call_page_close (RoundsCallPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
rounds_call_page_dispose (GObject *object)
{
  RoundsCallPage *self = ROUNDS_CALL_PAGE (object);

  rounds_call_page_give_up_opening (self);
  dex_clear (&self->link_future);
  rounds_call_page_drop_check (self);
  if (self->session != NULL)
    rounds_call_page_drop_session (self);
  g_clear_object (&self->leave);
  /* Disposing of the template would take this child away behind the parent class's back. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_PAGE);

  G_OBJECT_CLASS (rounds_call_page_parent_class)->dispose (object);
}

static void
rounds_call_page_finalize (GObject *object)
{
  RoundsCallPage *self = ROUNDS_CALL_PAGE (object);

  g_clear_pointer (&self->link, rounds_jitsi_link_free);
  g_clear_pointer (&self->display_name, g_free);
  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    {
      rounds_call_choice_clear (&self->choices[i]);
      g_free (self->wanted[i]);
    }

  G_OBJECT_CLASS (rounds_call_page_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_parameters, GType first, GType second)
{
  return g_signal_new (name, ROUNDS_TYPE_CALL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_parameters, first, second);
}

static void
rounds_call_page_class_init (RoundsCallPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_call_page_dispose;
  object_class->finalize = rounds_call_page_finalize;

  signals[JOINED] = add_signal ("joined", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[PARTICIPANT_JOINED] = add_signal ("participant-joined", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[PARTICIPANT_LEFT] = add_signal ("participant-left", 1, G_TYPE_STRING, G_TYPE_NONE);
  signals[LEFT] = add_signal ("left", 1, G_TYPE_INT64, G_TYPE_NONE);
  signals[MEASURED] = add_signal ("measured", 1, G_TYPE_POINTER, G_TYPE_NONE);
  signals[OPENED_IN_BROWSER] = add_signal ("opened-in-browser", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[CLOSED] = add_signal ("closed", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[DETACH_TOGGLED] = add_signal ("detach-toggled", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[LINK_NEEDED] = add_signal ("link-needed", 0, G_TYPE_NONE, G_TYPE_NONE);

  rounds_call_page_install_devices (object_class);
  rounds_call_page_bind_template (GTK_WIDGET_CLASS (klass));
  rounds_call_page_install_actions (GTK_WIDGET_CLASS (klass));
}

static void
rounds_call_page_init (RoundsCallPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->lobby, "answered", G_CALLBACK (knock_answered_cb), self,
                           G_CONNECT_SWAPPED);
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_LINK);
}

RoundsCallPage *
rounds_call_page_new (const RoundsCallSubject *subject, DexFuture *link_future)
{
  RoundsCallPage *self;

  g_return_val_if_fail (subject != NULL && subject->title != NULL, NULL);
  g_return_val_if_fail (DEX_IS_FUTURE (link_future), NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_PAGE, "title", subject->title, NULL);
  self->display_name = g_strdup (subject->display_name);
  rounds_call_people_set_own_name (self->people, subject->display_name);
  self->audio_only = subject->audio_only;
  self->checks_devices = subject->checks_devices;
  adw_window_title_set_title (self->window_title, subject->title);
  adw_window_title_set_subtitle (self->window_title,
                                 subject->subtitle != NULL ? subject->subtitle : "");
  rounds_call_page_set_link_future (self, link_future);

  return self;
}

/* (transfer full) @link_future; see "link-needed". Starts over, unless we are in the call. */
void
rounds_call_page_set_link_future (RoundsCallPage *self, DexFuture *link_future)
{
  g_return_if_fail (ROUNDS_IS_CALL_PAGE (self));
  g_return_if_fail (DEX_IS_FUTURE (link_future));

  dex_clear (&self->link_future);
  self->link_future = link_future;
  self->generation++;
  if (!rounds_call_page_is_in_call (self))
    rounds_call_page_open (self);
}

gboolean
rounds_call_page_is_in_call (RoundsCallPage *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_PAGE (self), FALSE);

  return self->state == ROUNDS_CALL_STATE_IN_CALL;
}

guint
rounds_call_page_get_n_participants (RoundsCallPage *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_PAGE (self), 0);

  if (self->session == NULL)
    return 0;

  return g_list_model_get_n_items (
      rounds_call_conference_get_participants (rounds_call_session_get_conference (self->session)));
}

/* Leaves the conference: "left" follows. Does nothing where there is none. */
void
rounds_call_page_hang_up (RoundsCallPage *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_PAGE (self));

  if (self->session != NULL)
    rounds_call_session_hang_up (self->session);
}
