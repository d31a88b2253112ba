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
#include "rounds-list-owner.h"
#include "rounds-meeting-answer.h"
#include "rounds-meeting-booking.h"
#include "rounds-meeting-repository.h"
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

RoundsResponse *
rounds_meeting_handlers_create (RoundsRequest *request)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  refusal = answer_repeated (request);
  if (refusal == NULL)
    meeting = rounds_meeting_booking_make (request, &refusal);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  switch (rounds_request_write (request, write_new, meeting, &error))
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
rounds_meeting_handlers_show (RoundsRequest *request)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  meeting
      = rounds_meeting_answer_find (request, rounds_request_get_param (request, "id"), &refusal);
  if (meeting == NULL)
    return g_steal_pointer (&refusal);

  rounds_request_keep_meeting (request, meeting);
  return rounds_meeting_answer (request, meeting);
}

/* Writes what the caller may see of @meetings. */
static gboolean
put_visible (RoundsRequest *request, GPtrArray *meetings, RoundsJsonWriter *writer, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);

  for (guint i = 0; i < meetings->len; i++)
    {
      const RoundsMeeting *meeting = g_ptr_array_index (meetings, i);

      if (rounds_access_meeting_is_visible (caller, meeting)
          && !rounds_meeting_answer_put (request, writer, NULL, meeting, error))
        return FALSE;
    }
  return TRUE;
}

static RoundsResponse *
answer_list (RoundsRequest *request, GPtrArray *meetings, const char *next)
{
  RoundsJsonWriter writer = { NULL };
  g_autoptr (GError) error = NULL;

  rounds_response_begin (&writer);
  rounds_json_begin_array (&writer, "meetings");
  if (!put_visible (request, meetings, &writer, &error))
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
cut_page (const RoundsPage *page, GPtrArray *meetings)
{
  const RoundsMeeting *last = NULL;

  if (page->limit == 0 || meetings->len <= page->limit)
    return NULL;

  g_ptr_array_set_size (meetings, (int)page->limit);
  last = g_ptr_array_index (meetings, page->limit - 1);
  return rounds_page_write_cursor (last->scheduled_at, last->id);
}

RoundsResponse *
rounds_meeting_handlers_list (RoundsRequest *request)
{
  RoundsPage page = ROUNDS_PAGE_ALL;
  g_autofree char *next = NULL;
  g_autoptr (RoundsUser) owner = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  refusal = rounds_page_read (request, &page);
  if (refusal == NULL)
    refusal = rounds_page_read_range (request, &page);
  if (refusal == NULL)
    owner = rounds_list_owner_find (request, &refusal);
  if (owner == NULL)
    return g_steal_pointer (&refusal);

  meetings
      = rounds_meeting_repository_list_page (rounds_request_get_db (request), owner, &page, &error);
  if (meetings == NULL)
    return rounds_response_from_error (error);

  next = cut_page (&page, meetings);
  return answer_list (request, meetings, next);
}
