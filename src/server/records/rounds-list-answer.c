/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET …/user/:userId: somebody's records, as far as the caller may see them, whole or page by page.
 * Whose list may be asked for is rounds-list-owner.c's.
 */

#include "config.h"

#include "rounds-list-answer.h"

#include "rounds-list-owner.h"

static gboolean
put_all (RoundsRequest *request, const RoundsListKind *kind, GPtrArray *records,
         RoundsJsonWriter *writer, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      if (!kind->put (request, writer, g_ptr_array_index (records, i), error))
        return FALSE;
    }
  return TRUE;
}

static RoundsResponse *
answer_page (RoundsRequest *request, const RoundsListKind *kind, GPtrArray *records,
             const char *next)
{
  RoundsJsonWriter writer = { NULL };
  g_autoptr (GError) error = NULL;

  rounds_response_begin (&writer);
  rounds_json_begin_array (&writer, kind->member);
  if (!put_all (request, kind, records, &writer, &error))
    {
      g_string_free (writer.text, TRUE);
      return rounds_response_from_error (error);
    }
  rounds_json_end_array (&writer);
  rounds_json_write_text (&writer, "nextCursor", next);
  return rounds_response_finish (200, &writer);
}

/* Takes away what is the next page's. Its cursor, or NULL when this is the last page. */
static char *
cut_page (const RoundsListKind *kind, const RoundsPage *page, GPtrArray *records)
{
  if (page->limit == 0 || records->len <= page->limit)
    return NULL;

  g_ptr_array_set_size (records, (int)page->limit);
  return kind->write_cursor (g_ptr_array_index (records, page->limit - 1));
}

RoundsResponse *
rounds_list_answer (RoundsRequest *request, const RoundsListKind *kind)
{
  RoundsPage page = ROUNDS_PAGE_ALL;
  g_autofree char *next = NULL;
  g_autoptr (RoundsUser) owner = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (request != NULL && kind != NULL, NULL);

  refusal = rounds_page_read (request, &page);
  if (refusal == NULL)
    refusal = rounds_page_read_range (request, &page);
  if (refusal == NULL)
    owner = rounds_list_owner_find (request, &refusal);
  if (owner == NULL)
    return g_steal_pointer (&refusal);

  records = kind->list (rounds_request_get_db (request), owner, &page, &error);
  if (records == NULL)
    return rounds_response_from_error (error);

  next = cut_page (kind, &page, records);
  return answer_page (request, kind, records, next);
}
