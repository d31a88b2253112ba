/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A meeting's record, and what a change of its state does to it.
 * What a valid new one is, is in rounds-meeting-draft.c.
 */

#include "rounds-meeting.h"

#include "rounds-wipe.h"
#include "rounds-words-private.h"

#define N_TYPES 3

static const char *const type_words[N_TYPES] = {
  [ROUNDS_MEETING_VIDEO] = "video",
  [ROUNDS_MEETING_AUDIO] = "audio",
  [ROUNDS_MEETING_CHAT] = "chat",
};

G_DEFINE_BOXED_TYPE (RoundsMeeting, rounds_meeting, rounds_meeting_ref, rounds_meeting_unref)

const char *
rounds_meeting_type_to_string (RoundsMeetingType type)
{
  g_return_val_if_fail ((guint)type < N_TYPES, NULL);

  return type_words[type];
}

gboolean
rounds_meeting_type_from_string (const char *text, RoundsMeetingType *out)
{
  int position = rounds_words_find (type_words, N_TYPES, text);

  g_return_val_if_fail (out != NULL, FALSE);

  if (position < 0)
    return FALSE;

  *out = position;
  return TRUE;
}

static void
clear_meeting (gpointer data)
{
  RoundsMeeting *self = data;

  g_free (self->id);
  g_free (self->created_by);
  g_strfreev (self->participants);
  g_free (self->title);
  g_free (self->description);
  g_free (self->notes);
  g_free (self->room_name);
  rounds_wipe_free (self->jitsi_link);
}

RoundsMeeting *
rounds_meeting_new (void)
{
  RoundsMeeting *self = g_atomic_rc_box_new0 (RoundsMeeting);

  self->participants = g_new0 (char *, 1);
  self->scheduled_at = ROUNDS_TIME_NONE;
  self->expected_minutes = ROUNDS_MEETING_DEFAULT_MINUTES;
  self->started_at = ROUNDS_TIME_NONE;
  self->ended_at = ROUNDS_TIME_NONE;
  self->duration = -1;
  self->created_at = ROUNDS_TIME_NONE;
  self->updated_at = ROUNDS_TIME_NONE;
  return self;
}

RoundsMeeting *
rounds_meeting_copy (const RoundsMeeting *self)
{
  RoundsMeeting *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_atomic_rc_box_new0 (RoundsMeeting);
  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->created_by = g_strdup (self->created_by);
  copy->participants = g_strdupv (self->participants);
  copy->title = g_strdup (self->title);
  copy->description = g_strdup (self->description);
  copy->notes = g_strdup (self->notes);
  copy->room_name = g_strdup (self->room_name);
  copy->jitsi_link = g_strdup (self->jitsi_link);
  return copy;
}

RoundsMeeting *
rounds_meeting_ref (RoundsMeeting *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_meeting_unref (RoundsMeeting *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_meeting);
}

gboolean
rounds_meeting_equal (const RoundsMeeting *a, const RoundsMeeting *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b
         || (a->role_context == b->role_context && a->type == b->type && a->status == b->status
             && a->scheduled_at == b->scheduled_at && a->expected_minutes == b->expected_minutes
             && a->started_at == b->started_at && a->ended_at == b->ended_at
             && a->duration == b->duration && a->version == b->version
             && a->created_at == b->created_at && a->updated_at == b->updated_at
             && g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->created_by, b->created_by) == 0
             && g_strv_equal ((const char *const *)a->participants,
                              (const char *const *)b->participants)
             && g_strcmp0 (a->title, b->title) == 0
             && g_strcmp0 (a->description, b->description) == 0
             && g_strcmp0 (a->notes, b->notes) == 0 && g_strcmp0 (a->room_name, b->room_name) == 0);
}

gboolean
rounds_meeting_has_participant (const RoundsMeeting *self, const char *user_id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return user_id != NULL && g_strv_contains ((const char *const *)self->participants, user_id);
}

RoundsTimeRange
rounds_meeting_get_range (const RoundsMeeting *self)
{
  RoundsTimeRange nowhere = { 0, 0 };

  g_return_val_if_fail (self != NULL, nowhere);

  if (self->scheduled_at == ROUNDS_TIME_NONE)
    return nowhere;
  return rounds_time_range_new (
      self->scheduled_at, self->scheduled_at + MAX (self->expected_minutes, 0) * ROUNDS_MINUTE);
}

RoundsMeeting *
rounds_meeting_with_status (const RoundsMeeting *self, RoundsMeetingStatus to, const char *notes,
                            gint64 now)
{
  RoundsMeeting *changed = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (rounds_meeting_status_leads_to (self->status, to), NULL);

  changed = rounds_meeting_copy (self);
  changed->status = to;
  changed->updated_at = now;
  if (notes != NULL)
    g_set_str (&changed->notes, *notes != '\0' ? notes : NULL);

  if (to == ROUNDS_MEETING_ACTIVE)
    changed->started_at = now;
  if (to == ROUNDS_MEETING_COMPLETED)
    {
      /* A clock that was set back, or a start that was never recorded, makes no negative time. */
      gint64 start = self->started_at != ROUNDS_TIME_NONE ? self->started_at : now;

      changed->ended_at = MAX (now, start);
      changed->duration = (int)((changed->ended_at - start) / ROUNDS_MINUTE);
    }
  return changed;
}
