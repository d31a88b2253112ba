/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a new meeting is asked to be: the guide's request body, checked but not yet made.
 * Whether these people make a meeting is in rounds-role.h.
 */

#pragma once

#include "rounds-meeting.h"
#include "rounds-problems.h"

G_BEGIN_DECLS

#define ROUNDS_MAX_TITLE 200
#define ROUNDS_MAX_DESCRIPTION 5000
#define ROUNDS_MAX_PARTICIPANTS 100

/* Not ref-counted: one owner. */
typedef struct
{
  char **participants; /* user ids, NULL-terminated, never NULL */
  gboolean has_role_context;
  RoundsRoleContext role_context;
  char *title;
  char *description; /* or NULL */
  gint64 scheduled_at; /* ROUNDS_TIME_NONE = now (the guide's curl example names no time) */
  RoundsMeetingType type;
  int expected_minutes; /* 0 = the default */
} RoundsMeetingDraft;

RoundsMeetingDraft *rounds_meeting_draft_new (void);
void rounds_meeting_draft_free (RoundsMeetingDraft *self);
void rounds_meeting_draft_check (const RoundsMeetingDraft *self, RoundsProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsMeetingDraft, rounds_meeting_draft_free)

G_END_DECLS
