/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Addresses of records, "rounds:appointment/<id>", as calendars have them from the server's feed.
 * They hold no secret; following one is the window's.
 */

#pragma once

#include "rounds-entry.h"

G_BEGIN_DECLS

#define ROUNDS_RECORD_SCHEME "rounds"

/* What @address names. FALSE for anything that is not exactly such an address. */
gboolean rounds_record_address_parse (const char *address, RoundsEntryKind *kind, char **id);

G_END_DECLS
