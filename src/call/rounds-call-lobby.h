/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who knocks at the conference's door: one after the other, to be admitted or refused.
 * It sends no answer; the call page does.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-participant.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_LOBBY (rounds_call_lobby_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallLobby, rounds_call_lobby, ROUNDS, CALL_LOBBY, AdwBin)

/* Signal "answered" (id: string, admit: boolean). */
void rounds_call_lobby_add (RoundsCallLobby *self, RoundsCallParticipant *person);
void rounds_call_lobby_clear (RoundsCallLobby *self);

G_END_DECLS
