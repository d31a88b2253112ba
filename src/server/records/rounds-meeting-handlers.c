/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/meetings: creating, showing, listing.
 * Rules are in model, SQL in the repository; changes are in rounds-meeting-changes.c.
 */

#include "config.h"

#include "rounds-meeting-handlers.h"

#include "rounds-access.h"
#include "rounds-idempotency.h"
#include "rounds-links.h"
#include "rounds-list-answer.h"
#include "rounds-meeting-answer.h"
#include "rounds-meeting-booking.h"
#include "rounds-meeting-repository.h"
#include "rounds-recall-answer.h"
#include "rounds-write.h"

/* Undone when the key has made its meeting already. */
static RoundsWrite
write_new (RoundsRequest *request, gpointer data, GError **error)
{
  const RoundsMeeting *meeting = data;
  gboolean claimed = FALSE;

  if (!rounds_idempotency_claim (request, meeting->id, &claimed, error))
    return ROUNDS_WRITE_FAILED;
  if (!claimed)
    return ROUNDS_WRITE_UNDO;
  return rounds_meeting_repository_insert (rounds_request_get_db (request), meeting, error)
             ? ROUNDS_WRITE_KEEP
             : ROUNDS_WRITE_FAILED;
}

/* What this key made, as the first answer showed it but with a link of now; NULL when it made
 * nothing yet. */
static RoundsResponse *
answer_repeated (RoundsRequest *request)
{
  g_autofree char *made = NULL;
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  if (!rounds_idempotency_find (request, &made, &refusal))
    return g_steal_pointer (&refusal);
  if (made == NULL)
    return NULL;

  meeting = rounds_meeting_answer_find (request, made, &refusal);
  return meeting != NULL ? rounds_meeting_answer_created (request, meeting)
                         : g_steal_pointer (&refusal);
}

static RoundsResponse *
answer_written (RoundsRequest *request, RoundsWrite outcome, gpointer data, const GError *error)
{
  const RoundsMeeting *meeting = data;

  switch (outcome)
    {
    case ROUNDS_WRITE_KEEP:
      return rounds_meeting_answer_created (request, meeting);
    case ROUNDS_WRITE_UNDO:
      return answer_repeated (request);
    case ROUNDS_WRITE_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

RoundsResponse *
rounds_meeting_handlers_create (RoundsRequest *request)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  refusal = answer_repeated (request);
  if (refusal == NULL)
    meeting = rounds_meeting_booking_make (request, &refusal);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  return rounds_request_write_then (request, write_new, answer_written, g_steal_pointer (&meeting),
                                    (GDestroyNotify)rounds_meeting_unref);
}

RoundsResponse *
rounds_meeting_handlers_show (RoundsRequest *request)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  RoundsResponse *response = NULL;

  meeting
      = rounds_meeting_answer_find (request, rounds_request_get_param (request, "id"), &refusal);
  if (meeting == NULL)
    return g_steal_pointer (&refusal);

  rounds_request_keep_meeting (request, meeting);
  response = rounds_recall_answer_find (request);
  if (response != NULL)
    {
      rounds_response_set_version (response, meeting->version);
      return response;
    }
  response = rounds_meeting_answer (request, meeting);
  rounds_recall_answer_keep (request, response,
                             rounds_links_get_change (rounds_request_get_config (request),
                                                      rounds_request_get_now (request),
                                                      rounds_meeting_get_range (meeting)));
  return response;
}

static gboolean
put_visible (RoundsRequest *request, RoundsJsonWriter *writer, gconstpointer record, GError **error)
{
  const RoundsMeeting *meeting = record;

  return !rounds_access_meeting_is_visible (rounds_request_get_caller (request), meeting)
         || rounds_meeting_answer_put (request, writer, NULL, meeting, error);
}

static char *
write_cursor (gconstpointer record)
{
  const RoundsMeeting *meeting = record;

  return rounds_page_write_cursor (meeting->scheduled_at, meeting->id);
}

RoundsResponse *
rounds_meeting_handlers_list (RoundsRequest *request)
{
  static const RoundsListKind kind = {
    .member = "meetings",
    .list = rounds_meeting_repository_list_page,
    .put = put_visible,
    .write_cursor = write_cursor,
  };
  return rounds_list_answer (request, &kind);
}
