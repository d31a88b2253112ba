/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A page of a list by start: limit and cursor.
 * What the list holds is the repositories'.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-id.h"
#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

#define ROUNDS_PAGE_MAX 500

/* The part of a list that follows the record of (moment, id). */
typedef struct
{
  gint64 after_moment;
  char after_id[ROUNDS_ID_LENGTH + 1];
  gint64 before_moment; /* what starts then or later is left out */
  guint limit; /* 0: all of it */
} RoundsPage;

/* The whole list. */
#define ROUNDS_PAGE_ALL ((RoundsPage){ .after_moment = G_MININT64, .before_moment = G_MAXINT64 })

/* How many rows to ask for: one more than the page holds, which tells whether there is a next. */
gint64 rounds_page_get_fetch (const RoundsPage *self);
/* Binds $1 and $2, the moment and id to go on after, $3, how many rows, and $4, the moment before
 * which they start. */
void rounds_page_bind (const RoundsPage *self, RoundsDbStatement *statement);

/* From the query's `limit` and `cursor`. NULL, or a 400. (transfer full) */
RoundsResponse *rounds_page_read (RoundsRequest *request, RoundsPage *page);

/* Narrows @page to the query's `from` and `to`, moments between which records start. NULL, or a
 * 400. (transfer full) */
RoundsResponse *rounds_page_read_range (RoundsRequest *request, RoundsPage *page);

/* The cursor behind the record of (@moment, @id). Opaque to clients, but no secret: it holds only
 * what the record before it showed, and leads nowhere that the list does not. (transfer full) */
char *rounds_page_write_cursor (gint64 moment, const char *id);

G_END_DECLS
