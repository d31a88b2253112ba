/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The record of one call: its status is taken forward, its notes go with the last step.
 * Which steps there are is in rounds-visit-rules.c.
 */

#include "config.h"

#include "rounds-visit-record.h"

#include "rounds-future.h"
#include "rounds-visit-rules.h"

struct _RoundsVisitRecord
{
  GObject parent_instance;

  RoundsSync *sync;
  RoundsEntry *entry;
  RoundsNotes *notes; /* NULL for somebody who writes none */
  gboolean is_following; /* a fiber takes the record forward */
};

G_DEFINE_FINAL_TYPE (RoundsVisitRecord, rounds_visit_record, G_TYPE_OBJECT)

/* What a fiber that takes the record forward works on. */
typedef struct
{
  RoundsVisitRecord *record;
  RoundsCallPage *page; /* to follow; or NULL */
  int to; /* else: where to */
  char *notes; /* go with the last step; or NULL */
} Move;

static void
free_move (gpointer data)
{
  Move *move = data;

  g_object_unref (move->record);
  g_clear_object (&move->page);
  g_free (move->notes);
  g_free (move);
}

/* Sends one step and takes up the record as it came back. */
static gboolean
send_step_fiber (RoundsVisitRecord *self, int to, const char *notes, const RoundsStoreDraft *typed,
                 GError **error)
{
  const char *id = rounds_entry_get_id (self->entry);
  g_autoptr (RoundsEntry) changed = NULL;

  if (rounds_entry_get_kind (self->entry) == ROUNDS_ENTRY_APPOINTMENT)
    {
      g_autoptr (RoundsAppointment) appointment = dex_await_boxed (
          rounds_sync_change_appointment (self->sync, id, to, notes, typed), error);

      if (appointment != NULL)
        changed = rounds_entry_new_for_appointment (appointment);
    }
  else
    {
      g_autoptr (RoundsMeeting) meeting
          = dex_await_boxed (rounds_sync_change_meeting (self->sync, id, to, notes, typed), error);

      if (meeting != NULL)
        changed = rounds_entry_new_for_meeting (meeting);
    }

  if (changed == NULL)
    return FALSE;
  g_set_object (&self->entry, changed);
  return TRUE;
}

/* As long as the rule asks for a step, takes it. */
static DexFuture *
follow_fiber (gpointer data)
{
  Move *move = data;
  RoundsVisitRecord *self = move->record;
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  GError *error = NULL;
  int to;

  while (error == NULL
         && rounds_visit_next_step (viewer, self->entry,
                                    rounds_call_page_get_n_participants (move->page), &to))
    send_step_fiber (self, to, NULL, NULL, &error);

  self->is_following = FALSE;
  return error != NULL ? dex_future_new_for_error (error) : dex_future_new_true ();
}

/* With the last step go the notes, and what was being written is no draft any more. */
static gboolean
send_last_step_fiber (Move *move, GError **error)
{
  RoundsVisitRecord *self = move->record;
  g_autoptr (RoundsStoreDraft) typed
      = move->notes != NULL ? rounds_notes_hand_over (self->notes) : NULL;
  GError *local_error = NULL;

  if (send_step_fiber (self, move->to, move->notes, typed, &local_error))
    return TRUE;
  if (move->notes != NULL)
    rounds_notes_take_back (self->notes, local_error);
  g_propagate_error (error, local_error);
  return FALSE;
}

static DexFuture *
move_fiber (gpointer data)
{
  Move *move = data;
  RoundsVisitRecord *self = move->record;
  g_autoptr (GError) error = NULL;

  while (rounds_visit_get_status (self->entry) != move->to)
    {
      int to = rounds_visit_leads_to (self->entry, move->to)
                   ? move->to
                   : rounds_visit_find_step_after (self->entry);

      if (to < 0)
        return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                      "The record ended in another way meanwhile");
      if (to == move->to ? !send_last_step_fiber (move, &error)
                         : !send_step_fiber (self, to, NULL, NULL, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

static void
rounds_visit_record_finalize (GObject *object)
{
  RoundsVisitRecord *self = ROUNDS_VISIT_RECORD (object);

  g_clear_object (&self->notes);
  g_clear_object (&self->entry);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_visit_record_parent_class)->finalize (object);
}

static void
rounds_visit_record_class_init (RoundsVisitRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_visit_record_finalize;
}

static void
rounds_visit_record_init (RoundsVisitRecord *self)
{
}

/**
 * rounds_visit_record_new:
 * @sync: (transfer none): sends the steps
 * @entry: (transfer none): a record with a call
 *
 * Returns: (transfer full): the record as it is before the call. Main thread.
 */
RoundsVisitRecord *
rounds_visit_record_new (RoundsSync *sync, RoundsEntry *entry)
{
  RoundsVisitRecord *self;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);

  self = g_object_new (ROUNDS_TYPE_VISIT_RECORD, NULL);
  self->sync = g_object_ref (sync);
  self->entry = g_object_ref (entry);
  if (rounds_visit_may_write (rounds_sync_get_user (sync), entry))
    self->notes = rounds_notes_new (sync, entry);
  return self;
}

/**
 * rounds_visit_record_get_entry:
 * Returns: (transfer none): the record as the last step left it.
 */
RoundsEntry *
rounds_visit_record_get_entry (RoundsVisitRecord *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT_RECORD (self), NULL);

  return self->entry;
}

/**
 * rounds_visit_record_get_notes:
 * Returns: (transfer none) (nullable): what is being written about it; %NULL for somebody who may
 *   not.
 */
RoundsNotes *
rounds_visit_record_get_notes (RoundsVisitRecord *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT_RECORD (self), NULL);

  return self->notes;
}

/**
 * rounds_visit_record_follow:
 * @page: (transfer none): the call, in which this person is
 *
 * Takes the steps that the rule asks for now (rounds_visit_next_step()). Who asks while that is
 * under way is served by it.
 *
 * Returns: (transfer full): resolves to %TRUE; rejects with what the server or the network said.
 */
DexFuture *
rounds_visit_record_follow (RoundsVisitRecord *self, RoundsCallPage *page)
{
  Move *move;

  dex_return_error_if_fail (ROUNDS_IS_VISIT_RECORD (self));
  dex_return_error_if_fail (ROUNDS_IS_CALL_PAGE (page));

  if (self->is_following)
    return dex_future_new_true ();
  self->is_following = TRUE;
  move = g_new0 (Move, 1);
  move->record = g_object_ref (self);
  move->page = g_object_ref (page);
  return rounds_spawn (follow_fiber, move, free_move);
}

/**
 * rounds_visit_record_move:
 * @to: a status of the record's kind
 * @notes: (nullable): replaces the record's notes; %NULL leaves them
 *
 * Takes the record there, step by step where one is missing.
 *
 * Returns: (transfer full): resolves to %TRUE when it is there; rejects with what the server or the
 *   network said.
 */
DexFuture *
rounds_visit_record_move (RoundsVisitRecord *self, int to, const char *notes)
{
  Move *move;

  dex_return_error_if_fail (ROUNDS_IS_VISIT_RECORD (self));
  dex_return_error_if_fail (notes == NULL || self->notes != NULL);

  move = g_new0 (Move, 1);
  move->record = g_object_ref (self);
  move->to = to;
  move->notes = g_strdup (notes);
  return rounds_spawn (move_fiber, move, free_move);
}
