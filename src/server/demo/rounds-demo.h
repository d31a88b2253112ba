/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A believable hospital to try Rounds with: people, two months of appointments, meetings.
 * Not for a database that real people use: rounds_demo_fill() refuses one that has users.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* The accounts' password; the addresses are doctor@, doctor2@, desk@, desk2@, admin@, patient@ and
 * patient2@example.org. */
#define ROUNDS_DEMO_PASSWORD "demo-password"

/* Fills the migrated @db around @now (µs UTC), in one transaction. The same @now gives the same
 * people, times and states. A demo that is more than a quarter of an hour old is laid out anew:
 * people and accounts stay, and so do records that somebody made or changed. Refuses a database
 * with people of its own with ROUNDS_SERVER_ERROR_INPUT. */
gboolean rounds_demo_fill (RoundsDb *db, gint64 now, GError **error);

G_END_DECLS
