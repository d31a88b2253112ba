/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One visit to a conference: view, bridge and conference tied together, from loading to having
 * left. It draws nothing but the view; RoundsCallPage shows the rest.
 */

#pragma once

#include "rounds-call-bar.h"
#include "rounds-call-conference.h"
#include "rounds-call-view.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_SESSION (rounds_call_session_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallSession, rounds_call_session, ROUNDS, CALL_SESSION, GObject)

RoundsCallSession *
rounds_call_session_new (const char *origin, gboolean audio_muted, gboolean video_muted);
/* Both borrowed; they live as long as the session. */
RoundsCallView *rounds_call_session_get_view (RoundsCallSession *self);
RoundsCallConference *rounds_call_session_get_conference (RoundsCallSession *self);
gboolean rounds_call_session_is_ready (RoundsCallSession *self);
/* On or off as the conference says, or denied by the person. */
RoundsCallSwitch rounds_call_session_get_switch (RoundsCallSession *self, RoundsCallDevice device);
void rounds_call_session_toggle (RoundsCallSession *self, RoundsCallDevice device);
void rounds_call_session_use_device (RoundsCallSession *self, RoundsCallDevice device,
                                     const char *label);
void rounds_call_session_flip (RoundsCallSession *self, RoundsCallToggle toggle);
void rounds_call_session_answer_knock (RoundsCallSession *self, const char *id, gboolean admit);
void rounds_call_session_hang_up (RoundsCallSession *self);

G_END_DECLS
