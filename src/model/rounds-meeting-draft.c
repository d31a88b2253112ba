/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The checks of a new meeting, field by field.
 * Whether its people exist and make a meeting is asked elsewhere.
 */

#include "rounds-meeting-draft.h"

#include "rounds-draft-private.h"
#include "rounds-id.h"

#define LEAST_MINUTES 5
#define MOST_MINUTES (24 * 60)
/* 2000-01-01 and 2101-01-01, both UTC. */
#define FIRST_MOMENT (G_GINT64_CONSTANT (946684800) * ROUNDS_SECOND)
#define AFTER_LAST_MOMENT (G_GINT64_CONSTANT (4133980800) * ROUNDS_SECOND)

RoundsMeetingDraft *
rounds_meeting_draft_new (void)
{
  RoundsMeetingDraft *self = g_new0 (RoundsMeetingDraft, 1);

  self->participants = g_new0 (char *, 1);
  self->scheduled_at = ROUNDS_TIME_NONE;
  self->type = ROUNDS_MEETING_VIDEO;
  return self;
}

void
rounds_meeting_draft_free (RoundsMeetingDraft *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->participants);
  g_free (self->title);
  g_free (self->description);
  g_free (self);
}

/* Somebody named twice counts once. */
static void
check_participants (const RoundsMeetingDraft *self, RoundsProblems *problems)
{
  g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; self->participants != NULL && self->participants[i] != NULL; i++)
    {
      if (!rounds_id_is_valid (self->participants[i]))
        {
          rounds_problems_add (problems, "participants", "Number %u of the list is not an id",
                               i + 1);
          return;
        }
      g_hash_table_add (distinct, self->participants[i]);
    }

  if (g_hash_table_size (distinct) == 0)
    rounds_problems_add (problems, "participants", "Has to name at least one person");
  if (g_hash_table_size (distinct) > ROUNDS_MAX_PARTICIPANTS)
    rounds_problems_add (problems, "participants", "Has to name at most %d people",
                         ROUNDS_MAX_PARTICIPANTS);
}

static gboolean
is_possible_time (gint64 moment)
{
  return moment == ROUNDS_TIME_NONE || (moment >= FIRST_MOMENT && moment < AFTER_LAST_MOMENT);
}

void
rounds_meeting_draft_check (const RoundsMeetingDraft *self, RoundsProblems *problems)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (problems != NULL);

  check_participants (self, problems);
  if (self->has_role_context && (guint)self->role_context >= ROUNDS_N_ROLE_CONTEXTS)
    rounds_problems_add (problems, "roleContext", "Has to be a pair such as patient-doctor");
  rounds_draft_check_line (self->title, "title", TRUE, ROUNDS_MAX_TITLE, problems);
  rounds_draft_check_lines (self->description, "description", ROUNDS_MAX_DESCRIPTION, problems);
  if (!is_possible_time (self->scheduled_at))
    rounds_problems_add (problems, "scheduledAt", "Has to be in the years %d to %d",
                         ROUNDS_DRAFT_FIRST_YEAR, ROUNDS_DRAFT_LAST_YEAR);
  if (self->type != ROUNDS_MEETING_VIDEO && self->type != ROUNDS_MEETING_AUDIO
      && self->type != ROUNDS_MEETING_CHAT)
    rounds_problems_add (problems, "meetingType", "Has to be video, audio or chat");
  if (self->expected_minutes != 0
      && (self->expected_minutes < LEAST_MINUTES || self->expected_minutes > MOST_MINUTES))
    rounds_problems_add (problems, "expectedDuration", "Has to be from %d to %d minutes",
                         LEAST_MINUTES, MOST_MINUTES);
}
