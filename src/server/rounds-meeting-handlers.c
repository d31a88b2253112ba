/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/meetings.
 * Rules are in model, SQL in the repository; a handler only translates between them and HTTP.
 */

#include "config.h"

#include "rounds-meeting-handlers.h"

#include "rounds-access.h"
#include "rounds-id.h"
#include "rounds-links.h"
#include "rounds-list-owner.h"
#include "rounds-meeting-booking.h"
#include "rounds-meeting-repository.h"
#include "rounds-wire.h"

/* How often a change is tried again when somebody else's came first. */
#define MAX_TRIES 8

static gboolean
mint_link (RoundsRequest *request, const RoundsMeeting *meeting, char **link, GError **error)
{
  return rounds_links_for_meeting (rounds_request_get_config (request),
                                   rounds_request_get_caller (request),
                                   rounds_request_get_now (request), meeting, link, error);
}

static RoundsResponse *
answer_with (RoundsRequest *request, const RoundsMeeting *meeting)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  if (!mint_link (request, meeting, &link, &error))
    return rounds_response_from_error (error);

  json_object_set_object_member (data, "meeting", rounds_wire_meeting_to_json (meeting, link));
  return rounds_response_success (200, g_steal_pointer (&data));
}

/* The guide's answer to a new meeting has the link a second time, beside the room and the domain.
 */
static RoundsResponse *
answer_created (RoundsRequest *request, const RoundsMeeting *meeting)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (JsonObject) details = json_object_new ();
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  if (!mint_link (request, meeting, &link, &error))
    return rounds_response_from_error (error);

  json_object_set_string_member (details, "meetingLink", link);
  json_object_set_string_member (details, "roomName", meeting->room_name);
  json_object_set_string_member (details, "domain",
                                 rounds_request_get_config (request)->jitsi->domain);
  json_object_set_object_member (data, "meeting", rounds_wire_meeting_to_json (meeting, link));
  json_object_set_object_member (data, "jitsiDetails", g_steal_pointer (&details));
  return rounds_response_success (201, g_steal_pointer (&data));
}

/* The meeting of the route's ":id", or NULL with @refusal set. */
static RoundsMeeting *
find_visible (RoundsRequest *request, RoundsResponse **refusal)
{
  const char *id = rounds_request_get_param (request, "id");
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (GError) error = NULL;

  if (rounds_id_is_valid (id)
      && !rounds_meeting_repository_find (rounds_request_get_db (request), id, &meeting, &error))
    {
      *refusal = rounds_response_from_error (error);
      return NULL;
    }

  /* Security: the same words for what is not there and what is not shown. */
  if (meeting == NULL
      || !rounds_access_meeting_is_visible (rounds_request_get_caller (request), meeting))
    {
      *refusal = rounds_response_not_found ("meeting");
      return NULL;
    }
  return g_steal_pointer (&meeting);
}

static gboolean
store_new (RoundsDb *db, const RoundsMeeting *meeting, GError **error)
{
  if (!rounds_db_begin (db, error))
    return FALSE;

  if (!rounds_meeting_repository_insert (db, meeting, error))
    {
      rounds_db_rollback (db);
      return FALSE;
    }
  return rounds_db_commit (db, error);
}

RoundsResponse *
rounds_meeting_handlers_create (RoundsRequest *request)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  meeting = rounds_meeting_booking_make (request, &refusal);
  if (meeting == NULL)
    return g_steal_pointer (&refusal);

  if (!store_new (rounds_request_get_db (request), meeting, &error))
    return rounds_response_from_error (error);

  return answer_created (request, meeting);
}

RoundsResponse *
rounds_meeting_handlers_show (RoundsRequest *request)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  meeting = find_visible (request, &refusal);
  if (meeting == NULL)
    return g_steal_pointer (&refusal);

  return answer_with (request, meeting);
}

/* Adds what the caller may see of @meetings to @array. */
static gboolean
write_visible (RoundsRequest *request, GPtrArray *meetings, JsonArray *array, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);

  for (guint i = 0; i < meetings->len; i++)
    {
      const RoundsMeeting *meeting = g_ptr_array_index (meetings, i);
      g_autofree char *link = NULL;

      if (!rounds_access_meeting_is_visible (caller, meeting))
        continue;
      if (!mint_link (request, meeting, &link, error))
        return FALSE;
      json_array_add_object_element (array, rounds_wire_meeting_to_json (meeting, link));
    }
  return TRUE;
}

RoundsResponse *
rounds_meeting_handlers_list (RoundsRequest *request)
{
  g_autoptr (RoundsUser) owner = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;

  owner = rounds_list_owner_find (request, &refusal);
  if (owner == NULL)
    return g_steal_pointer (&refusal);

  meetings = rounds_meeting_repository_list_of (rounds_request_get_db (request), owner, &error);
  if (meetings == NULL || !write_visible (request, meetings, array, &error))
    return rounds_response_from_error (error);

  json_object_set_array_member (data, "meetings", g_steal_pointer (&array));
  return rounds_response_success (200, g_steal_pointer (&data));
}

static RoundsResponse *
read_change (RoundsRequest *request, RoundsMeetingStatus *to, const char **notes)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const char *status = NULL;

  if (rounds_wire_status_change_from_json (rounds_request_get_body (request), &status, notes,
                                           problems)
      && !rounds_meeting_status_from_string (status, to))
    rounds_problems_add (problems, "status", "Has to be scheduled, active, completed or cancelled");

  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);
  return NULL;
}

static RoundsResponse *
refuse_change (RoundsRequest *request, const RoundsMeeting *meeting, RoundsMeetingStatus to)
{
  g_autofree char *message = NULL;

  if (!rounds_access_may_change_meeting (rounds_request_get_caller (request), meeting))
    return rounds_response_forbidden ("You may not change this meeting");
  if (rounds_meeting_status_leads_to (meeting->status, to))
    return NULL;

  message = g_strdup_printf ("A meeting that is %s cannot become %s",
                             rounds_meeting_status_to_string (meeting->status),
                             rounds_meeting_status_to_string (to));
  return rounds_response_fail (409, "illegal_transition", message, NULL);
}

/* One try. Returns an answer, or NULL when somebody else's change came in between. */
static RoundsResponse *
try_change (RoundsRequest *request, RoundsMeetingStatus to, const char *notes)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsMeeting) changed = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;
  gboolean stored = FALSE;

  meeting = find_visible (request, &refusal);
  if (meeting != NULL)
    refusal = refuse_change (request, meeting, to);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  changed = rounds_meeting_with_status (meeting, to, notes, rounds_request_get_now (request));
  changed->version = meeting->version + 1;
  changed->updated_at = rounds_request_get_now (request);
  if (!rounds_meeting_repository_update_status (rounds_request_get_db (request), changed, &stored,
                                                &error))
    return rounds_response_from_error (error);

  return stored ? answer_with (request, changed) : NULL;
}

static RoundsResponse *
change_status (RoundsRequest *request, RoundsMeetingStatus to, const char *notes)
{
  RoundsResponse *response = NULL;

  for (int i = 0; i < MAX_TRIES && response == NULL; i++)
    response = try_change (request, to, notes);

  if (response == NULL)
    response = rounds_response_fail (409, "conflict", "Others are changing this meeting; try again",
                                     NULL);
  return response;
}

RoundsResponse *
rounds_meeting_handlers_change_status (RoundsRequest *request)
{
  RoundsMeetingStatus to = ROUNDS_MEETING_SCHEDULED;
  const char *notes = NULL;
  RoundsResponse *refusal = read_change (request, &to, &notes);

  return refusal != NULL ? refusal : change_status (request, to, notes);
}

RoundsResponse *
rounds_meeting_handlers_cancel (RoundsRequest *request)
{
  return change_status (request, ROUNDS_MEETING_CANCELLED, NULL);
}
