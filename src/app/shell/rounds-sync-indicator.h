/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The last line of the sidebar: how current the data is, and more about it in a popover.
 * The engine's state is only shown; Sync Now asks the window.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_SYNC_INDICATOR (rounds_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSyncIndicator, rounds_sync_indicator, ROUNDS, SYNC_INDICATOR, AdwBin)

/* To be called once. */
void
rounds_sync_indicator_set_sync (RoundsSyncIndicator *self, RoundsSync *sync, RoundsClock *clock);

G_END_DECLS
