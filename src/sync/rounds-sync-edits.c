/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Edits from the widget to the server and its answer into the cache, and holds with their undo.
 * The queue lives as long as the program; an edit that the server did not take is given back.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-future.h"

static DexFuture *
save_entry (RoundsStore *store, RoundsEntry *entry)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_store_save_appointment (store, rounds_entry_get_appointment (entry));
  return rounds_store_save_meeting (store, rounds_entry_get_meeting (entry));
}

static RoundsHold *
find_hold (RoundsSync *self, RoundsEntryKind kind, const char *id)
{
  for (guint i = 0; i < self->holds->len; i++)
    if (rounds_hold_is_about (g_ptr_array_index (self->holds, i), kind, id))
      return g_ptr_array_index (self->holds, i);
  return NULL;
}

static void
drop_hold (RoundsSync *self, RoundsHold *hold)
{
  g_ptr_array_remove (self->holds, hold);
  rounds_sync_notify_unsent (self);
}

/* Puts the server's record into the cache, below what is held. */
static DexFuture *
save_answer (RoundsSync *self, RoundsEntry *entry)
{
  RoundsHold *hold = find_hold (self, rounds_entry_get_kind (entry), rounds_entry_get_id (entry));

  if (hold == NULL)
    return save_entry (self->store, entry);

  rounds_hold_update (hold, entry);
  return save_entry (self->store, hold->shown);
}

/* The cache refused a change of what is shown. */
static void
show_store_failure (const GError *error, gpointer owner)
{
  RoundsSync *self = owner;

  rounds_sync_note_failure (self, error);
  rounds_sync_wake (self);
}

static gboolean
is_cancelled_already (RoundsSyncEdit *edit)
{
  return edit->hold != NULL && rounds_entry_is_cancelled (edit->hold->original);
}

/* Awaits the server's answer and its way into the cache. */
static RoundsEntry *
await_sent (RoundsSync *self, RoundsSyncEdit *edit, GError **error)
{
  g_autoptr (DexFuture) sent = NULL;
  g_autoptr (DexFuture) saved = NULL;
  g_autoptr (RoundsEntry) entry = NULL;

  if (is_cancelled_already (edit))
    entry = g_object_ref (edit->hold->original);
  else
    {
      sent = rounds_sync_edit_send (edit, self->api);
      if (!dex_await (dex_ref (sent), error))
        return NULL;
      entry = rounds_sync_edit_read_answer (edit, sent);
    }

  /* The hold goes in the same moment as the answer is queued: no listing comes between. */
  if (edit->hold != NULL)
    drop_hold (self, g_steal_pointer (&edit->hold));
  saved = save_answer (self, entry);
  if (!dex_await (g_steal_pointer (&saved), error))
    return NULL;
  return g_steal_pointer (&entry);
}

/* Awaits. A cancellation that did not get through is shown as it never happened. */
static void
await_given_back (RoundsSync *self, RoundsSyncEdit *edit)
{
  g_autoptr (RoundsEntry) original = NULL;
  g_autoptr (GError) error = NULL;

  if (edit->hold == NULL)
    return;

  if (!edit->hold->is_gone)
    original = g_object_ref (edit->hold->original);
  drop_hold (self, g_steal_pointer (&edit->hold));

  if (original != NULL && !dex_await (save_entry (self->store, original), &error))
    rounds_sync_note_failure (self, error);
}

/* A rule of the domain is the person's matter: what was entered was wrong, or the cache is behind.
 * Everything else would meet a fetch just the same. */
static void
judge_failure (RoundsSync *self, const GError *error)
{
  if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_CONFLICT)
      || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_NOT_FOUND)
      || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_FORBIDDEN))
    self->fetch_is_due = TRUE;
  else if (!g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID))
    rounds_sync_note_failure (self, error);
}

static void
resolve_edit (RoundsSyncEdit *edit, RoundsEntry *entry)
{
  if (edit->kind == ROUNDS_ENTRY_APPOINTMENT)
    dex_promise_resolve_boxed (edit->promise, ROUNDS_TYPE_APPOINTMENT,
                               rounds_appointment_ref (rounds_entry_get_appointment (entry)));
  else
    dex_promise_resolve_boxed (edit->promise, ROUNDS_TYPE_MEETING,
                               rounds_meeting_ref (rounds_entry_get_meeting (entry)));
}

/* Once the server cannot be reached at the end, the rest would only keep the person waiting. */
static gboolean
is_hopeless (RoundsSync *self)
{
  return self->is_stopping
         && g_error_matches (self->unsent, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE);
}

void
rounds_sync_carry_edit (RoundsSync *self)
{
  RoundsSyncEdit *edit = g_queue_peek_head (&self->edits);
  g_autoptr (RoundsEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  /* Whether the server answers now will show: if it did not before, the cache has to catch up. */
  if (self->settled_state == ROUNDS_SYNC_OFFLINE)
    self->fetch_is_due = TRUE;

  if (is_hopeless (self))
    error = g_error_copy (self->unsent);
  else
    entry = await_sent (self, edit, &error);

  if (entry == NULL)
    {
      await_given_back (self, edit);
      judge_failure (self, error);
      if (self->is_stopping && self->unsent == NULL)
        self->unsent = g_error_copy (error);
    }

  g_queue_pop_head (&self->edits);
  rounds_sync_notify_unsent (self);
  if (entry != NULL)
    resolve_edit (edit, entry);
  else
    dex_promise_reject (edit->promise, g_steal_pointer (&error));
  rounds_sync_edit_free (edit);
}

/* Queues @edit (taken) and tells the fiber. */
static DexFuture *
queue_edit (RoundsSync *self, RoundsSyncEdit *edit)
{
  DexFuture *future = dex_ref (DEX_FUTURE (edit->promise));

  if (self->is_stopping)
    {
      rounds_sync_edit_free (edit);
      return future;
    }

  g_queue_push_tail (&self->edits, edit);
  rounds_sync_notify_unsent (self);
  rounds_sync_set_state (self, ROUNDS_SYNC_BUSY, NULL);
  rounds_sync_wake (self);
  return future;
}

static DexFuture *
queue_commit (RoundsSync *self, RoundsHold *hold)
{
  RoundsEntryKind kind = rounds_entry_get_kind (hold->original);
  int status = kind == ROUNDS_ENTRY_APPOINTMENT ? (int)ROUNDS_APPOINTMENT_CANCELLED
                                                : (int)ROUNDS_MEETING_CANCELLED;
  RoundsSyncEdit *edit;

  edit = rounds_sync_edit_new_change (kind, rounds_entry_get_id (hold->original), status,
                                      hold->reason);
  edit->hold = hold;
  hold->is_committed = TRUE;
  return queue_edit (self, edit);
}

void
rounds_sync_commit_all (RoundsSync *self)
{
  for (guint i = 0; i < self->holds->len; i++)
    {
      RoundsHold *hold = g_ptr_array_index (self->holds, i);

      /* Nobody awaits these; how they went is told by the future of rounds_sync_stop(). */
      if (!hold->is_committed)
        dex_future_disown (queue_commit (self, hold));
    }
}

DexFuture *
rounds_sync_create_appointment (RoundsSync *self, const RoundsAppointmentDraft *draft)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (draft != NULL);

  return queue_edit (self, rounds_sync_edit_new_creation (draft, NULL));
}

DexFuture *
rounds_sync_create_meeting (RoundsSync *self, const RoundsMeetingDraft *draft)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (draft != NULL);

  return queue_edit (self, rounds_sync_edit_new_creation (NULL, draft));
}

DexFuture *
rounds_sync_change_appointment (RoundsSync *self, const char *id, RoundsAppointmentStatus status,
                                const char *notes)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (id != NULL);

  return queue_edit (self,
                     rounds_sync_edit_new_change (ROUNDS_ENTRY_APPOINTMENT, id, status, notes));
}

DexFuture *
rounds_sync_change_meeting (RoundsSync *self, const char *id, RoundsMeetingStatus status,
                            const char *notes)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (id != NULL);

  return queue_edit (self, rounds_sync_edit_new_change (ROUNDS_ENTRY_MEETING, id, status, notes));
}

RoundsHold *
rounds_sync_hold_cancellation (RoundsSync *self, RoundsEntry *entry, const char *reason)
{
  RoundsHold *hold;

  g_return_val_if_fail (ROUNDS_IS_SYNC (self), NULL);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);
  g_return_val_if_fail (!self->is_stopping, NULL);

  hold = find_hold (self, rounds_entry_get_kind (entry), rounds_entry_get_id (entry));
  if (hold != NULL)
    return hold;

  hold = rounds_hold_new (entry, reason);
  g_ptr_array_add (self->holds, hold);
  rounds_sync_notify_unsent (self);
  rounds_future_watch (save_entry (self->store, hold->shown), G_OBJECT (self), show_store_failure);
  return hold;
}

void
rounds_sync_undo (RoundsSync *self, RoundsHold *hold)
{
  g_return_if_fail (ROUNDS_IS_SYNC (self));

  /* A toast may be clicked in the moment in which its time runs out. */
  if (!g_ptr_array_find (self->holds, hold, NULL) || hold->is_committed)
    return;

  if (!hold->is_gone)
    rounds_future_watch (save_entry (self->store, hold->original), G_OBJECT (self),
                         show_store_failure);
  drop_hold (self, hold);
}

DexFuture *
rounds_sync_commit (RoundsSync *self, RoundsHold *hold)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));

  if (!g_ptr_array_find (self->holds, hold, NULL) || hold->is_committed)
    return dex_future_new_reject (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_NOT_HELD, "%s",
                                  _ ("This cancellation was undone or is already on its way."));

  return queue_commit (self, hold);
}
