/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api/changes: what changed for the caller since a cursor.
 * The whole of an answer is read in one transaction, so that its cursor and its records are of the
 * same moment; docs/changes.md says why nothing is missed.
 */

#include "config.h"

#include "rounds-change-handlers.h"

#include "rounds-change-documents.h"
#include "rounds-change-repository.h"
#include "rounds-response-private.h"

#define MAX_LIMIT 500
/* Proxies cut what is silent for a minute. */
#define MAX_WAIT 55

/* What was asked for. Borrowed. */
typedef struct
{
  const char *since; /* or NULL: from nothing */
  guint limit;
  guint wait; /* seconds; 0: answer at once */
} Question;

/* What is answered. */
typedef struct
{
  gboolean reset; /* the client forgets what it has */
  gboolean more;
  gint64 total; /* with reset: about how many changes there are to come, these included */
  RoundsChangeCursor cursor;
  JsonArray *changes;
  char *next; /* the cursor as text */
} Page;

static void
clear_page (Page *page)
{
  g_clear_pointer (&page->changes, json_array_unref);
  g_clear_pointer (&page->next, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, clear_page)

static RoundsResponse *
read_question (RoundsRequest *request, Question *question)
{
  const char *limit = rounds_request_get_query (request, "limit");
  const char *since = rounds_request_get_query (request, "since");
  const char *wait = rounds_request_get_query (request, "wait");
  guint64 number = MAX_LIMIT;
  guint64 seconds = 0;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, MAX_LIMIT, &number, NULL))
    rounds_problems_add (problems, "limit", "Has to be a number from 1 to %d", MAX_LIMIT);
  if (wait != NULL && !g_ascii_string_to_unsigned (wait, 10, 0, MAX_WAIT, &seconds, NULL))
    rounds_problems_add (problems, "wait", "Has to be a number of seconds from 0 to %d", MAX_WAIT);
  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);
  question->limit = (guint)number;
  question->wait = (guint)seconds;
  question->since = since != NULL && *since != '\0' ? since : NULL;
  return NULL;
}

static RoundsResponse *
refuse_cursor (void)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  rounds_problems_add (problems, "since", "Has to be the cursor of an earlier answer");
  return rounds_response_problems (400, problems);
}

/* Where to go on: behind the client's cursor, or from the start when it has none, when it is of
 * another or an older copy of the database, or when the caller may see other things than before. */
static gboolean
find_start (RoundsRequest *request, const Question *question, Page *page, gboolean *valid,
            GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  gboolean known = FALSE;
  gint64 head = 0;
  gint64 access = 0;

  *valid = TRUE;
  if (!rounds_change_repository_get_head (db, &head, error)
      || !rounds_change_repository_get_access (db, rounds_request_get_caller (request)->id, &access,
                                               error))
    return FALSE;
  if (question->since != NULL
      && !rounds_change_cursor_read (db, question->since, &page->cursor, valid, &known, error))
    return FALSE;
  page->reset = !known || page->cursor.seq > head || page->cursor.base > head
                || access > MAX (page->cursor.seq, page->cursor.base);
  if (page->reset)
    page->cursor = (RoundsChangeCursor){ .seq = 0, .base = head };
  return TRUE;
}

/* One record comes for several of the caller's audiences; he gets it once. */
static gboolean
is_new (GHashTable *seen, const RoundsChange *change)
{
  return g_hash_table_add (
      seen, g_strconcat (rounds_change_kind_to_string (change->kind), change->id, NULL));
}

static gboolean
add_change (RoundsRequest *request, const RoundsChange *change, Page *page, GError **error)
{
  gboolean removed = FALSE;
  JsonObject *document = NULL;

  /* It was looked at in find_start(). */
  if (change->kind == ROUNDS_CHANGE_ACCESS)
    return TRUE;
  document = rounds_change_document (request, change, &removed, error);
  if (document == NULL)
    return FALSE;
  /* What was gone before the client began is nothing that it could have. */
  if (removed && change->seq <= page->cursor.base)
    json_object_unref (document);
  else
    json_array_add_object_element (page->changes, document);
  return TRUE;
}

static gboolean
fill_page (RoundsRequest *request, guint limit, Page *page, GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  g_auto (GStrv) audiences = rounds_change_audiences (rounds_request_get_caller (request));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) changes = rounds_change_repository_list (
      db, (const char *const *)audiences, page->cursor.seq, limit, &page->more, error);
  if (changes == NULL)
    return FALSE;

  if (page->reset
      && !rounds_change_repository_count (db, (const char *const *)audiences, &page->total, error))
    return FALSE;
  page->changes = json_array_new ();
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (changes, i);
      if (is_new (seen, change) && !add_change (request, change, page, error))
        return FALSE;
      page->cursor.seq = change->seq;
    }
  /* All numbers up to the last are looked at then, those of others included. */
  if (!page->more && !rounds_change_repository_get_head (db, &page->cursor.seq, error))
    return FALSE;
  page->next = rounds_change_cursor_write (db, &page->cursor, error);
  return page->next != NULL;
}

/* In one transaction. @valid FALSE: the cursor is none. */
static gboolean
read_page (RoundsRequest *request, const Question *question, Page *page, gboolean *valid,
           GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);

  if (!rounds_db_begin_read (db, error))
    return FALSE;
  if (!find_start (request, question, page, valid, error)
      || (*valid && !fill_page (request, question->limit, page, error)))
    {
      rounds_db_rollback (db);
      return FALSE;
    }
  return rounds_db_commit (db, error);
}

static RoundsResponse *
answer_page (Page *page)
{
  JsonObject *data = json_object_new ();
  json_object_set_array_member (data, "changes", g_steal_pointer (&page->changes));
  json_object_set_string_member (data, "cursor", page->next);
  json_object_set_boolean_member (data, "more", page->more);
  json_object_set_boolean_member (data, "reset", page->reset);
  if (page->reset)
    json_object_set_int_member (data, "total", page->total);
  return rounds_response_success (200, data);
}

/* Nothing is new: the answer can wait for something. */
static RoundsResponse *
answer_later (RoundsRequest *request, guint seconds, Page *page)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  RoundsWait *wait = g_new0 (RoundsWait, 1);

  wait->user_id = g_strdup (caller->id);
  wait->audiences = rounds_change_audiences (caller);
  wait->seq = page->cursor.seq;
  wait->seconds = seconds;
  RoundsResponse *response = answer_page (page);
  rounds_response_set_wait (response, wait);
  return response;
}

RoundsResponse *
rounds_change_handlers_list (RoundsRequest *request)
{
  Question question = { NULL };
  gboolean valid = FALSE;
  g_auto (Page) page = { 0 };
  g_autoptr (GError) error = NULL;

  RoundsResponse *refusal = read_question (request, &question);
  if (refusal != NULL)
    return refusal;
  if (!read_page (request, &question, &page, &valid, &error))
    return rounds_response_from_error (error);
  if (!valid)
    return refuse_cursor ();
  if (question.wait > 0 && !page.reset && !page.more && json_array_get_length (page.changes) == 0)
    return answer_later (request, question.wait, &page);
  return answer_page (&page);
}
