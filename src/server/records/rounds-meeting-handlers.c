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

  return rounds_meeting_answer (request, meeting);
}

/* Adds what the caller may see of @meetings to @array. */
static gboolean
write_visible (RoundsRequest *request, GPtrArray *meetings, JsonArray *array, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);

  for (guint i = 0; i < meetings->len; i++)
    {
      const RoundsMeeting *meeting = g_ptr_array_index (meetings, i);
      JsonObject *document = NULL;

      if (!rounds_access_meeting_is_visible (caller, meeting))
        continue;

      document = rounds_meeting_answer_write (request, meeting, error);
      if (document == NULL)
        return FALSE;
      json_array_add_object_element (array, document);
    }
  return TRUE;
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
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  refusal = rounds_page_read (request, &page);
  if (refusal == NULL)
    owner = rounds_list_owner_find (request, &refusal);
  if (owner == NULL)
    return g_steal_pointer (&refusal);

  meetings
      = rounds_meeting_repository_list_page (rounds_request_get_db (request), owner, &page, &error);
  if (meetings != NULL)
    next = cut_page (&page, meetings);
  if (meetings == NULL || !write_visible (request, meetings, array, &error))
    return rounds_response_from_error (error);

  json_object_set_array_member (data, "meetings", g_steal_pointer (&array));
  if (next != NULL)
    json_object_set_string_member (data, "nextCursor", next);
  return rounds_response_success (200, g_steal_pointer (&data));
}
