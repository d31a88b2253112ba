/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * SQLite's settings that change while the cache is used.
 * Those that do not are in rounds-db-sqlite-open.c.
 */

#include "config.h"

#include "rounds-effort.h"

gboolean
rounds_effort_start (RoundsDb *db, GError **error)
{
  /* In pages. A page that changes in each of many commits is written to the file once for all. */
  return rounds_db_exec (db, "PRAGMA wal_autocheckpoint = 4000", error);
}

gboolean
rounds_effort_be_durable (RoundsDb *db, gboolean is_durable, GError **error)
{
  return rounds_db_exec (
      db, is_durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error);
}

gboolean
rounds_effort_take_room (RoundsDb *db, GError **error)
{
  /* 64 MiB. A page that has to leave is encrypted and signed, and read and checked again. */
  return rounds_db_exec (db, "PRAGMA cache_size = -65536", error);
}

gboolean
rounds_effort_give_room_back (RoundsDb *db, GError **error)
{
  return rounds_db_exec (db, "PRAGMA cache_size = -2000; PRAGMA shrink_memory", error);
}
