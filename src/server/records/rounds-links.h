/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Personal meeting links, minted for one person at the moment of an answer.
 * Nothing made here is ever stored or logged; who may see a record is asked before.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-meeting.h"
#include "rounds-user.h"

#include "rounds-server-config.h"

G_BEGIN_DECLS

/* The link with which @caller joins, good for the configured time, and until the booked end when
 * the call begins in that time. TRUE with @link set to NULL where there is nothing to join (in
 * person, over, cancelled) or for somebody who may not; FALSE when the token could not be signed.
 * (transfer full) */
gboolean rounds_links_for_appointment (const RoundsServerConfig *config, const RoundsUser *caller,
                                       gint64 now, const RoundsAppointment *appointment,
                                       char **link, GError **error);
gboolean
rounds_links_for_meeting (const RoundsServerConfig *config, const RoundsUser *caller, gint64 now,
                          const RoundsMeeting *meeting, char **link, GError **error);

/* When a link to a call in @range that is minted at @now ends, µs UTC; ROUNDS_TIME_NONE for a Jitsi
 * whose links have no token. */
gint64 rounds_links_get_end (const RoundsServerConfig *config, gint64 now, RoundsTimeRange range);
/* When a link that somebody is given anew says something else than that one, µs UTC. */
gint64
rounds_links_get_change (const RoundsServerConfig *config, gint64 now, RoundsTimeRange range);

G_END_DECLS
