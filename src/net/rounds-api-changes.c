/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The change feed: what changed since a cursor, at once or as soon as there is something.
 * Whether a server has it is in what GET /api says.
 */

#include "config.h"

#include "rounds-api-private.h"

#include <string.h>

#include "rounds-change-page.h"
#include "rounds-json.h"
#include "rounds-net-error.h"

static gpointer
parse_appointment (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_appointment_from_json (object, problems);
}

static gpointer
parse_meeting (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_meeting_from_json (object, problems);
}

static gpointer
parse_user (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_user_from_json (object, problems);
}

static gpointer
parse_hospital (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_hospital_from_json (object, problems);
}

static const struct
{
  const char *kind;
  RoundsApiParseFunc parse;
  gsize records; /* where in a page they go */
  gsize gone;
} kinds[] = {
  { "appointment", parse_appointment, G_STRUCT_OFFSET (RoundsChangePage, appointments),
    G_STRUCT_OFFSET (RoundsChangePage, gone_appointments) },
  { "meeting", parse_meeting, G_STRUCT_OFFSET (RoundsChangePage, meetings),
    G_STRUCT_OFFSET (RoundsChangePage, gone_meetings) },
  { "user", parse_user, G_STRUCT_OFFSET (RoundsChangePage, users),
    G_STRUCT_OFFSET (RoundsChangePage, gone_users) },
  { "hospital", parse_hospital, G_STRUCT_OFFSET (RoundsChangePage, hospitals),
    G_STRUCT_OFFSET (RoundsChangePage, gone_hospitals) },
};

static GPtrArray *
get_array (RoundsChangePage *page, gsize offset)
{
  return G_STRUCT_MEMBER (GPtrArray *, page, offset);
}

/* Kinds that a newer server has are none of our business. */
static gssize
find_kind (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (word, kinds[i].kind) == 0)
      return (gssize)i;
  return -1;
}

static void
read_record (RoundsChangePage *page, JsonObject *change, gsize kind, const char *id)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { change, "", problems };
  JsonObject *object = NULL;
  gpointer record = NULL;

  if (rounds_json_read_object (&reader, kinds[kind].kind, TRUE, &object))
    record = kinds[kind].parse (object, problems);
  if (record != NULL)
    {
      g_ptr_array_add (get_array (page, kinds[kind].records), record);
      return;
    }
  page->n_unreadable++;
  g_ptr_array_add (page->unreadable_ids, g_strdup (id));
}

static void
read_change (RoundsChangePage *page, JsonNode *node)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { NULL, "", problems };
  const char *word = NULL;
  const char *id = NULL;
  gboolean removed = FALSE;
  gssize kind;

  if (JSON_NODE_HOLDS_OBJECT (node))
    reader.object = json_node_get_object (node);
  if (reader.object == NULL || !rounds_json_read_string (&reader, "kind", TRUE, &word)
      || !rounds_json_read_string (&reader, "id", TRUE, &id) || !rounds_api_is_id (id))
    {
      page->n_unreadable++;
      return;
    }

  kind = find_kind (word);
  rounds_json_read_boolean (&reader, "removed", FALSE, &removed);
  if (kind >= 0 && removed)
    g_ptr_array_add (get_array (page, kinds[kind].gone), g_strdup (id));
  else if (kind >= 0)
    read_record (page, reader.object, (gsize)kind, id);
}

static gpointer
read_page (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsChangePage) page = rounds_change_page_new ();
  RoundsJsonReader reader = { answer->data, "", problems };
  const char *cursor = NULL;
  JsonArray *changes = NULL;
  gint64 total = 0;

  rounds_json_read_boolean (&reader, "more", FALSE, &page->more);
  rounds_json_read_boolean (&reader, "reset", FALSE, &page->reset);
  if (!rounds_json_read_string (&reader, "cursor", TRUE, &cursor)
      || !rounds_json_read_array (&reader, "changes", TRUE, &changes))
    {
      g_propagate_error (error, rounds_net_error_new_unreadable ("changes"));
      return NULL;
    }
  page->cursor = g_strdup (cursor);
  if (rounds_json_read_int (&reader, "total", FALSE, 0, G_MAXINT32, &total))
    page->total = (guint)total;
  for (guint i = 0; i < json_array_get_length (changes); i++)
    read_change (page, json_array_get_element (changes, i));
  return g_steal_pointer (&page);
}

DexFuture *
rounds_api_list_changes (RoundsApi *self, const char *since, guint wait)
{
  char *path;

  dex_return_error_if_fail (ROUNDS_IS_API (self));

  path = rounds_api_path ("changes", NULL);
  if (since != NULL)
    path = rounds_api_add_query (path, "since", since);
  if (wait > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", wait);

      path = rounds_api_add_query (path, "wait", seconds);
    }
  return rounds_api_call (self, "GET", path, NULL, ROUNDS_TYPE_CHANGE_PAGE, read_page,
                          wait > 0 ? ROUNDS_API_CALL_WAITS : ROUNDS_API_CALL_NORMAL);
}
