/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is known of the conference from the page's events: joined or not, who is there, what is
 * muted. It sees events only; the web view and the widgets are elsewhere.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a person turns on and off in the page, beside camera and microphone. */
typedef enum
{
  ROUNDS_CALL_TOGGLE_SHARE, /* one's screen */
  ROUNDS_CALL_TOGGLE_HAND,
  ROUNDS_CALL_TOGGLE_TILES, /* everyone alike, not the speaker large */
  ROUNDS_CALL_TOGGLE_CHAT,
  ROUNDS_CALL_N_TOGGLES
} RoundsCallToggle;

#define ROUNDS_TYPE_CALL_CONFERENCE (rounds_call_conference_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallConference, rounds_call_conference, ROUNDS, CALL_CONFERENCE,
                      GObject)

RoundsCallConference *rounds_call_conference_new (gboolean audio_muted, gboolean video_muted);
void
rounds_call_conference_take_event (RoundsCallConference *self, const char *name, JsonObject *data);
/* Whether we are in the conference, as the last event said. */
gboolean rounds_call_conference_is_joined (RoundsCallConference *self);
/* What others hear and see of us: FALSE also where a device is on its way. */
gboolean rounds_call_conference_is_audio_muted (RoundsCallConference *self);
gboolean rounds_call_conference_is_video_muted (RoundsCallConference *self);
/* What the page says of one of its switches. */
gboolean rounds_call_conference_is_on (RoundsCallConference *self, RoundsCallToggle toggle);
guint rounds_call_conference_get_n_unread (RoundsCallConference *self);
GListModel *rounds_call_conference_get_participants (RoundsCallConference *self);

G_END_DECLS
