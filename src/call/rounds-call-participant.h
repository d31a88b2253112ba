/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One other person in the conference, as the page announced them.
 * It is no RoundsUser: the name is what the conference says.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_PARTICIPANT (rounds_call_participant_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallParticipant, rounds_call_participant, ROUNDS, CALL_PARTICIPANT,
                      GObject)

RoundsCallParticipant *rounds_call_participant_new (const char *id, const char *name);
/* The page's, for one conference. */
const char *rounds_call_participant_get_id (RoundsCallParticipant *self);
/* Somebody else's text, on one line; never empty. Property "name". */
const char *rounds_call_participant_get_name (RoundsCallParticipant *self);
void rounds_call_participant_set_name (RoundsCallParticipant *self, const char *name);

G_END_DECLS
