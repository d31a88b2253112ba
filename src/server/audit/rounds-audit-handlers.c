/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The audit log over HTTP, for admins.
 * What is in it is rounds-audit-request.c's.
 */

#include "config.h"

#include "rounds-audit-handlers.h"

#include "rounds-audit-repository.h"
#include "rounds-id.h"
#include "rounds-json.h"
#include "rounds-page.h"

/* The log is too long to be answered whole. */
#define DEFAULT_LIMIT 100
/* What a cursor of a page is made for; a place in the log has no id. */
#define CURSOR_ID "000000000000000000000000"

static void
read_id (RoundsRequest *request, const char *name, const char **id, RoundsProblems *problems)
{
  *id = rounds_request_get_query (request, name);
  if (*id != NULL && !rounds_id_is_valid (*id))
    rounds_problems_add (problems, name, "Has to be an id");
}

static RoundsResponse *
read_filter (RoundsRequest *request, RoundsAuditFilter *filter)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsPage page = ROUNDS_PAGE_ALL;
  RoundsResponse *refusal = rounds_page_read (request, &page);

  if (refusal != NULL)
    return refusal;
  read_id (request, "user", &filter->user_id, problems);
  read_id (request, "record", &filter->record_id, problems);
  rounds_request_read_time (request, "from", &filter->from, problems);
  rounds_request_read_time (request, "to", &filter->to, problems);
  filter->limit = page.limit > 0 ? page.limit : DEFAULT_LIMIT;
  filter->before_seq = page.after_moment != G_MININT64 ? page.after_moment : 0;
  return rounds_response_any_problems (400, problems);
}

static void
write_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonObject *
write_entry (const RoundsAuditEntry *entry)
{
  JsonObject *object = json_object_new ();
  g_autofree char *time = rounds_time_to_rfc3339 (entry->at);
  g_autoptr (JsonNode) detail
      = entry->detail != NULL ? json_from_string (entry->detail, NULL) : NULL;

  json_object_set_int_member (object, "seq", entry->seq);
  json_object_set_string_member (object, "at", time);
  write_text (object, "user", entry->user_id);
  write_text (object, "role", entry->role);
  write_text (object, "session", entry->session_id);
  json_object_set_string_member (object, "address", entry->address);
  json_object_set_string_member (object, "action", entry->action);
  write_text (object, "recordKind", entry->record_kind);
  write_text (object, "record", entry->record_id);
  json_object_set_int_member (object, "result", entry->result);
  if (detail != NULL)
    json_object_set_member (object, "detail", g_steal_pointer (&detail));
  return object;
}

RoundsResponse *
rounds_audit_handlers_list (RoundsRequest *request)
{
  RoundsAuditFilter filter = { 0 };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (GError) error = NULL;
  RoundsResponse *refusal = read_filter (request, &filter);
  guint limit = filter.limit;

  if (refusal != NULL)
    return refusal;
  filter.limit = limit + 1;
  entries = rounds_audit_repository_list (rounds_request_get_db (request), &filter, &error);
  if (entries == NULL)
    return rounds_response_from_error (error);

  for (guint i = 0; i < entries->len && i < limit; i++)
    json_array_add_object_element (array, write_entry (g_ptr_array_index (entries, i)));
  if (entries->len > limit)
    {
      const RoundsAuditEntry *last = g_ptr_array_index (entries, limit - 1);
      g_autofree char *next = rounds_page_write_cursor (last->seq, CURSOR_ID);

      json_object_set_string_member (data, "nextCursor", next);
    }
  json_object_set_array_member (data, "entries", g_steal_pointer (&array));
  return rounds_response_success (200, g_steal_pointer (&data));
}
