/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From the body of POST /api/meetings to a meeting that may be stored.
 * It writes nothing; the handler stores what comes out.
 */

#pragma once

#include "rounds-meeting-draft.h"
#include "rounds-meeting.h"

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* NULL with @refusal set (transfer full): 400 for a body that is no meeting, 403 for one that the
 * caller may not make, 422 for people who do not make one. (transfer full) */
RoundsMeeting *rounds_meeting_booking_make (RoundsRequest *request, RoundsResponse **refusal);

/* Sets participants and kind of @meeting as @draft asks, by the rules for a meeting that @creator
 * makes; a draft without participants or kind keeps @meeting's. NULL, or the refusal: 403 or 422.
 * (transfer full) */
RoundsResponse *
rounds_meeting_booking_choose_people (RoundsRequest *request, const RoundsUser *creator,
                                      const RoundsMeetingDraft *draft, RoundsMeeting *meeting);

G_END_DECLS
