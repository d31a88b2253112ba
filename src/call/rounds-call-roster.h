/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The others in a conference, in the order they came, found by the page's ids.
 * What the page says of them is RoundsCallConference's.
 */

#pragma once

#include "rounds-call-participant.h"

G_BEGIN_DECLS

/* One owner; main thread. */
typedef struct _RoundsCallRoster RoundsCallRoster;

RoundsCallRoster *rounds_call_roster_new (void);
void rounds_call_roster_free (RoundsCallRoster *self);

/* Of RoundsCallParticipant. Borrowed. */
GListModel *rounds_call_roster_get_model (RoundsCallRoster *self);
/* NULL where there is none. Borrowed, until the next change. */
RoundsCallParticipant *rounds_call_roster_find (RoundsCallRoster *self, const char *id);
/* Somebody comes: NULL, with another name perhaps, for who is there already, and where there is no
 * more room. @name may be NULL. Borrowed, until the next change. */
RoundsCallParticipant *
rounds_call_roster_add (RoundsCallRoster *self, const char *id, const char *name);
/* Somebody goes; NULL where there is none. (transfer full) */
RoundsCallParticipant *rounds_call_roster_take (RoundsCallRoster *self, const char *id);
void rounds_call_roster_clear (RoundsCallRoster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsCallRoster, rounds_call_roster_free)

G_END_DECLS
