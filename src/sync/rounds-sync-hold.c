/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Cancellations that can still be undone: what the person sees over what the server has.
 * Showing them is done with the store; sending them is the loop's work.
 */

#include "config.h"

#include "rounds-sync-hold.h"

static void
set_notes (char **notes, const char *reason)
{
  if (reason != NULL && *reason != '\0')
    g_set_str (notes, reason);
}

static RoundsEntry *
make_cancelled (RoundsEntry *entry, const char *reason)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT)
    {
      g_autoptr (RoundsAppointment) copy
          = rounds_appointment_copy (rounds_entry_get_appointment (entry));

      copy->status = ROUNDS_APPOINTMENT_CANCELLED;
      set_notes (&copy->notes, reason);
      return rounds_entry_new_for_appointment (copy);
    }
  else
    {
      g_autoptr (RoundsMeeting) copy = rounds_meeting_copy (rounds_entry_get_meeting (entry));

      copy->status = ROUNDS_MEETING_CANCELLED;
      set_notes (&copy->notes, reason);
      return rounds_entry_new_for_meeting (copy);
    }
}

static const char *
get_id (RoundsEntryKind kind, gpointer record)
{
  if (kind == ROUNDS_ENTRY_APPOINTMENT)
    return ((RoundsAppointment *)record)->id;
  return ((RoundsMeeting *)record)->id;
}

/* Replaces one record of a listing by the held one. A record that is what we show came out of the
 * cache, because the server's could not be read: it says nothing new. */
static void
cover (RoundsHold *self, RoundsEntryKind kind, gpointer *record)
{
  g_autoptr (RoundsEntry) original = NULL;

  if (kind == ROUNDS_ENTRY_APPOINTMENT)
    {
      if (!rounds_appointment_equal (*record, rounds_entry_get_appointment (self->shown)))
        original = rounds_entry_new_for_appointment (*record);
      if (original != NULL)
        rounds_hold_update (self, original);
      rounds_appointment_unref (*record);
      *record = rounds_appointment_ref (rounds_entry_get_appointment (self->shown));
    }
  else
    {
      if (!rounds_meeting_equal (*record, rounds_entry_get_meeting (self->shown)))
        original = rounds_entry_new_for_meeting (*record);
      if (original != NULL)
        rounds_hold_update (self, original);
      rounds_meeting_unref (*record);
      *record = rounds_meeting_ref (rounds_entry_get_meeting (self->shown));
    }
  self->is_gone = FALSE;
}

RoundsHold *
rounds_hold_new (RoundsEntry *entry, const char *reason)
{
  RoundsHold *self = g_new0 (RoundsHold, 1);

  self->original = g_object_ref (entry);
  self->shown = make_cancelled (entry, reason);
  self->reason = g_strdup (reason);
  return self;
}

void
rounds_hold_free (RoundsHold *self)
{
  g_clear_object (&self->original);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->reason, g_free);
  g_free (self);
}

gboolean
rounds_hold_is_about (RoundsHold *self, RoundsEntryKind kind, const char *id)
{
  return rounds_entry_get_kind (self->original) == kind
         && g_strcmp0 (rounds_entry_get_id (self->original), id) == 0;
}

void
rounds_hold_update (RoundsHold *self, RoundsEntry *original)
{
  g_autoptr (RoundsEntry) shown = make_cancelled (original, self->reason);

  g_set_object (&self->original, original);
  g_set_object (&self->shown, shown);
  self->is_gone = FALSE;
}

void
rounds_hold_apply (GPtrArray *holds, RoundsEntryKind kind, GPtrArray *records)
{
  for (guint i = 0; i < holds->len; i++)
    {
      RoundsHold *hold = g_ptr_array_index (holds, i);

      if (rounds_entry_get_kind (hold->original) != kind)
        continue;

      hold->is_gone = TRUE;
      for (guint j = 0; j < records->len; j++)
        if (rounds_hold_is_about (hold, kind, get_id (kind, g_ptr_array_index (records, j))))
          cover (hold, kind, &g_ptr_array_index (records, j));
    }
}
