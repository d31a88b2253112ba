/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A new record as it is shown until the server has it, and how it is found there.
 * The server's record replaces it as soon as it comes.
 */

#pragma once

#include "rounds-sync-edit.h"

G_BEGIN_DECLS

/* An id in the form of all ids that no server makes: of the second 0 of 1970. */
char *rounds_sync_local_id_new (void);
gboolean rounds_sync_is_local_id (const char *id);

/* What the server will make of the draft of @edit, as far as it can be known. */
RoundsEntry *
rounds_sync_local_entry_new (RoundsSyncEdit *edit, RoundsUser *user, RoundsStore *store);

/* Whether @entry, from the server, is what the draft of @edit asks for. */
gboolean rounds_sync_is_twin (RoundsSyncEdit *edit, RoundsEntry *entry, RoundsUser *user);

G_END_DECLS
