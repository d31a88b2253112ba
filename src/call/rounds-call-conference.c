/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is known of the conference from the page's events: joined or not, who is there, what is
 * muted. It sees events only; the web view and the widgets are elsewhere.
 */

#include "config.h"

#include "rounds-call-conference.h"

#include "rounds-call-failure.h"
#include "rounds-call-json.h"
#include "rounds-call-roster.h"

struct _RoundsCallConference
{
  GObject parent_instance;

  RoundsCallRoster *roster; /* without oneself */
  char *own_id;
  gboolean joined;
  gboolean audio_muted;
  gboolean video_muted;
  gboolean toggles[ROUNDS_CALL_N_TOGGLES];
  guint n_unread;
};

G_DEFINE_FINAL_TYPE (RoundsCallConference, rounds_call_conference, G_TYPE_OBJECT)

enum
{
  JOINED,
  LEFT,
  ENDED,
  PARTICIPANT_JOINED,
  PARTICIPANT_LEFT,
  SWITCHES_CHANGED,
  HAND_RAISED,
  KNOCKING,
  DEVICE_ERROR,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One of the others whom @data is about; NULL for nobody that is known. */
static RoundsCallParticipant *
find_person (RoundsCallConference *self, JsonObject *data)
{
  const char *id = rounds_call_json_get_text (data, "id");

  return id != NULL ? rounds_call_roster_find (self->roster, id) : NULL;
}

static void
take_joined (RoundsCallConference *self, JsonObject *data)
{
  g_set_str (&self->own_id, rounds_call_json_get_text (data, "id"));

  /* Joined again without having left: a breakout room, or the way back from one. */
  if (self->joined)
    return;

  self->joined = TRUE;
  g_signal_emit (self, signals[JOINED], 0);
}

static void
take_left (RoundsCallConference *self, JsonObject *data)
{
  if (!self->joined)
    return;

  self->joined = FALSE;
  rounds_call_roster_clear (self->roster);
  g_signal_emit (self, signals[LEFT], 0);
}

static void
take_ended (RoundsCallConference *self, JsonObject *data)
{
  g_signal_emit (self, signals[ENDED], 0);
}

static void
take_participant_joined (RoundsCallConference *self, JsonObject *data)
{
  const char *id = rounds_call_json_get_text (data, "id");
  RoundsCallParticipant *person;

  if (id == NULL || g_strcmp0 (id, self->own_id) == 0)
    return;

  person
      = rounds_call_roster_add (self->roster, id, rounds_call_json_get_text (data, "displayName"));
  if (person != NULL)
    g_signal_emit (self, signals[PARTICIPANT_JOINED], 0, person);
}

static void
take_participant_left (RoundsCallConference *self, JsonObject *data)
{
  const char *id = rounds_call_json_get_text (data, "id");
  g_autoptr (RoundsCallParticipant) person
      = id != NULL ? rounds_call_roster_take (self->roster, id) : NULL;

  if (person != NULL)
    g_signal_emit (self, signals[PARTICIPANT_LEFT], 0, person);
}

static void
take_name_changed (RoundsCallConference *self, JsonObject *data)
{
  RoundsCallParticipant *person = find_person (self, data);

  /* jitsi-meet spells this member in one word. */
  if (person != NULL)
    rounds_call_participant_set_name (person, rounds_call_json_get_text (data, "displayname"));
}

static void
take_audio_muted (RoundsCallConference *self, JsonObject *data)
{
  self->audio_muted = rounds_call_json_get_boolean (data, "muted");
  g_signal_emit (self, signals[SWITCHES_CHANGED], 0);
}

static void
take_video_muted (RoundsCallConference *self, JsonObject *data)
{
  self->video_muted = rounds_call_json_get_boolean (data, "muted");
  g_signal_emit (self, signals[SWITCHES_CHANGED], 0);
}

static void
take_camera_error (RoundsCallConference *self, JsonObject *data)
{
  g_autofree char *sentence = rounds_call_failure_describe_device (TRUE, data);

  self->video_muted = TRUE;
  g_signal_emit (self, signals[SWITCHES_CHANGED], 0);
  g_signal_emit (self, signals[DEVICE_ERROR], 0, sentence);
}

static void
take_mic_error (RoundsCallConference *self, JsonObject *data)
{
  g_autofree char *sentence = rounds_call_failure_describe_device (FALSE, data);

  self->audio_muted = TRUE;
  g_signal_emit (self, signals[SWITCHES_CHANGED], 0);
  g_signal_emit (self, signals[DEVICE_ERROR], 0, sentence);
}

static void
set_toggle (RoundsCallConference *self, RoundsCallToggle toggle, gboolean on)
{
  if (self->toggles[toggle] == on)
    return;

  self->toggles[toggle] = on;
  g_signal_emit (self, signals[SWITCHES_CHANGED], 0);
}

static void
take_sharing (RoundsCallConference *self, JsonObject *data)
{
  set_toggle (self, ROUNDS_CALL_TOGGLE_SHARE, rounds_call_json_get_boolean (data, "on"));
}

static void
take_tiles (RoundsCallConference *self, JsonObject *data)
{
  set_toggle (self, ROUNDS_CALL_TOGGLE_TILES, rounds_call_json_get_boolean (data, "enabled"));
}

/* "handRaised" is the time of raising, 0 once it is down. */
static void
take_hand (RoundsCallConference *self, JsonObject *data)
{
  gboolean raised = rounds_call_json_get_number (data, "handRaised") > 0;
  RoundsCallParticipant *person = find_person (self, data);

  if (g_strcmp0 (rounds_call_json_get_text (data, "id"), self->own_id) == 0)
    set_toggle (self, ROUNDS_CALL_TOGGLE_HAND, raised);
  else if (person != NULL && raised)
    g_signal_emit (self, signals[HAND_RAISED], 0, person);
}

static void
take_chat (RoundsCallConference *self, JsonObject *data)
{
  gint64 n_unread = rounds_call_json_get_number (data, "unreadCount");

  self->n_unread = (guint)CLAMP (n_unread, 0, G_MAXINT);
  self->toggles[ROUNDS_CALL_TOGGLE_CHAT] = rounds_call_json_get_boolean (data, "isOpen");
  g_signal_emit (self, signals[SWITCHES_CHANGED], 0);
}

static void
take_knocking (RoundsCallConference *self, JsonObject *data)
{
  JsonObject *details = rounds_call_json_get_object (data, "participant");
  const char *id = details != NULL ? rounds_call_json_get_text (details, "id") : NULL;
  g_autoptr (RoundsCallParticipant) person = NULL;

  if (id == NULL)
    return;

  person = rounds_call_participant_new (id, rounds_call_json_get_text (details, "name"));
  g_signal_emit (self, signals[KNOCKING], 0, person);
}

static void
take_error (RoundsCallConference *self, JsonObject *data)
{
  g_autoptr (GError) error = rounds_call_failure_from_event (data);

  if (error == NULL)
    return;

  /* A moderator ended it for everyone: no failure, though the page calls it one. */
  if (g_str_equal (error->message, "conference.destroyed"))
    g_signal_emit (self, signals[ENDED], 0);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

static const struct
{
  const char *name;
  void (*take) (RoundsCallConference *self, JsonObject *data);
} events[] = {
  { "video-conference-joined", take_joined },
  { "video-conference-left", take_left },
  { "video-ready-to-close", take_ended },
  { "ready-to-close", take_ended },
  { "participant-joined", take_participant_joined },
  { "participant-left", take_participant_left },
  { "display-name-change", take_name_changed },
  { "audio-mute-status-changed", take_audio_muted },
  { "video-mute-status-changed", take_video_muted },
  { "camera-error", take_camera_error },
  { "mic-error", take_mic_error },
  { "screen-sharing-status-changed", take_sharing },
  { "raise-hand-updated", take_hand },
  { "tile-view-changed", take_tiles },
  { "chat-updated", take_chat },
  { "knocking-participant", take_knocking },
  { "error-occurred", take_error },
};

static void
rounds_call_conference_finalize (GObject *object)
{
  RoundsCallConference *self = ROUNDS_CALL_CONFERENCE (object);

  g_clear_pointer (&self->roster, rounds_call_roster_free);
  g_clear_pointer (&self->own_id, g_free);

  G_OBJECT_CLASS (rounds_call_conference_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, GType parameter)
{
  return g_signal_new (name, ROUNDS_TYPE_CALL_CONFERENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, parameter != G_TYPE_NONE ? 1 : 0, parameter);
}

static void
rounds_call_conference_class_init (RoundsCallConferenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rounds_call_conference_finalize;

  /* "left": out of the conference, perhaps on the way into another room of it.
   * "ended": the page has nothing more to show. */
  signals[JOINED] = add_signal ("joined", G_TYPE_NONE);
  signals[LEFT] = add_signal ("left", G_TYPE_NONE);
  signals[ENDED] = add_signal ("ended", G_TYPE_NONE);
  signals[PARTICIPANT_JOINED] = add_signal ("participant-joined", ROUNDS_TYPE_CALL_PARTICIPANT);
  signals[PARTICIPANT_LEFT] = add_signal ("participant-left", ROUNDS_TYPE_CALL_PARTICIPANT);
  signals[SWITCHES_CHANGED] = add_signal ("switches-changed", G_TYPE_NONE);
  signals[HAND_RAISED] = add_signal ("hand-raised", ROUNDS_TYPE_CALL_PARTICIPANT);
  signals[KNOCKING] = add_signal ("knocking", ROUNDS_TYPE_CALL_PARTICIPANT);
  signals[DEVICE_ERROR] = add_signal ("device-error", G_TYPE_STRING);
  signals[FAILED] = add_signal ("failed", G_TYPE_ERROR);
}

static void
rounds_call_conference_init (RoundsCallConference *self)
{
  self->roster = rounds_call_roster_new ();
}

/* @audio_muted, @video_muted: whether the page was asked to start so. */
RoundsCallConference *
rounds_call_conference_new (gboolean audio_muted, gboolean video_muted)
{
  RoundsCallConference *self = g_object_new (ROUNDS_TYPE_CALL_CONFERENCE, NULL);

  self->audio_muted = audio_muted;
  self->video_muted = video_muted;

  return self;
}

/**
 * rounds_call_conference_take_event:
 * @name: the page's kebab-case name of the event
 * @data: (transfer none): all that it sent with it, not trusted
 *
 * Events of no interest are passed over.
 */
void
rounds_call_conference_take_event (RoundsCallConference *self, const char *name, JsonObject *data)
{
  g_return_if_fail (ROUNDS_IS_CALL_CONFERENCE (self));
  g_return_if_fail (name != NULL && data != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].name, name))
      {
        events[i].take (self, data);
        return;
      }
}

gboolean
rounds_call_conference_is_joined (RoundsCallConference *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_CONFERENCE (self), FALSE);

  return self->joined;
}

gboolean
rounds_call_conference_is_audio_muted (RoundsCallConference *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_CONFERENCE (self), FALSE);

  return self->audio_muted;
}

gboolean
rounds_call_conference_is_video_muted (RoundsCallConference *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_CONFERENCE (self), FALSE);

  return self->video_muted;
}

gboolean
rounds_call_conference_is_on (RoundsCallConference *self, RoundsCallToggle toggle)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_CONFERENCE (self), FALSE);
  g_return_val_if_fail (toggle < ROUNDS_CALL_N_TOGGLES, FALSE);

  return self->toggles[toggle];
}

/* Messages in the chat that nobody has looked at. */
guint
rounds_call_conference_get_n_unread (RoundsCallConference *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_CONFERENCE (self), 0);

  return self->n_unread;
}

/* The others, in the order they came: RoundsCallParticipant. (transfer none) */
GListModel *
rounds_call_conference_get_participants (RoundsCallConference *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_CONFERENCE (self), NULL);

  return rounds_call_roster_get_model (self->roster);
}
