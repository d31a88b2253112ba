/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a request leaves in the audit log.
 * How lines are chained and kept is rounds-audit-repository.c's.
 */

#include "config.h"

#include "rounds-audit-request.h"

#include "rounds-audit-repository.h"
#include "rounds-json.h"
#include "rounds-request-private.h"
#include "rounds-response-private.h"

#include <string.h>

/* Of a changed record's body: how many members are named, and how long a name may be. */
#define MAX_FIELDS 30
#define MAX_FIELD 40

static const char *const kinds[] = {
  [ROUNDS_RECORD_NONE] = NULL,         [ROUNDS_RECORD_APPOINTMENT] = "appointment",
  [ROUNDS_RECORD_MEETING] = "meeting", [ROUNDS_RECORD_USER] = "user",
  [ROUNDS_RECORD_SESSION] = "session", [ROUNDS_RECORD_HOSPITAL] = "hospital",
};

void
rounds_audit_set_record (RoundsRequest *request, const char *id)
{
  g_return_if_fail (request != NULL);

  g_set_str (&request->audit.record_id, id);
}

void
rounds_audit_set_subject (RoundsRequest *request, const char *user_id, const char *role)
{
  g_return_if_fail (request != NULL);

  g_set_str (&request->audit.user_id, user_id);
  g_set_str (&request->audit.role, role);
}

void
rounds_audit_set_detail (RoundsRequest *request, const char *name, const char *value)
{
  g_return_if_fail (request != NULL && name != NULL && value != NULL);

  if (request->audit.detail == NULL)
    request->audit.detail = json_object_new ();
  json_object_set_string_member (request->audit.detail, name, value);
}

void
rounds_audit_set_result (RoundsRequest *request, guint status)
{
  g_return_if_fail (request != NULL);

  request->audit.result = status;
}

void
rounds_audit_leave_out (RoundsRequest *request)
{
  g_return_if_fail (request != NULL);

  request->audit.handling = FALSE;
}

/* Which members of a record a PATCH names; not what they say. */
static void
add_fields (RoundsRequest *request, JsonObject *detail)
{
  g_autoptr (GList) members = NULL;
  g_autoptr (JsonArray) fields = json_array_new ();

  if (request->body == NULL || !g_str_equal (request->route->method, "PATCH"))
    return;
  members = json_object_get_members (request->body);
  for (GList *l = members; l != NULL && json_array_get_length (fields) < MAX_FIELDS; l = l->next)
    {
      if (g_utf8_strlen (l->data, -1) <= MAX_FIELD)
        json_array_add_string_element (fields, l->data);
    }
  json_object_set_array_member (detail, "fields", g_steal_pointer (&fields));
}

static char *
write_detail (RoundsRequest *request)
{
  g_autoptr (JsonObject) detail = request->audit.detail != NULL
                                      ? json_object_ref (request->audit.detail)
                                      : json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  add_fields (request, detail);
  if (json_object_get_size (detail) == 0)
    return NULL;
  node = json_node_init_object (json_node_alloc (), detail);
  return rounds_json_to_text (node);
}

/* The kind of record that a path is about where it names none: POST /api/meetings makes one. */
static const char *
get_kind (RoundsRequest *request, gboolean made)
{
  const char *path = request->route->path;

  if (request->route->record != ROUNDS_RECORD_NONE || request->audit.record_id == NULL || !made)
    return kinds[request->route->record];
  if (g_str_has_prefix (path, "/api/appointments"))
    return kinds[ROUNDS_RECORD_APPOINTMENT];
  if (g_str_has_prefix (path, "/api/meetings"))
    return kinds[ROUNDS_RECORD_MEETING];
  return g_str_has_prefix (path, "/api/users") ? kinds[ROUNDS_RECORD_USER]
                                               : kinds[ROUNDS_RECORD_HOSPITAL];
}

static const char *
get_record (RoundsRequest *request, gboolean made)
{
  const char *value = NULL;

  /* What was refused made no record. */
  if (request->route->record == ROUNDS_RECORD_NONE)
    return made ? request->audit.record_id : NULL;
  value = request->match->params[0];
  /* Security: what is no id is whatever somebody typed. */
  return value != NULL && strlen (value) <= 64 ? value : NULL;
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

static RoundsAuditEntry *
make_entry (RoundsRequest *request, guint result)
{
  RoundsAuditEntry *entry = g_new0 (RoundsAuditEntry, 1);
  const RoundsUser *caller = request->caller;

  entry->at = request->now;
  entry->user_id = g_strdup (caller != NULL ? caller->id : request->audit.user_id);
  entry->role
      = g_strdup (caller != NULL ? rounds_role_to_string (caller->role) : request->audit.role);
  entry->session_id = g_strdup (request->session);
  entry->address = g_strdup (request->address);
  entry->action = g_strdup_printf ("%s %s", request->route->method, request->route->path);
  entry->record_id = g_strdup (get_record (request, is_success (result)));
  entry->record_kind = g_strdup (get_kind (request, is_success (result)));
  entry->result = (int)result;
  entry->detail = write_detail (request);
  return entry;
}

static guint
get_result (RoundsRequest *request)
{
  if (request->audit.result != 0)
    return request->audit.result;
  return (request->route->flags & ROUNDS_ROUTE_MAKES) != 0 ? 201 : 200;
}

gboolean
rounds_audit_note_write (RoundsRequest *request, GError **error)
{
  g_autoptr (RoundsAuditEntry) entry = NULL;

  g_return_val_if_fail (request != NULL, FALSE);

  /* What the server itself notes on the way (when a session was used) is nobody's doing. */
  if (!request->audit.handling)
    return TRUE;
  entry = make_entry (request, get_result (request));
  if (!rounds_audit_repository_append (request->db, entry, error))
    return FALSE;
  request->audit.written = TRUE;
  return TRUE;
}

/* Security: refusals of people who are signed in, and of sign-ins; all the rest of the world
 * knocking at the door would only fill the disk. */
static gboolean
is_noteworthy (RoundsRequest *request, guint status)
{
  if (status == 403 || status == 404 || status == 409 || status == 412 || status == 422)
    return request->caller != NULL;
  /* A sign-in that failed. */
  if (status == 401 || status == 429)
    return (request->route->flags & ROUNDS_ROUTE_PUBLIC) != 0;
  return (request->route->flags & ROUNDS_ROUTE_DETAILS) != 0 && is_success (status);
}

/* What is the same event, when it comes again soon: who, from where, what, which record, how it
 * went.
 */
static char *
write_key (RoundsRequest *request, guint status)
{
  const char *user = request->caller != NULL ? request->caller->id : request->audit.user_id;
  const char *record = get_record (request, is_success (status));

  char digits[ROUNDS_JSON_INT_SIZE];

  return g_strjoin (" ", user != NULL ? user : "", request->address, request->route->method,
                    request->route->path, record != NULL ? record : "",
                    rounds_json_format_int (status, digits), NULL);
}

RoundsResponse *
rounds_audit_note_answer (RoundsRequest *request, const RoundsResponse *response)
{
  g_autofree char *key = NULL;
  RoundsAudit *audit = NULL;

  g_return_val_if_fail (request != NULL && response != NULL, NULL);

  audit = request->context->audit;
  if (audit == NULL || request->audit.written || !is_noteworthy (request, response->http_status))
    return NULL;

  key = write_key (request, response->http_status);
  if (!rounds_audit_is_news (audit, key, request->now))
    return NULL;
  if (rounds_audit_push (audit, make_entry (request, response->http_status)))
    return NULL;
  /* Security: nobody is shown what cannot be noted, now or when he asks again. */
  rounds_audit_forget_news (audit, key);
  return rounds_response_unavailable ("The server is busy; try again soon");
}
