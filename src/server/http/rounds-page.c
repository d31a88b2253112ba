/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A page of a list by start: limit and cursor.
 * What the list holds is the repositories'.
 */

#include "config.h"

#include "rounds-page.h"

#include <string.h>

#define CURSOR_BYTES (sizeof (gint64) + ROUNDS_ID_LENGTH)

gint64
rounds_page_get_fetch (const RoundsPage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->limit > 0 ? (gint64)self->limit + 1 : G_MAXINT64;
}

void
rounds_page_bind (const RoundsPage *self, RoundsDbStatement *statement)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (statement != NULL);

  rounds_db_bind_int (statement, 1, self->after_moment);
  rounds_db_bind_text (statement, 2, self->after_id);
  rounds_db_bind_int (statement, 3, rounds_page_get_fetch (self));
  rounds_db_bind_int (statement, 4, self->before_moment);
}

char *
rounds_page_write_cursor (gint64 moment, const char *id)
{
  const gint64 ordered = GINT64_TO_BE (moment);
  guint8 bytes[CURSOR_BYTES];
  char *text = NULL;

  g_return_val_if_fail (rounds_id_is_valid (id), NULL);

  memcpy (bytes, &ordered, sizeof ordered);
  memcpy (bytes + sizeof ordered, id, ROUNDS_ID_LENGTH);
  text = g_base64_encode (bytes, sizeof bytes);
  /* To stand in an address as it is. */
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  g_strdelimit (text, "=", '\0');
  return text;
}

static gboolean
read_cursor (const char *cursor, RoundsPage *page)
{
  g_autoptr (GString) text = g_string_new (cursor);
  g_autofree guchar *bytes = NULL;
  gint64 ordered = 0;
  gsize length = 0;

  g_string_replace (text, "-", "+", 0);
  g_string_replace (text, "_", "/", 0);
  while (text->len % 4 != 0)
    g_string_append_c (text, '=');
  bytes = g_base64_decode (text->str, &length);
  if (length != CURSOR_BYTES)
    return FALSE;

  memcpy (&ordered, bytes, sizeof ordered);
  page->after_moment = GINT64_FROM_BE (ordered);
  memcpy (page->after_id, bytes + sizeof ordered, ROUNDS_ID_LENGTH);
  page->after_id[ROUNDS_ID_LENGTH] = '\0';
  return rounds_id_is_valid (page->after_id);
}

RoundsResponse *
rounds_page_read (RoundsRequest *request, RoundsPage *page)
{
  const char *limit = rounds_request_get_query (request, "limit");
  const char *cursor = rounds_request_get_query (request, "cursor");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  guint64 number = 0;

  g_return_val_if_fail (page != NULL, NULL);

  *page = ROUNDS_PAGE_ALL;
  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, ROUNDS_PAGE_MAX, &number, NULL))
    rounds_problems_add (problems, "limit", "Has to be from 1 to %d", ROUNDS_PAGE_MAX);
  page->limit = (guint)number;
  if (cursor != NULL && !read_cursor (cursor, page))
    rounds_problems_add (problems, "cursor", "Has to be the nextCursor of an answer");

  return rounds_response_any_problems (400, problems);
}

RoundsResponse *
rounds_page_read_range (RoundsRequest *request, RoundsPage *page)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  gint64 from = G_MININT64;

  g_return_val_if_fail (page != NULL, NULL);

  rounds_request_read_time (request, "from", &from, problems);
  rounds_request_read_time (request, "to", &page->before_moment, problems);
  /* A cursor is past the beginning already. */
  if (from > page->after_moment)
    {
      page->after_moment = from;
      page->after_id[0] = '\0';
    }
  return rounds_response_any_problems (400, problems);
}
