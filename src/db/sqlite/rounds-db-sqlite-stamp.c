/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whether anything was committed to the file, seen without asking SQLite.
 * What was committed is for a statement to find out.
 *
 * Each commit in WAL mode, by whatever process, ends with a new header of the index that all
 * connections share in memory (https://www.sqlite.org/walformat.html, "WAL-Index Header"). SQLite
 * itself compares the header's first 48 bytes to learn whether its cache still holds, and so is
 * done here. They are only compared, and the next reader who has to know more asks for it.
 */

#include "config.h"

#include "rounds-db-sqlite-private.h"

#define REGION_BYTES (32 * 1024)

/* iChange of the header: one more with each commit, whoever makes it. */
#define COUNTER 2

gboolean
rounds_db_stamp_is_next (const RoundsDbStamp *before, const RoundsDbStamp *after)
{
  g_return_val_if_fail (before != NULL && after != NULL, FALSE);

  return after->words[COUNTER] == before->words[COUNTER] + 1;
}

/* The file's own method hands out the memory that SQLite has mapped already: opening the file a
 * second time and closing it would take this process's locks away. */
static const volatile guint32 *
map_header (RoundsDbSqlite *self)
{
  sqlite3_file *file = NULL;
  volatile void *region = NULL;

  /* A first read, so that the index is there. */
  if (sqlite3_exec (self->handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL)
          != SQLITE_OK
      || sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK
      || file == NULL || file->pMethods == NULL || file->pMethods->iVersion < 2
      || file->pMethods->xShmMap == NULL
      || file->pMethods->xShmMap (file, 0, REGION_BYTES, FALSE, &region) != SQLITE_OK)
    return NULL;
  return region;
}

gboolean
rounds_db_sqlite_read_stamp (RoundsDb *db, RoundsDbStamp *stamp)
{
  RoundsDbSqlite *self = (RoundsDbSqlite *)db;

  /* The first time, before any other thread asks: from then on it is only read. */
  if (!self->header_sought)
    {
      self->header = map_header (self);
      self->header_sought = TRUE;
    }
  if (self->header == NULL)
    return FALSE;
  /* Nothing that was read before may be taken for read after. */
  __atomic_thread_fence (__ATOMIC_SEQ_CST);
  for (gsize i = 0; i < G_N_ELEMENTS (stamp->words); i++)
    stamp->words[i] = self->header[i];
  __atomic_thread_fence (__ATOMIC_SEQ_CST);
  return TRUE;
}
