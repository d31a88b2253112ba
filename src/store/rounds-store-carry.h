/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Rows of one cache into another, table by table and row by row, as far as they can be read.
 * Inside a transaction of the caller's. No other room sees it.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* All answer FALSE, with an error, only when @to could not be written. */
gboolean rounds_store_carry_all (RoundsDb *from, RoundsDb *to, gboolean *is_whole, GError **error);
gboolean rounds_store_carry_edits (RoundsDb *from, RoundsDb *to, GError **error);
gboolean rounds_store_carry_facts (RoundsDb *from, RoundsDb *to, GError **error);
/* What records with edits look like follows from both. */
gboolean rounds_store_carry_show (RoundsDb *to, gint64 *n_edits, GError **error);
gboolean rounds_store_carry_note (RoundsDb *to, gboolean is_part, GError **error);

G_END_DECLS
