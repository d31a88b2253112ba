/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All that only this computer knows as a text for people: for when it has to be carried elsewhere.
 * Where the text goes is rounds-unsent-copy.h's business.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* Awaits. @viewer: NULL when nobody knows whose cache it is. @n_changes (out): how many edits and
 * drafts. (transfer full), NULL with a ROUNDS_STORE_ERROR. */
char *rounds_unsent_text_write_fiber (RoundsStore *store, RoundsUser *viewer, gint64 now,
                                      guint *n_changes, GError **error);

G_END_DECLS
