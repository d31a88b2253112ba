/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How current the data is, in words: for the sync indicator and the banner.
 * It reads the engine's properties and starts nothing.
 */

#pragma once

#include "rounds-sync.h"

G_BEGIN_DECLS

/* All (transfer full) unless said otherwise; @now in µs UTC. */

/* One line: "Up to date", "Sending 2 changes…", "Offline since 09:42". */
char *rounds_sync_words_line (RoundsSync *sync, gint64 now);
/* "Last updated 09:42", "Never updated". */
char *rounds_sync_words_progress (RoundsSync *sync, double *fraction);
char *rounds_sync_words_last (RoundsSync *sync, gint64 now);
/* What the banner over a list says; NULL while all is well. */
char *rounds_sync_words_banner (RoundsSync *sync, const char *server, gint64 now);
/* Static. */
const char *rounds_sync_words_icon (RoundsSync *sync);

G_END_DECLS
