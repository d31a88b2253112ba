/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A status as a small pill: shape, word and tint together.
 * It cannot be pressed and changes nothing.
 */

#pragma once

#include <adwaita.h>

#include "rounds-status-look.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_STATUS_PILL (rounds_status_pill_get_type ())
G_DECLARE_FINAL_TYPE (RoundsStatusPill, rounds_status_pill, ROUNDS, STATUS_PILL, AdwBin)

void rounds_status_pill_set_look (RoundsStatusPill *self, RoundsStatusLook look);

/* Whether the pill is as wide as any other, so that those of a list stand in line. */
void rounds_status_pill_set_aligned (RoundsStatusPill *self, gboolean is_aligned);

G_END_DECLS
