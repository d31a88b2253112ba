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
/* Property "aligned" (gboolean): as wide as any other, so that those of a list stand in line. */
G_DECLARE_FINAL_TYPE (RoundsStatusPill, rounds_status_pill, ROUNDS, STATUS_PILL, AdwBin)

void rounds_status_pill_set_look (RoundsStatusPill *self, RoundsStatusLook look);

G_END_DECLS
