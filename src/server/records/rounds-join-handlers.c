/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * POST …/:id/join: a fresh personal link to one call; who asks about its time waits for the others.
 * Who may have one is decided in rounds-links.c and by who sees the record.
 */

#include "config.h"

#include "rounds-join-handlers.h"

#include "rounds-access.h"
#include "rounds-appointment-answer.h"
#include "rounds-call-waiting.h"
#include "rounds-json.h"
#include "rounds-links.h"
#include "rounds-meeting-answer.h"
#include "rounds-write.h"

static RoundsWrite
write_waiting (RoundsRequest *request, gpointer data, GError **error)
{
  const RoundsCall *call = data;
  const RoundsUser *caller = rounds_request_get_caller (request);

  return rounds_call_note_waiting (rounds_request_get_db (request), call, caller->id,
                                   rounds_call_get_side (call, caller),
                                   rounds_request_get_now (request), error)
             ? ROUNDS_WRITE_KEEP
             : ROUNDS_WRITE_FAILED;
}

/* Who looks at his link days before waits for nobody. */
static gboolean
note_waiting (RoundsRequest *request, RoundsCall *call, GError **error)
{
  return !rounds_call_is_current (call, rounds_request_get_now (request))
         || rounds_request_write (request, write_waiting, call, error) != ROUNDS_WRITE_FAILED;
}

/* @link NULL: there is nothing to join. */
static RoundsResponse *
answer (RoundsRequest *request, const char *link, const char *room, gboolean moderator,
        RoundsTimeRange range)
{
  const RoundsServerConfig *config = rounds_request_get_config (request);
  gint64 expires_at;
  JsonObject *data = NULL;

  if (link == NULL)
    return rounds_response_fail (409, "nothing_to_join", "This is over, or has no call to join",
                                 NULL);

  data = json_object_new ();
  json_object_set_string_member (data, "meetingLink", link);
  json_object_set_string_member (data, "roomName", room);
  json_object_set_string_member (data, "domain", config->jitsi->domain);
  json_object_set_boolean_member (data, "moderator", moderator);
  expires_at = rounds_links_get_end (config, rounds_request_get_now (request), range);
  if (expires_at != ROUNDS_TIME_NONE)
    {
      g_autofree char *text = rounds_time_to_rfc3339 (expires_at);

      json_object_set_string_member (data, "expiresAt", text);
    }
  return rounds_response_success (200, data);
}

RoundsResponse *
rounds_join_handlers_appointment (RoundsRequest *request)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;

  appointment = rounds_appointment_answer_find (request, rounds_request_get_param (request, "id"),
                                                &refusal);
  if (appointment == NULL)
    return g_steal_pointer (&refusal);

  if (!rounds_links_for_appointment (rounds_request_get_config (request), caller,
                                     rounds_request_get_now (request), appointment, &link, &error)
      || (link != NULL
          && !note_waiting (
              request,
              &(RoundsCall){ .kind = ROUNDS_CHANGE_APPOINTMENT, .appointment = appointment },
              &error)))
    return rounds_response_from_error (error);
  return answer (request, link, appointment->room_name,
                 rounds_access_is_appointment_moderator (caller, appointment),
                 rounds_appointment_get_range (appointment));
}

RoundsResponse *
rounds_join_handlers_meeting (RoundsRequest *request)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;

  meeting
      = rounds_meeting_answer_find (request, rounds_request_get_param (request, "id"), &refusal);
  if (meeting == NULL)
    return g_steal_pointer (&refusal);

  if (!rounds_links_for_meeting (rounds_request_get_config (request), caller,
                                 rounds_request_get_now (request), meeting, &link, &error)
      || (link != NULL
          && !note_waiting (
              request, &(RoundsCall){ .kind = ROUNDS_CHANGE_MEETING, .meeting = meeting }, &error)))
    return rounds_response_from_error (error);
  return answer (request, link, meeting->room_name,
                 rounds_access_is_meeting_moderator (caller, meeting),
                 rounds_meeting_get_range (meeting));
}
