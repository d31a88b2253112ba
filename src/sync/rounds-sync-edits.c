/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the app does with edits: making them, and cancelling with undo.
 * From here they go into the queue (rounds-sync-queue.c).
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-future.h"
#include "rounds-sync-local.h"

static DexFuture *
queue_creation (RoundsSync *self, RoundsSyncEdit *edit, const RoundsStoreDraft *typed)
{
  g_autoptr (RoundsEntry) local = rounds_sync_local_entry_new (edit, self->user, self->store);
  DexFuture *future = rounds_sync_edit_await (edit);

  rounds_sync_queue_edit (self, edit, local, typed);
  return future;
}

static DexFuture *
queue_change (RoundsSync *self, RoundsEntryKind kind, const char *id, int status, const char *notes,
              const RoundsStoreDraft *typed)
{
  RoundsSyncEdit *edit = rounds_sync_edit_new_change (
      kind, rounds_sync_resolve_id (self, id), status, notes, rounds_clock_now (self->clock));
  DexFuture *future = rounds_sync_edit_await (edit);

  rounds_sync_queue_edit (self, edit, NULL, typed);
  return future;
}

/* Forms check what people type; a draft that got past them would not even make a record to show. */
static DexFuture *
reject_incomplete (const RoundsProblems *problems)
{
  const RoundsProblem *problem = rounds_problems_get (problems, 0);

  return dex_future_new_reject (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_INCOMPLETE, "%s: %s",
                                problem->field, problem->message);
}

DexFuture *
rounds_sync_create_appointment (RoundsSync *self, const RoundsAppointmentDraft *draft,
                                const RoundsStoreDraft *typed)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (draft != NULL);

  rounds_appointment_draft_check (draft, NULL, NULL, problems);
  if (rounds_problems_get_length (problems) > 0)
    return reject_incomplete (problems);
  return queue_creation (
      self, rounds_sync_edit_new_creation (draft, NULL, rounds_clock_now (self->clock)), typed);
}

DexFuture *
rounds_sync_create_meeting (RoundsSync *self, const RoundsMeetingDraft *draft,
                            const RoundsStoreDraft *typed)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (draft != NULL);

  rounds_meeting_draft_check (draft, problems);
  if (rounds_problems_get_length (problems) > 0)
    return reject_incomplete (problems);
  return queue_creation (
      self, rounds_sync_edit_new_creation (NULL, draft, rounds_clock_now (self->clock)), typed);
}

DexFuture *
rounds_sync_change_appointment (RoundsSync *self, const char *id, RoundsAppointmentStatus status,
                                const char *notes, const RoundsStoreDraft *typed)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (id != NULL);

  return queue_change (self, ROUNDS_ENTRY_APPOINTMENT, id, status, notes, typed);
}

DexFuture *
rounds_sync_change_meeting (RoundsSync *self, const char *id, RoundsMeetingStatus status,
                            const char *notes, const RoundsStoreDraft *typed)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (id != NULL);

  return queue_change (self, ROUNDS_ENTRY_MEETING, id, status, notes, typed);
}

static RoundsHold *
find_hold (RoundsSync *self, RoundsEntryKind kind, const char *id)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      RoundsHold *hold = g_ptr_array_index (self->edits, i);

      if (hold->item->state == ROUNDS_OUTBOX_HELD && rounds_sync_edit_is_about (hold, kind, id))
        return hold;
    }
  return NULL;
}

/* A toast may be clicked in the moment in which its time runs out. */
static gboolean
is_held (RoundsSync *self, RoundsHold *hold)
{
  return g_ptr_array_find (self->edits, hold, NULL) && hold->item->state == ROUNDS_OUTBOX_HELD;
}

static RoundsSyncEdit *
make_cancellation (RoundsSync *self, RoundsEntry *entry, const char *reason)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  RoundsMeeting *meeting = rounds_entry_get_meeting (entry);
  gboolean has_words = reason != NULL && *reason != '\0';
  RoundsSyncEdit *edit = rounds_sync_edit_new_change (
      rounds_entry_get_kind (entry), rounds_sync_resolve_id (self, rounds_entry_get_id (entry)),
      appointment != NULL ? (int)ROUNDS_APPOINTMENT_CANCELLED : (int)ROUNDS_MEETING_CANCELLED,
      has_words ? reason : NULL, rounds_clock_now (self->clock));

  edit->item->state = ROUNDS_OUTBOX_HELD;
  edit->item->has_base = TRUE;
  edit->item->base_status = appointment != NULL ? (int)appointment->status : (int)meeting->status;
  edit->item->base_notes = g_strdup (appointment != NULL ? appointment->notes : meeting->notes);
  return edit;
}

RoundsHold *
rounds_sync_hold_cancellation (RoundsSync *self, RoundsEntry *entry, const char *reason)
{
  RoundsHold *hold;

  g_return_val_if_fail (ROUNDS_IS_SYNC (self), NULL);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);
  g_return_val_if_fail (!self->is_stopping, NULL);

  hold = find_hold (self, rounds_entry_get_kind (entry),
                    rounds_sync_resolve_id (self, rounds_entry_get_id (entry)));
  if (hold != NULL)
    return hold;

  hold = make_cancellation (self, entry, reason);
  rounds_sync_queue_edit (self, hold, NULL, NULL);
  rounds_future_watch (dex_ref (hold->stored), G_OBJECT (self), rounds_sync_show_failure);
  return hold;
}

void
rounds_sync_undo (RoundsSync *self, RoundsHold *hold)
{
  g_return_if_fail (ROUNDS_IS_SYNC (self));

  if (!is_held (self, hold))
    return;

  rounds_future_watch (rounds_store_drop_edit (self->store, hold->item, NULL), G_OBJECT (self),
                       rounds_sync_show_failure);
  rounds_sync_forget_edit (self, hold, NULL);
}

DexFuture *
rounds_sync_commit (RoundsSync *self, RoundsHold *hold)
{
  DexFuture *future;

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));

  if (!is_held (self, hold))
    return dex_future_new_reject (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_NOT_HELD, "%s",
                                  _ ("This cancellation was undone or is already on its way."));

  future = rounds_sync_edit_await (hold);
  rounds_sync_release_edit (self, hold);
  return future;
}
