/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A custom meeting between people of two roles, as the guide's Meeting model describes it.
 * It does no I/O and mints no link; a draft (rounds-meeting-draft.h) is what a form or request
 * holds.
 */

#pragma once

#include <glib-object.h>

#include "rounds-clock.h"
#include "rounds-role.h"
#include "rounds-status.h"
#include "rounds-time-range.h"

G_BEGIN_DECLS

#define ROUNDS_MEETING_DEFAULT_MINUTES 30

typedef enum
{
  ROUNDS_MEETING_VIDEO,
  ROUNDS_MEETING_AUDIO,
  ROUNDS_MEETING_CHAT,
} RoundsMeetingType;

const char *rounds_meeting_type_to_string (RoundsMeetingType type);
gboolean rounds_meeting_type_from_string (const char *text, RoundsMeetingType *out);

/* Boxed, atomic reference count; read-only once shared. */
typedef struct
{
  char *id;
  char *created_by;
  char **participants; /* user ids, NULL-terminated, never NULL, no doubles */
  RoundsRoleContext role_context;
  char *title;
  char *description; /* or NULL */
  RoundsMeetingType type;
  RoundsMeetingStatus status;
  gint64 scheduled_at; /* µs UTC */
  int expected_minutes; /* ★ expectedDuration; planned length, default 30 */
  gint64 started_at; /* µs UTC or ROUNDS_TIME_NONE */
  gint64 ended_at; /* µs UTC or ROUNDS_TIME_NONE */
  int duration; /* whole minutes from started to ended, −1 until completed */
  char *notes; /* or NULL */
  char *room_name;
  char *jitsi_link; /* Security: personal, short-lived; in memory only, never stored or logged */
  gint64 version; /* 0 from a plain guide server */
  gint64 created_at;
  gint64 updated_at;
} RoundsMeeting;

#define ROUNDS_TYPE_MEETING (rounds_meeting_get_type ())
GType rounds_meeting_get_type (void) G_GNUC_CONST;

RoundsMeeting *rounds_meeting_new (void);
RoundsMeeting *rounds_meeting_copy (const RoundsMeeting *self);
RoundsMeeting *rounds_meeting_ref (RoundsMeeting *self);
void rounds_meeting_unref (RoundsMeeting *self);
gboolean rounds_meeting_equal (const RoundsMeeting *a, const RoundsMeeting *b);
gboolean rounds_meeting_has_participant (const RoundsMeeting *self, const char *user_id);
/* scheduled_at to scheduled_at + expected_minutes. */
RoundsTimeRange rounds_meeting_get_range (const RoundsMeeting *self);

/* A copy of @self in state @to at moment @now with the guide's rules applied: started_at at active,
 * ended_at and duration at completed. The step has to exist. @notes take the place of those before;
 * NULL leaves them, an empty text takes them away. */
RoundsMeeting *rounds_meeting_with_status (const RoundsMeeting *self, RoundsMeetingStatus to,
                                           const char *notes, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsMeeting, rounds_meeting_unref)

G_END_DECLS
