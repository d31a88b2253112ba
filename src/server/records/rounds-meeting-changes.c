/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of calls that change a meeting: its state, its time, its people, its notes.
 * Rules are in model, SQL in the repository.
 */

#include "config.h"

#include "rounds-meeting-handlers.h"

#include "rounds-access.h"
#include "rounds-audit-request.h"
#include "rounds-meeting-answer.h"
#include "rounds-meeting-edit.h"
#include "rounds-meeting-repository.h"
#include "rounds-wire.h"
#include "rounds-write.h"

/* What a step asks for. Borrowed. */
typedef struct
{
  RoundsMeetingStatus to;
  const char *notes; /* or NULL: the old ones stay */
} Step;

static RoundsResponse *
read_step (RoundsRequest *request, Step *step)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const char *status = NULL;

  if (rounds_wire_status_change_from_json (rounds_request_get_body (request), &status, &step->notes,
                                           problems)
      && !rounds_meeting_status_from_string (status, &step->to))
    rounds_problems_add (problems, "status", "Has to be scheduled, active, completed or cancelled");

  return rounds_response_any_problems (400, problems);
}

static RoundsResponse *
refuse_change (RoundsRequest *request, const RoundsMeeting *meeting, RoundsMeetingStatus to)
{
  if (!rounds_access_may_change_meeting (rounds_request_get_caller (request), meeting))
    return rounds_response_forbidden ("You may not change this meeting");
  if (!rounds_meeting_status_leads_to (meeting->status, to))
    return rounds_response_illegal_step ("meeting",
                                         rounds_meeting_status_to_string (meeting->status),
                                         rounds_meeting_status_to_string (to));
  return NULL;
}

/* Undone when somebody else's change came first. */
static RoundsWrite
write_status (RoundsRequest *request, gpointer meeting, GError **error)
{
  gboolean stored = FALSE;

  if (!rounds_meeting_repository_update_status (rounds_request_get_db (request), meeting, &stored,
                                                error))
    return ROUNDS_WRITE_FAILED;
  return stored ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

/* The same for all the rest of a meeting. */
static RoundsWrite
write_edited (RoundsRequest *request, gpointer meeting, GError **error)
{
  gboolean stored = FALSE;

  if (!rounds_meeting_repository_update (rounds_request_get_db (request), meeting, &stored, error))
    return ROUNDS_WRITE_FAILED;
  return stored ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

/* An answer, or NULL when somebody else's change came first. */
static RoundsResponse *
store (RoundsRequest *request, RoundsMeeting *meeting, RoundsWriteFunc func)
{
  g_autoptr (GError) error = NULL;

  switch (rounds_request_write (request, func, meeting, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return rounds_meeting_answer (request, meeting);
    case ROUNDS_WRITE_UNDO:
      return NULL;
    case ROUNDS_WRITE_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

static RoundsResponse *
try_step (RoundsRequest *request, gpointer data)
{
  const Step *step = data;
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsMeeting) changed = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  meeting = rounds_meeting_answer_find_to_change (request, &refusal);
  if (meeting != NULL)
    refusal = refuse_change (request, meeting, step->to);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  changed = rounds_meeting_with_status (meeting, step->to, step->notes,
                                        rounds_request_get_now (request));
  changed->version = meeting->version + 1;
  changed->updated_at = rounds_request_get_now (request);
  return store (request, changed, write_status);
}

static RoundsResponse *
take_step (RoundsRequest *request, Step *step)
{
  rounds_audit_set_detail (request, "status", rounds_meeting_status_to_string (step->to));
  return rounds_request_try_often (request, "meeting", try_step, step);
}

RoundsResponse *
rounds_meeting_handlers_change_status (RoundsRequest *request)
{
  Step step = { 0 };
  RoundsResponse *refusal = read_step (request, &step);

  return refusal != NULL ? refusal : take_step (request, &step);
}

RoundsResponse *
rounds_meeting_handlers_cancel (RoundsRequest *request)
{
  return take_step (request, &(Step){ .to = ROUNDS_MEETING_CANCELLED });
}

static RoundsResponse *
try_edit (RoundsRequest *request, gpointer unused)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsMeeting) edited = NULL;
  g_autoptr (RoundsResponse) refusal = NULL;

  meeting = rounds_meeting_answer_find_to_change (request, &refusal);
  if (refusal == NULL)
    edited = rounds_meeting_edit_make (request, meeting, &refusal);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  return store (request, edited, write_edited);
}

RoundsResponse *
rounds_meeting_handlers_edit (RoundsRequest *request)
{
  return rounds_request_try_often (request, "meeting", try_edit, NULL);
}
