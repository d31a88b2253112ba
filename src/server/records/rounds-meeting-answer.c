/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The meeting that a request is about, and the answers that hold one.
 * What a call does with it is its handler's.
 */

#include "config.h"

#include "rounds-meeting-answer.h"

#include "rounds-access.h"
#include "rounds-id.h"
#include "rounds-links.h"
#include "rounds-meeting-repository.h"
#include "rounds-precondition.h"
#include "rounds-wire.h"

static gboolean
mint_link (RoundsRequest *request, const RoundsMeeting *meeting, char **link, GError **error)
{
  return rounds_links_for_meeting (rounds_request_get_config (request),
                                   rounds_request_get_caller (request),
                                   rounds_request_get_now (request), meeting, link, error);
}

JsonObject *
rounds_meeting_answer_write (RoundsRequest *request, const RoundsMeeting *meeting, GError **error)
{
  g_autofree char *link = NULL;

  g_return_val_if_fail (request != NULL && meeting != NULL, NULL);

  return mint_link (request, meeting, &link, error) ? rounds_wire_meeting_to_json (meeting, link)
                                                    : NULL;
}

static RoundsResponse *
answer_with_data (guint http_status, const RoundsMeeting *meeting, JsonObject *data)
{
  RoundsResponse *response = rounds_response_success (http_status, data);

  rounds_response_set_version (response, meeting->version);
  return response;
}

RoundsResponse *
rounds_meeting_answer (RoundsRequest *request, const RoundsMeeting *meeting)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *document = rounds_meeting_answer_write (request, meeting, &error);

  if (document == NULL)
    return rounds_response_from_error (error);

  json_object_set_object_member (data, "meeting", document);
  return answer_with_data (200, meeting, g_steal_pointer (&data));
}

/* The guide's answer to a new meeting has the link a second time, beside the room and the domain.
 */
RoundsResponse *
rounds_meeting_answer_created (RoundsRequest *request, const RoundsMeeting *meeting)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (JsonObject) details = json_object_new ();
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (request != NULL && meeting != NULL, NULL);

  if (!mint_link (request, meeting, &link, &error))
    return rounds_response_from_error (error);

  /* None when the answer is repeated and the meeting is over. */
  if (link != NULL)
    json_object_set_string_member (details, "meetingLink", link);
  json_object_set_string_member (details, "roomName", meeting->room_name);
  json_object_set_string_member (details, "domain",
                                 rounds_request_get_config (request)->jitsi->domain);
  json_object_set_object_member (data, "meeting", rounds_wire_meeting_to_json (meeting, link));
  json_object_set_object_member (data, "jitsiDetails", g_steal_pointer (&details));
  return answer_with_data (201, meeting, g_steal_pointer (&data));
}

RoundsMeeting *
rounds_meeting_answer_find (RoundsRequest *request, const char *id, RoundsResponse **refusal)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (request != NULL && id != NULL, NULL);
  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

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

static RoundsResponse *
refuse_precondition (RoundsRequest *request, const RoundsMeeting *meeting)
{
  g_autoptr (GError) error = NULL;
  JsonObject *document = rounds_meeting_answer_write (request, meeting, &error);

  if (document == NULL)
    return rounds_response_from_error (error);
  return rounds_precondition_refuse ("meeting", document, meeting->version);
}

RoundsMeeting *
rounds_meeting_answer_find_to_change (RoundsRequest *request, RoundsResponse **refusal)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  gboolean failed = FALSE;

  meeting = rounds_meeting_answer_find (request, rounds_request_get_param (request, "id"), refusal);
  if (meeting == NULL)
    return NULL;

  /* Before the rules, as with appointments: a change whose answer was lost is found done. */
  *refusal = rounds_precondition_check (request, meeting->version, &failed);
  if (failed)
    *refusal = refuse_precondition (request, meeting);
  return *refusal == NULL ? g_steal_pointer (&meeting) : NULL;
}
