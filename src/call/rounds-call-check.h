/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a person sees before a call: the camera's picture, the microphone's level, which of them to
 * use, and Join Now. Nobody else sees or hears anything yet.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-permissions.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_CHECK (rounds_call_check_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallCheck, rounds_call_check, ROUNDS, CALL_CHECK, AdwBin)

/* Signals "chosen" (a RoundsCallDevice; the label of the one that the person wants from now on) and
 * "failed" (the engine ended; drop it). Its button activates "call.join-now". */

RoundsCallCheck *
rounds_call_check_new (const char *origin, const char *display_name, gboolean audio_only,
                       const char *const labels[ROUNDS_CALL_N_DEVICES]);
/* @choice: (out): owned by the caller. */
void rounds_call_check_get_choice (RoundsCallCheck *self, RoundsCallDevice device,
                                   RoundsCallChoice *choice);
RoundsCallPermissions *rounds_call_check_get_permissions (RoundsCallCheck *self);
void rounds_call_check_take_focus (RoundsCallCheck *self);

G_END_DECLS
