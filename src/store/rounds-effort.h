/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How hard the file works: for what must outlive the power, and for much at once.
 * Runs on the database's thread, outside transactions.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* Once, after opening. */
gboolean rounds_effort_start (RoundsDb *db, GError **error);

/* The next transaction is on the disk when its commit returns. What the server said is not worth
 * the wait: a power cut takes back its last commits in one piece, and it is asked for again. */
gboolean rounds_effort_be_durable (RoundsDb *db, gboolean is_durable, GError **error);

/* Room in memory for the pages that many rows touch; given back when the search has learnt them. */
gboolean rounds_effort_take_room (RoundsDb *db, GError **error);
gboolean rounds_effort_give_room_back (RoundsDb *db, GError **error);

G_END_DECLS
