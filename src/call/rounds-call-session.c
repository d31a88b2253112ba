/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One visit to a conference: view, bridge and conference tied together, from loading to having
 * left. It draws nothing but the view; RoundsCallPage shows the rest.
 */

#include "config.h"

#include "rounds-call-session.h"

#include "rounds-call-meter.h"

/* Seconds. A page that hangs up says so within one; a person who moves between the rooms of one
 * conference is back within two. */
#define LEAVE_TIMEOUT 4

struct _RoundsCallSession
{
  GObject parent_instance;

  RoundsCallView *view;
  RoundsCallConference *conference;
  RoundsCallMeter *meter;
  guint leave_timeout;
  gboolean hanging_up;
  gboolean joined; /* was told */
  gboolean over; /* ended or failed was told */
};

G_DEFINE_FINAL_TYPE (RoundsCallSession, rounds_call_session, G_TYPE_OBJECT)

enum
{
  JOINED,
  SWITCHES_CHANGED,
  MEASURED,
  ENDED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
end (RoundsCallSession *self)
{
  g_clear_handle_id (&self->leave_timeout, g_source_remove);
  if (self->over)
    return;

  self->over = TRUE;
  g_signal_emit (self, signals[ENDED], 0, self->hanging_up);
}

static void
leave_timed_out (gpointer user_data)
{
  RoundsCallSession *self = ROUNDS_CALL_SESSION (user_data);

  self->leave_timeout = 0;
  end (self);
}

static void
end_soon (RoundsCallSession *self)
{
  if (self->leave_timeout == 0)
    self->leave_timeout = g_timeout_add_seconds_once (LEAVE_TIMEOUT, leave_timed_out, self);
}

static void
fail (RoundsCallSession *self, const GError *error)
{
  g_clear_handle_id (&self->leave_timeout, g_source_remove);
  if (self->over)
    return;

  /* What breaks while it is being left is of no interest any more. */
  if (self->hanging_up)
    {
      end (self);
      return;
    }

  self->over = TRUE;
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
event_cb (RoundsCallSession *self, const char *name, JsonObject *data)
{
  g_autoptr (RoundsCallSession) alive = g_object_ref (self);

  if (!self->over)
    rounds_call_conference_take_event (self->conference, name, data);
}

static void
joined_cb (RoundsCallSession *self)
{
  if (!self->hanging_up)
    g_clear_handle_id (&self->leave_timeout, g_source_remove);
  if (self->joined)
    return;

  self->joined = TRUE;
  rounds_call_meter_start (self->meter);
  g_signal_emit (self, signals[JOINED], 0);
}

static void
left_cb (RoundsCallSession *self)
{
  if (self->hanging_up)
    end (self);
  else
    end_soon (self);
}

static void
switches_changed_cb (RoundsCallSession *self)
{
  g_signal_emit (self, signals[SWITCHES_CHANGED], 0);
}

static void
measured_cb (RoundsCallSession *self, const RoundsCallQuality *quality)
{
  if (!self->over)
    g_signal_emit (self, signals[MEASURED], 0, quality);
}

static void
rounds_call_session_dispose (GObject *object)
{
  RoundsCallSession *self = ROUNDS_CALL_SESSION (object);

  g_clear_handle_id (&self->leave_timeout, g_source_remove);
  self->over = TRUE;
  if (self->view != NULL)
    rounds_call_permissions_close (rounds_call_view_get_permissions (self->view));
  g_clear_object (&self->meter);
  g_clear_object (&self->view);
  g_clear_object (&self->conference);

  G_OBJECT_CLASS (rounds_call_session_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, GType parameter)
{
  return g_signal_new (name, ROUNDS_TYPE_CALL_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, parameter != G_TYPE_NONE ? 1 : 0, parameter);
}

static void
rounds_call_session_class_init (RoundsCallSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_call_session_dispose;

  /* "measured" has a const RoundsCallQuality *. "ended" says whether we hung up ourselves. After
   * "ended" or "failed" nothing more comes. */
  signals[JOINED] = add_signal ("joined", G_TYPE_NONE);
  signals[SWITCHES_CHANGED] = add_signal ("switches-changed", G_TYPE_NONE);
  signals[MEASURED] = add_signal ("measured", G_TYPE_POINTER);
  signals[ENDED] = add_signal ("ended", G_TYPE_BOOLEAN);
  signals[FAILED] = add_signal ("failed", G_TYPE_ERROR);
}

static void
rounds_call_session_init (RoundsCallSession *self)
{
}

static void
connect_parts (RoundsCallSession *self)
{
  RoundsCallBridge *bridge = rounds_call_view_get_bridge (self->view);
  const struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { self->view, "failed", G_CALLBACK (fail) },
    { rounds_call_view_get_permissions (self->view), "changed", G_CALLBACK (switches_changed_cb) },
    { bridge, "ready", G_CALLBACK (switches_changed_cb) },
    { bridge, "event", G_CALLBACK (event_cb) },
    { self->meter, "measured", G_CALLBACK (measured_cb) },
    { self->conference, "joined", G_CALLBACK (joined_cb) },
    { self->conference, "left", G_CALLBACK (left_cb) },
    { self->conference, "ended", G_CALLBACK (end) },
    { self->conference, "failed", G_CALLBACK (fail) },
    { self->conference, "switches-changed", G_CALLBACK (switches_changed_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal, connections[i].callback,
                             self, G_CONNECT_SWAPPED);
}

/**
 * rounds_call_session_new:
 * @origin: where the meeting is
 * @audio_muted: whether the page is asked to start muted
 * @video_muted: whether the page is asked to start without video
 *
 * Its view is to be put into a window and loaded by the caller; dropping view and session leaves
 * the conference and lets go of camera and microphone.
 */
RoundsCallSession *
rounds_call_session_new (const char *origin, gboolean audio_muted, gboolean video_muted)
{
  RoundsCallSession *self;

  g_return_val_if_fail (origin != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_SESSION, NULL);
  self->view = g_object_ref_sink (rounds_call_view_new (origin));
  self->conference = rounds_call_conference_new (audio_muted, video_muted);
  self->meter = rounds_call_meter_new (rounds_call_view_get_bridge (self->view));
  connect_parts (self);

  return self;
}

RoundsCallView *
rounds_call_session_get_view (RoundsCallSession *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_SESSION (self), NULL);

  return self->view;
}

RoundsCallConference *
rounds_call_session_get_conference (RoundsCallSession *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_SESSION (self), NULL);

  return self->conference;
}

/* Whether the page takes commands. */
gboolean
rounds_call_session_is_ready (RoundsCallSession *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_SESSION (self), FALSE);

  return !self->over && rounds_call_bridge_is_ready (rounds_call_view_get_bridge (self->view));
}

RoundsCallSwitch
rounds_call_session_get_switch (RoundsCallSession *self, RoundsCallDevice device)
{
  RoundsCallPermissions *permissions;
  gboolean muted;

  g_return_val_if_fail (ROUNDS_IS_CALL_SESSION (self), ROUNDS_CALL_SWITCH_OFF);

  permissions = rounds_call_view_get_permissions (self->view);
  if (rounds_call_permissions_get_decision (permissions, device) == ROUNDS_CALL_DECISION_DENIED)
    return ROUNDS_CALL_SWITCH_DENIED;

  muted = device == ROUNDS_CALL_DEVICE_CAMERA
              ? rounds_call_conference_is_video_muted (self->conference)
              : rounds_call_conference_is_audio_muted (self->conference);
  return muted ? ROUNDS_CALL_SWITCH_OFF : ROUNDS_CALL_SWITCH_ON;
}

/* Mutes or unmutes. Where the person had denied the device, it is asked for again: the page wants
 * it as soon as it is told to unmute. Does nothing before the page is ready. */
void
rounds_call_session_toggle (RoundsCallSession *self, RoundsCallDevice device)
{
  gboolean camera = device == ROUNDS_CALL_DEVICE_CAMERA;

  g_return_if_fail (ROUNDS_IS_CALL_SESSION (self));

  if (!rounds_call_session_is_ready (self))
    return;

  if (rounds_call_session_get_switch (self, device) == ROUNDS_CALL_SWITCH_DENIED)
    rounds_call_permissions_forget (rounds_call_view_get_permissions (self->view), device);
  rounds_call_bridge_send_command (rounds_call_view_get_bridge (self->view),
                                   camera ? "toggle-video" : "toggle-audio", NULL);
}

/* Has the page use the device of this name, as the engine calls it. Does nothing before the page is
 * ready, and where it is off or gone. */
void
rounds_call_session_use_device (RoundsCallSession *self, RoundsCallDevice device, const char *label)
{
  JsonObject *request;
  JsonObject *wanted;

  g_return_if_fail (ROUNDS_IS_CALL_SESSION (self));
  g_return_if_fail (label != NULL);

  if (!rounds_call_session_is_ready (self))
    return;

  wanted = json_object_new ();
  json_object_set_string_member (wanted, "kind",
                                 device == ROUNDS_CALL_DEVICE_CAMERA ? "videoinput" : "audioinput");
  json_object_set_string_member (wanted, "label", label);
  request = json_object_new ();
  json_object_set_string_member (request, "type", "devices");
  json_object_set_string_member (request, "name", "setDevice");
  json_object_set_object_member (request, "device", wanted);
  rounds_call_bridge_send_request (rounds_call_view_get_bridge (self->view), request);
}

/* Turns on or off what the page has a command for. Does nothing before the page is ready. */
void
rounds_call_session_flip (RoundsCallSession *self, RoundsCallToggle toggle)
{
  static const char *const commands[] = {
    [ROUNDS_CALL_TOGGLE_SHARE] = "toggle-share-screen",
    [ROUNDS_CALL_TOGGLE_HAND] = "toggle-raise-hand",
    [ROUNDS_CALL_TOGGLE_TILES] = "toggle-tile-view",
    [ROUNDS_CALL_TOGGLE_CHAT] = "toggle-chat",
  };

  g_return_if_fail (ROUNDS_IS_CALL_SESSION (self));
  g_return_if_fail (toggle < G_N_ELEMENTS (commands));

  if (rounds_call_session_is_ready (self))
    rounds_call_bridge_send_command (rounds_call_view_get_bridge (self->view), commands[toggle],
                                     NULL);
}

/* Lets the person who knocks in, or not. Does nothing before the page is ready. */
void
rounds_call_session_answer_knock (RoundsCallSession *self, const char *id, gboolean admit)
{
  JsonArray *arguments;

  g_return_if_fail (ROUNDS_IS_CALL_SESSION (self));
  g_return_if_fail (id != NULL);

  if (!rounds_call_session_is_ready (self))
    return;

  arguments = json_array_new ();
  json_array_add_string_element (arguments, id);
  json_array_add_boolean_element (arguments, admit);
  rounds_call_bridge_send_command (rounds_call_view_get_bridge (self->view),
                                   "answer-knocking-participant", arguments);
}

/* Leaves: "ended" follows at once where there is nothing to leave, else as soon as the page has
 * said goodbye to the others, or after a few seconds without a word from it. */
void
rounds_call_session_hang_up (RoundsCallSession *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_SESSION (self));

  if (self->over || self->hanging_up)
    return;

  self->hanging_up = TRUE;
  if (!rounds_call_conference_is_joined (self->conference) || !rounds_call_session_is_ready (self))
    {
      end (self);
      return;
    }

  rounds_call_bridge_send_command (rounds_call_view_get_bridge (self->view), "video-hangup", NULL);
  end_soon (self);
}
