/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The running time of a call, from the moment of joining: "3:05".
 * It follows the monotonic clock, so that setting the system's clock does not change it.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_ELAPSED (rounds_call_elapsed_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallElapsed, rounds_call_elapsed, ROUNDS, CALL_ELAPSED, AdwBin)

void rounds_call_elapsed_start (RoundsCallElapsed *self);
gint64 rounds_call_elapsed_stop (RoundsCallElapsed *self);
char *rounds_call_elapsed_format (gint64 seconds);
char *rounds_call_elapsed_describe (gint64 seconds);

G_END_DECLS
