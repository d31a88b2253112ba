/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From the body of POST /api/meetings to a meeting that may be stored.
 * It writes nothing; the handler stores what comes out.
 */

#include "config.h"

#include "rounds-meeting-booking.h"

#include "rounds-id.h"
#include "rounds-jitsi-link.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"

static RoundsResponse *
read_draft (RoundsRequest *request, RoundsMeetingDraft **draft)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  *draft = rounds_wire_meeting_draft_from_json (rounds_request_get_body (request), problems);
  /* What has the wrong type is not also called missing. */
  if (rounds_problems_get_length (problems) == 0)
    rounds_meeting_draft_check (*draft, problems);
  return rounds_response_any_problems (400, problems);
}

static RoundsUser *
find_in (GPtrArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++)
    {
      RoundsUser *user = g_ptr_array_index (people, i);

      if (g_str_equal (user->id, id))
        return user;
    }
  return NULL;
}

/* Those of @ids that are there, in any order, and perhaps the caller. One who is asked for alone is
 * found much faster than a list: most meetings are between two, one of whom makes them.
 * (element-type RoundsUser) */
static GPtrArray *
find_people (RoundsRequest *request, const char *const *ids, GError **error)
{
  RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref);
  g_autoptr (RoundsUser) user = NULL;
  const char *other = NULL;

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      if (g_str_equal (ids[i], caller->id))
        continue;
      if (other != NULL && !g_str_equal (ids[i], other))
        return rounds_user_repository_find_many (rounds_request_get_db (request), ids, error);
      other = ids[i];
    }
  g_ptr_array_add (people, rounds_user_ref (caller));
  if (other != NULL && !rounds_request_find_user (request, other, &user, error))
    return NULL;
  if (user != NULL)
    g_ptr_array_add (people, g_steal_pointer (&user));
  return g_steal_pointer (&people);
}

/* Everybody named, each once, in the order of the request. (element-type RoundsUser) */
static RoundsResponse *
find_participants (RoundsRequest *request, const char *const *ids, GPtrArray **participants)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  people = find_people (request, ids, &error);
  if (people == NULL)
    return rounds_response_from_error (error);

  *participants = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref);
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      RoundsUser *user = find_in (people, ids[i]);

      if (user == NULL)
        rounds_problems_add (problems, "participants", "Nobody has the id %s", ids[i]);
      else if (find_in (*participants, user->id) == NULL)
        g_ptr_array_add (*participants, rounds_user_ref (user));
    }
  return rounds_response_any_problems (422, problems);
}

/* The roles of all but the caller. @people (out) has the same positions. */
static GArray *
collect_roles (const RoundsUser *caller, GPtrArray *participants, GPtrArray *people)
{
  GArray *roles = g_array_new (FALSE, FALSE, sizeof (RoundsRole));

  for (guint i = 0; i < participants->len; i++)
    {
      RoundsUser *user = g_ptr_array_index (participants, i);

      if (g_str_equal (user->id, caller->id))
        continue;
      g_array_append_val (roles, user->role);
      g_ptr_array_add (people, user);
    }
  return roles;
}

static RoundsResponse *
refuse_people (RoundsPeopleVerdict verdict, RoundsRoleContext context, const RoundsUser *culprit)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const char *words = rounds_role_context_to_string (context);

  switch (verdict)
    {
    case ROUNDS_PEOPLE_OK:
      return NULL;
    case ROUNDS_PEOPLE_NOT_ALLOWED:
      return rounds_response_forbidden ("You may not create a meeting of this kind");
    case ROUNDS_PEOPLE_NOBODY:
      rounds_problems_add (problems, "participants", "Name somebody else than yourself");
      break;
    case ROUNDS_PEOPLE_NO_CONTEXT:
      rounds_problems_add (problems, "participants",
                           "There is no kind of meeting between people of these roles");
      break;
    case ROUNDS_PEOPLE_WRONG_ROLE:
      rounds_problems_add (problems, "participants", "%s is a %s and has no part in a %s meeting",
                           culprit != NULL ? culprit->id : "Somebody",
                           culprit != NULL ? rounds_role_to_string (culprit->role) : "stranger",
                           words);
      break;
    case ROUNDS_PEOPLE_MISSING_ROLE:
      rounds_problems_add (problems, "participants", "A %s meeting needs people of both roles",
                           words);
      break;
    default:
      g_assert_not_reached ();
    }
  return rounds_response_problems (422, problems);
}

/* Works @context out, or checks the one asked for, which is in it. */
static RoundsResponse *
check_context (const RoundsUser *caller, gboolean has_context, GPtrArray *participants,
               RoundsRoleContext *context)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autoptr (GArray) roles = collect_roles (caller, participants, people);
  const RoundsRole *first = (const RoundsRole *)(gpointer)roles->data;
  RoundsPeopleVerdict verdict;
  gsize culprit = 0;

  if (has_context)
    verdict = rounds_role_context_check (*context, caller->role, first, roles->len, &culprit);
  else
    verdict = rounds_role_context_work_out (caller->role, first, roles->len,
                                            people->len < participants->len, context);

  return refuse_people (verdict, *context,
                        verdict == ROUNDS_PEOPLE_WRONG_ROLE ? g_ptr_array_index (people, culprit)
                                                            : NULL);
}

/* api.md: the creator is one of the two roles, or staff of the hospital: of the one where somebody
 * of the meeting is. */
static RoundsResponse *
check_hospital (const RoundsUser *caller, RoundsRoleContext context, GPtrArray *participants)
{
  if (caller->role != ROUNDS_ROLE_HOSPITAL
      || rounds_role_context_has_role (context, ROUNDS_ROLE_HOSPITAL))
    return NULL;

  for (guint i = 0; i < participants->len; i++)
    {
      const RoundsUser *user = g_ptr_array_index (participants, i);

      if (g_strcmp0 (user->hospital_id, caller->hospital_id) == 0)
        return NULL;
    }
  return rounds_response_forbidden ("None of these people is at your hospital");
}

static void
set_people (RoundsMeeting *self, RoundsRoleContext context, GPtrArray *participants)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < participants->len; i++)
    g_strv_builder_add (ids, ((const RoundsUser *)g_ptr_array_index (participants, i))->id);

  g_strfreev (self->participants);
  self->participants = g_strv_builder_end (ids);
  self->role_context = context;
}

static RoundsMeeting *
build_meeting (RoundsRequest *request, const RoundsMeetingDraft *draft, RoundsRoleContext context,
               GPtrArray *participants)
{
  RoundsMeeting *self = rounds_meeting_new ();
  gint64 now = rounds_request_get_now (request);

  self->id = rounds_id_new ();
  self->created_by = g_strdup (rounds_request_get_caller (request)->id);
  set_people (self, context, participants);
  self->title = g_strdup (draft->title);
  /* What is not said is absent from the document, however it was not said. */
  if (draft->description != NULL && *draft->description != '\0')
    self->description = g_strdup (draft->description);
  self->type = draft->type;
  self->status = ROUNDS_MEETING_SCHEDULED;
  self->scheduled_at = draft->scheduled_at != ROUNDS_TIME_NONE ? draft->scheduled_at : now;
  self->expected_minutes
      = draft->expected_minutes > 0 ? draft->expected_minutes : ROUNDS_MEETING_DEFAULT_MINUTES;
  self->room_name = rounds_jitsi_room_name_new ("meeting", self->id);
  self->version = 1;
  self->created_at = now;
  self->updated_at = now;
  return self;
}

RoundsMeeting *
rounds_meeting_booking_make (RoundsRequest *request, RoundsResponse **refusal)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsMeetingDraft) draft = NULL;
  g_autoptr (GPtrArray) participants = NULL;
  RoundsRoleContext context;

  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  *refusal = read_draft (request, &draft);
  context = draft->role_context;
  if (*refusal == NULL)
    *refusal = find_participants (request, (const char *const *)draft->participants, &participants);
  if (*refusal == NULL)
    *refusal = check_context (caller, draft->has_role_context, participants, &context);
  if (*refusal == NULL)
    *refusal = check_hospital (caller, context, participants);
  if (*refusal != NULL)
    return NULL;

  return build_meeting (request, draft, context, participants);
}

RoundsResponse *
rounds_meeting_booking_choose_people (RoundsRequest *request, const RoundsUser *creator,
                                      const RoundsMeetingDraft *draft, RoundsMeeting *meeting)
{
  RoundsRoleContext context;
  g_autoptr (GPtrArray) participants = NULL;
  RoundsResponse *refusal = NULL;

  g_return_val_if_fail (request != NULL && creator != NULL, NULL);
  g_return_val_if_fail (draft != NULL && meeting != NULL, NULL);

  context = draft->has_role_context ? draft->role_context : meeting->role_context;
  refusal = find_participants (request,
                               (const char *const *)(draft->participants[0] != NULL
                                                         ? draft->participants
                                                         : meeting->participants),
                               &participants);
  if (refusal == NULL)
    refusal = check_context (creator, TRUE, participants, &context);
  if (refusal == NULL)
    refusal = check_hospital (creator, context, participants);
  if (refusal == NULL)
    set_people (meeting, context, participants);
  return refusal;
}
