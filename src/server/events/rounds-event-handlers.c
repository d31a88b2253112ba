/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api/events: lets a client in to the WebSocket that tells when there is something new.
 * Who it is was asked before; here it is worked out what he may hear, and from where on.
 */

#include "config.h"

#include "rounds-event-handlers.h"

#include "rounds-change-repository.h"
#include "rounds-event-handshake.h"
#include "rounds-event-records.h"
#include "rounds-request-private.h"
#include "rounds-response-private.h"

static const char until_sql[] = "SELECT max (access_expires_at) FROM session_tokens"
                                " WHERE session_id = $1 AND state = 'current'";

/* From where on: the client's cursor, or now. A cursor of another or an older copy of the database
 * is answered with something to look at; there he is told to begin anew. */
static gboolean
find_start (RoundsRequest *request, RoundsEventAdmission *admission, gboolean *valid,
            GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  const char *since = rounds_request_get_query (request, "since");
  gboolean known = FALSE;
  gint64 head = 0;

  *valid = TRUE;
  admission->feed = rounds_change_feed_read_name (db, error);
  if (admission->feed == NULL || !rounds_change_repository_get_head (db, &head, error))
    return FALSE;
  admission->cursor = (RoundsChangeCursor){ .seq = head, .base = head };
  if (since == NULL || *since == '\0')
    return TRUE;
  RoundsChangeCursor cursor = { 0 };
  if (!rounds_change_cursor_read (db, since, &cursor, valid, &known, error))
    return FALSE;
  if (known && cursor.seq <= head && cursor.base <= head)
    admission->cursor = cursor;
  else
    admission->behind = *valid;
  return TRUE;
}

/* What was committed since the client's cursor and concerns him; the hub knows only of lately. */
static gboolean
look_for_news (RoundsRequest *request, RoundsEventAdmission *admission, GError **error)
{
  gboolean more = FALSE;
  g_autoptr (GPtrArray) changes = rounds_change_repository_list (
      rounds_request_get_db (request), (const char *const *)admission->audiences,
      admission->cursor.seq, 1, &more, error);
  if (changes == NULL)
    return FALSE;
  admission->behind = admission->behind || changes->len > 0;
  return TRUE;
}

/* Security: a stolen token is worth nothing when it has ended, so neither is what it opened. */
static gboolean
find_end (RoundsRequest *request, RoundsEventAdmission *admission, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (rounds_request_get_db (request), until_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, admission->session_id);
  if (rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  gint64 end = rounds_db_get_time (statement, 0);
  admission->until = g_get_monotonic_time ();
  if (end != ROUNDS_TIME_NONE)
    admission->until += MAX (end - rounds_request_get_now (request), 0);
  return TRUE;
}

/* Who began to wait before he came would otherwise never be told. */
static gboolean
find_waiting (RoundsRequest *request, RoundsEventAdmission *admission, GError **error)
{
  admission->waiting = rounds_event_records_list_waiting (
      rounds_request_get_db (request), rounds_request_get_caller (request),
      rounds_request_get_now (request) - ROUNDS_WAITING_IS_NEWS, error);
  return admission->waiting != NULL;
}

/* Takes @seat. */
static RoundsEventAdmission *
new_admission (RoundsRequest *request, RoundsEventSeat *seat)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  RoundsEventAdmission *admission = g_new0 (RoundsEventAdmission, 1);

  admission->seat = seat;
  admission->user_id = g_strdup (caller->id);
  admission->session_id = g_strdup (rounds_request_get_session (request));
  admission->standing
      = rounds_event_admission_standing (rounds_role_to_string (caller->role), caller->hospital_id);
  admission->audiences = rounds_change_audiences (caller);
  return admission;
}

/* In one transaction. @valid FALSE: the cursor is none. */
static gboolean
fill_admission (RoundsRequest *request, RoundsEventAdmission *admission, gboolean *valid,
                GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);

  if (!rounds_db_begin_read (db, error))
    return FALSE;
  if (!find_start (request, admission, valid, error) || !look_for_news (request, admission, error)
      || !find_end (request, admission, error) || !find_waiting (request, admission, error))
    {
      rounds_db_rollback (db);
      return FALSE;
    }
  return rounds_db_commit (db, error);
}

RoundsResponse *
rounds_event_handlers_open (RoundsRequest *request)
{
  RoundsEventHub *hub = rounds_request_get_context (request)->hub;
  gboolean valid = FALSE;
  g_autoptr (GError) error = NULL;

  RoundsResponse *response
      = rounds_handshake_check (request->handshake, rounds_request_get_config (request));
  if (response != NULL)
    return response;
  RoundsEventSeat *seat = rounds_event_hub_take_seat (hub);
  if (seat == NULL)
    return rounds_response_unavailable ("Too many clients listen; try again soon");
  g_autoptr (RoundsEventAdmission) admission = new_admission (request, seat);
  if (!fill_admission (request, admission, &valid, &error))
    return rounds_response_from_error (error);
  if (!valid)
    {
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      rounds_problems_add (problems, "since", "Has to be the cursor of an earlier answer");
      return rounds_response_problems (400, problems);
    }
  response = rounds_handshake_accept (request->handshake);
  response->admission = g_steal_pointer (&admission);
  return response;
}
