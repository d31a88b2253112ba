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

/* The document as the caller gets it, own link included. NULL with @error. (transfer full) */
static JsonObject *
make_document (RoundsRequest *request, const RoundsMeeting *meeting, GError **error)
{
  g_autofree char *link = NULL;

  return mint_link (request, meeting, &link, error) ? rounds_wire_meeting_to_json (meeting, link)
                                                    : NULL;
}

gboolean
rounds_meeting_answer_put (RoundsRequest *request, RoundsJsonWriter *writer, const char *member,
                           const RoundsMeeting *meeting, GError **error)
{
  g_autofree char *link = NULL;

  g_return_val_if_fail (request != NULL && meeting != NULL, FALSE);

  if (!mint_link (request, meeting, &link, error))
    return FALSE;
  rounds_wire_write_meeting (writer, member, meeting, link);
  return TRUE;
}

static RoundsResponse *
finish (guint http_status, RoundsJsonWriter *writer, const RoundsMeeting *meeting)
{
  RoundsResponse *response = rounds_response_finish (http_status, writer);

  rounds_response_set_version (response, meeting->version);
  return response;
}

RoundsResponse *
rounds_meeting_answer (RoundsRequest *request, const RoundsMeeting *meeting)
{
  RoundsJsonWriter writer = { NULL };
  g_autoptr (GError) error = NULL;

  rounds_response_begin (&writer);
  if (!rounds_meeting_answer_put (request, &writer, "meeting", meeting, &error))
    {
      g_string_free (writer.text, TRUE);
      return rounds_response_from_error (error);
    }
  return finish (200, &writer, meeting);
}

/* The guide's answer to a new meeting has the link a second time, beside the room and the domain.
 */
RoundsResponse *
rounds_meeting_answer_created (RoundsRequest *request, const RoundsMeeting *meeting)
{
  RoundsJsonWriter writer = { NULL };
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (request != NULL && meeting != NULL, NULL);

  if (!mint_link (request, meeting, &link, &error))
    return rounds_response_from_error (error);

  rounds_response_begin (&writer);
  rounds_wire_write_meeting (&writer, "meeting", meeting, link);
  rounds_json_begin_object (&writer, "jitsiDetails");
  /* None when the answer is repeated and the meeting is over. */
  rounds_json_write_text (&writer, "meetingLink", link);
  rounds_json_write_text (&writer, "roomName", meeting->room_name);
  rounds_json_write_text (&writer, "domain", rounds_request_get_config (request)->jitsi->domain);
  rounds_json_end_object (&writer);
  return finish (201, &writer, meeting);
}

RoundsMeeting *
rounds_meeting_answer_find (RoundsRequest *request, const char *id, RoundsResponse **refusal)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (request != NULL && id != NULL, NULL);
  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  meeting = rounds_request_recall_meeting (request);
  if (meeting == NULL && rounds_id_is_valid (id)
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
  JsonObject *document = make_document (request, meeting, &error);

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
