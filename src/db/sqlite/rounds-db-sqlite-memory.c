/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Memory for what SQLite may have to undo: the pieces that a thread has given back are kept for it.
 * All other memory is as it would be without this.
 *
 * A savepoint, and a statement that may fail half-way, copy each page before they change it, into a
 * journal in memory that is made of pieces of a KiB; all of it is given back at the end. A new
 * meeting takes eighty of them. malloc keeps seven of a size for a thread; the others it puts
 * together and takes apart again, which was a quarter of what writing cost.
 */

#include "config.h"

#include "rounds-db-sqlite-private.h"

/* Of the journal in memory (memjournal.c, MEMJOURNAL_DFLT_FILECHUNKSIZE). */
#define PIECE 1024
/* What a thread keeps at most: a few dozen pages. */
#define MOST_PIECES 160

/* A piece that nobody uses begins with this. */
typedef struct _Piece
{
  struct _Piece *next;
} Piece;

typedef struct
{
  Piece *first;
  guint n_pieces;
} Pieces;

static sqlite3_mem_methods usual;

/* Of this thread. */
static _Thread_local Pieces *own_pieces = NULL;

static void
free_pieces (gpointer data)
{
  Pieces *self = data;

  own_pieces = NULL;
  while (self->first != NULL)
    {
      Piece *piece = self->first;

      self->first = piece->next;
      usual.xFree (piece);
    }
  g_free (self);
}

/* They go with the thread. */
static GPrivate pieces_end = G_PRIVATE_INIT (free_pieces);

static void *
take (int n_bytes)
{
  Pieces *pieces = n_bytes == PIECE ? own_pieces : NULL;

  if (pieces == NULL || pieces->first == NULL)
    return usual.xMalloc (n_bytes);
  Piece *piece = pieces->first;
  pieces->first = piece->next;
  pieces->n_pieces--;
  return piece;
}

static void
give_back (void *memory)
{
  if (memory == NULL || usual.xSize (memory) != PIECE)
    {
      usual.xFree (memory);
      return;
    }
  if (own_pieces == NULL)
    {
      own_pieces = g_new0 (Pieces, 1);
      g_private_set (&pieces_end, own_pieces);
    }
  Pieces *pieces = own_pieces;
  if (pieces->n_pieces >= MOST_PIECES)
    {
      usual.xFree (memory);
      return;
    }
  Piece *piece = memory;
  piece->next = pieces->first;
  pieces->first = piece;
  pieces->n_pieces++;
}

/* Where a sanitizer looks after memory, it has to see who uses it. */
void
rounds_db_sqlite_keep_pieces (void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  if (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK)
    return;
  sqlite3_mem_methods methods = usual;
  methods.xMalloc = take;
  methods.xFree = give_back;
  sqlite3_config (SQLITE_CONFIG_MALLOC, &methods);
#else
  (void)take;
  (void)give_back;
#endif
}
