/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The banner over a list while it is not current: what is wrong, since when, what to do.
 * The engine itself tries again; this only says so.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_SYNC_BANNER (rounds_sync_banner_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSyncBanner, rounds_sync_banner, ROUNDS, SYNC_BANNER, AdwBin)

/* To be called once. */
void rounds_sync_banner_set_sync (RoundsSyncBanner *self, RoundsSync *sync, RoundsClock *clock,
                                  const char *server);

G_END_DECLS
