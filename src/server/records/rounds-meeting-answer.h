/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The meeting that a request is about, and the answers that hold one.
 * What a call does with it is its handler's.
 */

#pragma once

#include "rounds-meeting.h"
#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* The document as the caller gets it, own link included, as @member of what is being written or
 * NULL in a list. FALSE with @error, and nothing written. */
gboolean
rounds_meeting_answer_put (RoundsRequest *request, RoundsJsonWriter *writer, const char *member,
                           const RoundsMeeting *meeting, GError **error);
/* `data.meeting` and its ETag. */
RoundsResponse *rounds_meeting_answer (RoundsRequest *request, const RoundsMeeting *meeting);
/* 201 with `data.jitsiDetails` beside it, as the guide's answer to a new meeting has it. */
RoundsResponse *
rounds_meeting_answer_created (RoundsRequest *request, const RoundsMeeting *meeting);
/* The meeting @id, or NULL with @refusal set (transfer full): a 404 for one that is not there or
 * not the caller's to see. (transfer full) */
RoundsMeeting *
rounds_meeting_answer_find (RoundsRequest *request, const char *id, RoundsResponse **refusal);
/* The same for the route's ":id" in a call that changes it: a 412 too, when it is not the one that
 * If-Match asks for. */
RoundsMeeting *
rounds_meeting_answer_find_to_change (RoundsRequest *request, RoundsResponse **refusal);

G_END_DECLS
