/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache's file that comes to harm.
 * No test stands here.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

#define DAMAGE_PAGE 4096
#define DAMAGE_N_ROWS 300

extern const guint8 DAMAGE_KEY[ROUNDS_STORE_KEY_LENGTH];

/* Records, two edits, of 7 and of 200, a draft, a person and whose cache it is; closed well. */
void damage_make_file (const char *path);
void damage_overwrite_page (const char *path, gsize page);
gsize damage_count_pages (const char *path);

/* Whether @future (taken) resolves, or says that there is no such thing; otherwise it is for the
 * damage. */
gboolean damage_is_readable (DexFuture *future);
gboolean damage_has_edit_of (RoundsStore *store, const char *id);
/* All that a person may come upon. Answers whether every bit of it could be read. */
gboolean damage_read_all (RoundsStore *store);

G_END_DECLS
