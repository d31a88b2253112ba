/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From the body of PATCH /api/meetings/:id to the meeting as it is to be.
 * It writes nothing; the handler stores what comes out.
 */

#include "config.h"

#include "rounds-meeting-edit.h"

#include "rounds-access.h"
#include "rounds-appointment-draft.h"
#include "rounds-json.h"
#include "rounds-meeting-booking.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"

/* What a request asks for. */
typedef struct
{
  RoundsMeetingDraft *draft;
  gboolean has_type; /* a draft without one says video */
  const char *notes; /* these two: borrowed from the body, or NULL */
  const char *status; /* no wish that is granted here, but perhaps meant as one */
} Wishes;

static void
clear_wishes (Wishes *self)
{
  g_clear_pointer (&self->draft, rounds_meeting_draft_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, clear_wishes)

static RoundsResponse *
read_wishes (RoundsRequest *request, Wishes *wishes)
{
  JsonObject *body = rounds_request_get_body (request);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { body, "", problems };

  wishes->draft = rounds_wire_meeting_draft_from_json (body, problems);
  wishes->has_type = json_object_has_member (body, "meetingType")
                     && !json_object_get_null_member (body, "meetingType");
  rounds_json_read_text (&reader, "notes", FALSE, ROUNDS_MAX_NOTES, &wishes->notes);
  rounds_json_read_string (&reader, "status", FALSE, &wishes->status);
  return rounds_response_any_problems (400, problems);
}

static void
apply_wishes (RoundsMeeting *self, const Wishes *wishes)
{
  const RoundsMeetingDraft *draft = wishes->draft;

  if (draft->title != NULL)
    g_set_str (&self->title, draft->title);
  if (draft->description != NULL)
    g_set_str (&self->description, *draft->description != '\0' ? draft->description : NULL);
  if (draft->scheduled_at != ROUNDS_TIME_NONE)
    self->scheduled_at = draft->scheduled_at;
  if (wishes->has_type)
    self->type = draft->type;
  if (draft->expected_minutes != 0)
    self->expected_minutes = draft->expected_minutes;
  if (wishes->notes != NULL)
    g_set_str (&self->notes, *wishes->notes != '\0' ? wishes->notes : NULL);
}

/* The checks that a new meeting goes through; what is not asked for is as it was. */
static RoundsResponse *
check_form (const RoundsMeeting *edited, const RoundsMeetingDraft *draft)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const RoundsMeetingDraft whole = {
    .participants = draft->participants[0] != NULL ? draft->participants : edited->participants,
    .has_role_context = draft->has_role_context,
    .role_context = draft->role_context,
    .title = edited->title,
    .description = edited->description,
    .scheduled_at = edited->scheduled_at,
    .type = edited->type,
    .expected_minutes = edited->expected_minutes,
  };

  rounds_meeting_draft_check (&whole, problems);
  return rounds_response_any_problems (400, problems);
}

/* As with appointments: what looks like a wish and is none of this call's is not passed over. */
static RoundsResponse *
check_fixed (const RoundsMeeting *meeting, const Wishes *wishes)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  if (wishes->status != NULL
      && !g_str_equal (wishes->status, rounds_meeting_status_to_string (meeting->status)))
    rounds_problems_add (problems, "status", "Is changed by PATCH /api/meetings/:id/status");
  return rounds_response_any_problems (422, problems);
}

/* A client may send back the whole document, with somebody in it whose account is off by now. */
static gboolean
asks_for_others (const RoundsMeeting *meeting, const RoundsMeetingDraft *draft)
{
  return (draft->participants[0] != NULL
          && !g_strv_equal ((const char *const *)draft->participants,
                            (const char *const *)meeting->participants))
         || (draft->has_role_context && draft->role_context != meeting->role_context);
}

/* Who is in it follows the rules of a new meeting of the one who made it, whoever changes it. */
static RoundsResponse *
change_people (RoundsRequest *request, RoundsMeeting *edited, const RoundsMeetingDraft *draft)
{
  g_autoptr (RoundsUser) creator = NULL;
  g_autoptr (GError) error = NULL;

  if (!asks_for_others (edited, draft))
    return NULL;

  if (!rounds_user_repository_find (rounds_request_get_db (request), edited->created_by, &creator,
                                    &error))
    return rounds_response_from_error (error);
  /* An account that was switched off makes nothing any more; who goes on with it does. */
  if (creator == NULL)
    creator = rounds_user_ref (rounds_request_get_caller (request));

  return rounds_meeting_booking_choose_people (request, creator, draft, edited);
}

/* What was is not rewritten, except that notes may be added to it. */
static RoundsResponse *
check_open (const RoundsMeeting *before, const RoundsMeeting *after)
{
  g_autoptr (RoundsMeeting) only_notes = NULL;

  if (!rounds_meeting_status_is_final (before->status))
    return NULL;

  only_notes = rounds_meeting_copy (before);
  g_set_str (&only_notes->notes, after->notes);
  if (rounds_meeting_equal (only_notes, after))
    return NULL;
  return rounds_response_fail (409, "record_closed",
                               "This meeting is over; only its notes can still be changed", NULL);
}

RoundsMeeting *
rounds_meeting_edit_make (RoundsRequest *request, const RoundsMeeting *meeting,
                          RoundsResponse **refusal)
{
  g_auto (Wishes) wishes = { 0 };
  g_autoptr (RoundsMeeting) edited = NULL;

  g_return_val_if_fail (request != NULL && meeting != NULL, NULL);
  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  if (!rounds_access_may_change_meeting (rounds_request_get_caller (request), meeting))
    *refusal = rounds_response_forbidden ("You may not change this meeting");
  if (*refusal == NULL)
    *refusal = read_wishes (request, &wishes);
  if (*refusal != NULL)
    return NULL;

  edited = rounds_meeting_copy (meeting);
  apply_wishes (edited, &wishes);
  *refusal = check_form (edited, wishes.draft);
  if (*refusal == NULL)
    *refusal = check_fixed (meeting, &wishes);
  if (*refusal == NULL)
    *refusal = change_people (request, edited, wishes.draft);
  if (*refusal == NULL)
    *refusal = check_open (meeting, edited);
  if (*refusal != NULL)
    return NULL;

  edited->version = meeting->version + 1;
  edited->updated_at = rounds_request_get_now (request);
  return g_steal_pointer (&edited);
}
