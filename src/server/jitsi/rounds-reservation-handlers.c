/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * /jitsi/reservations/conference: Jitsi asks before it opens a room, and we say whether there is a
 * call now, for how long and for how many.
 * A room that nobody booked, or not for now, does not open, whoever has a link.
 */

#include "config.h"

#include "rounds-reservation-handlers.h"

#include "rounds-call-hook.h"
#include "rounds-call-waiting.h"
#include "rounds-id.h"
#include "rounds-jitsi-link.h"
#include "rounds-json.h"
#include "rounds-request-private.h"
#include "rounds-response-private.h"
#include "rounds-write.h"

/* Jitsi only wants to have one back; it means nothing to us. */
#define DEFAULT_OWNER "rounds"
#define MAX_OWNER 320

static const char open_sql[]
    = "INSERT INTO call_reservations (record_id, kind, opened_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (record_id) DO UPDATE SET opened_at = excluded.opened_at, ended_at = NULL"
      " WHERE call_reservations.ended_at IS NOT NULL";

static const char end_sql[] = "UPDATE call_reservations SET ended_at = $2"
                              " WHERE record_id = $1 AND ended_at IS NULL";

static const char find_sql[] = "SELECT kind FROM call_reservations"
                               " WHERE record_id = $1 AND ended_at IS NULL";

typedef struct
{
  const RoundsCall *call; /* to open */
  const char *id; /* to end */
} Work;

/* Jitsi shows `message` to who wanted to open the room: it says nothing about the visit. */
static RoundsResponse *
refuse (guint http_status, const char *message)
{
  g_autoptr (JsonObject) body = json_object_new ();
  json_object_set_string_member (body, "message", message);
  return rounds_response_plain (http_status, body);
}

static RoundsResponse *
answer_reservation (const RoundsCall *call, const char *name, const char *owner)
{
  RoundsTimeRange range = rounds_call_get_range (call);
  gint64 opens = range.start - ROUNDS_CALL_OPENS_BEFORE;
  g_autofree char *start = rounds_time_to_rfc3339 (opens);
  g_autoptr (JsonObject) body = json_object_new ();

  json_object_set_string_member (body, "id", rounds_call_get_id (call));
  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "mail_owner", owner);
  json_object_set_string_member (body, "start_time", start);
  /* Prosody closes the room when this is over, counted from start_time. */
  json_object_set_int_member (body, "duration",
                              (range.end + ROUNDS_CALL_OPEN_AFTER - opens) / ROUNDS_SECOND);
  json_object_set_int_member (body, "max_occupants", rounds_call_get_capacity (call));
  return rounds_response_plain (200, body);
}

static RoundsResponse *
refuse_now (const RoundsCall *call, gint64 now)
{
  if (call == NULL)
    return refuse (404, "There is no such call");
  if (!rounds_call_is_on (call))
    return refuse (403, "This call is over, cancelled, or not confirmed yet");
  if (rounds_call_is_current (call, now))
    return NULL;
  return refuse (403, now < rounds_call_get_range (call).start
                          ? "It is too early: this call opens half an hour before its time"
                          : "The time of this call is over");
}

/* Undone when it is open already. */
static RoundsWrite
write_open (RoundsRequest *request, gpointer data, GError **error)
{
  const Work *work = data;
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, open_sql, error);
  if (statement == NULL)
    return ROUNDS_WRITE_FAILED;
  rounds_db_bind_text (statement, 1, rounds_call_get_id (work->call));
  rounds_db_bind_text (statement, 2, rounds_call_get_kind (work->call));
  rounds_db_bind_int (statement, 3, rounds_request_get_now (request));
  if (!rounds_db_run (statement, error))
    return ROUNDS_WRITE_FAILED;
  return rounds_db_get_changes (db) > 0 ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

static RoundsResponse *
open_room (RoundsRequest *request, const RoundsCall *call, const char *name, const char *owner)
{
  Work work = { .call = call };
  g_autoptr (GError) error = NULL;

  switch (rounds_request_write (request, write_open, &work, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return answer_reservation (call, name, owner);
    case ROUNDS_WRITE_UNDO:
      {
        /* Jitsi asks for it by this id then, and goes on with what it gets. */
        g_autoptr (JsonObject) body = json_object_new ();
        json_object_set_string_member (body, "conflict_id", rounds_call_get_id (call));
        return rounds_response_plain (409, body);
      }
    case ROUNDS_WRITE_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

RoundsResponse *
rounds_reservation_handlers_create (RoundsRequest *request)
{
  const char *name = rounds_request_get_form (request, "name");
  const char *owner = rounds_request_get_form (request, "mail_owner");
  g_autoptr (RoundsCall) call = NULL;
  g_autoptr (GError) error = NULL;

  RoundsResponse *refusal = rounds_call_hook_check (request);
  if (refusal != NULL)
    return refusal;
  if (name == NULL || *name == '\0')
    return refuse (400, "name is missing");
  if (owner == NULL || *owner == '\0' || g_utf8_strlen (owner, -1) > MAX_OWNER)
    owner = DEFAULT_OWNER;
  if (!rounds_call_find_by_room (rounds_request_get_db (request), name, &call, &error))
    return rounds_response_from_error (error);
  refusal = refuse_now (call, rounds_request_get_now (request));
  return refusal != NULL ? refusal : open_room (request, call, name, owner);
}

/* @call stays NULL for a room that is not open. */
static gboolean
find_open (RoundsRequest *request, const char *id, RoundsCall **call, GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  g_autofree char *kind = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, find_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, id);
  RoundsDbStep step = rounds_db_step (statement, error);
  if (step != ROUNDS_DB_ROW)
    return step == ROUNDS_DB_DONE;
  kind = g_strdup (rounds_db_get_text (statement, 0));
  return rounds_call_find (
      db, g_str_equal (kind, "meeting") ? ROUNDS_CHANGE_MEETING : ROUNDS_CHANGE_APPOINTMENT, id,
      call, error);
}

RoundsResponse *
rounds_reservation_handlers_show (RoundsRequest *request)
{
  g_autoptr (RoundsCall) call = NULL;
  g_autoptr (GError) error = NULL;

  RoundsResponse *refusal = rounds_call_hook_check (request);
  if (refusal != NULL)
    return refusal;
  if (!find_open (request, rounds_request_get_param (request, "id"), &call, &error))
    return rounds_response_from_error (error);
  refusal = refuse_now (call, rounds_request_get_now (request));
  if (refusal != NULL)
    return refusal;
  /* Prosody opens the room only by the very name with which it asked. */
  g_autofree char *name = rounds_jitsi_link_dup_prosody_room (
      rounds_request_get_config (request)->jitsi, rounds_call_get_room (call));
  return answer_reservation (call, name, DEFAULT_OWNER);
}

static RoundsWrite
write_end (RoundsRequest *request, gpointer data, GError **error)
{
  const Work *work = data;
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, end_sql, error);
  if (statement == NULL)
    return ROUNDS_WRITE_FAILED;
  rounds_db_bind_text (statement, 1, work->id);
  rounds_db_bind_int (statement, 2, rounds_request_get_now (request));
  return rounds_db_run (statement, error) ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_FAILED;
}

/* What is not open any more is ended as well: Jitsi may say so twice. */
RoundsResponse *
rounds_reservation_handlers_end (RoundsRequest *request)
{
  Work work = { .id = rounds_request_get_param (request, "id") };
  g_autoptr (GError) error = NULL;

  RoundsResponse *refusal = rounds_call_hook_check (request);
  if (refusal != NULL)
    return refusal;
  if (!rounds_id_is_valid (work.id))
    return refuse (404, "There is no such call");
  if (rounds_request_write (request, write_end, &work, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  g_autoptr (JsonObject) body = json_object_new ();
  return rounds_response_plain (200, body);
}
