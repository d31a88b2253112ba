/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Takes the next edit out of the queue to the server, and does what its answer asks for.
 * How it is sent is in rounds-sync-send.c.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include "rounds-future.h"

void
rounds_sync_show_failure (const GError *error, gpointer self)
{
  rounds_sync_note_failure (self, error);
  rounds_sync_wake (self);
}

/* Awaits. Nothing is sent that is not in the file; what it was made to is known from then on. */
static gboolean
await_stored (RoundsSyncEdit *edit, GError **error)
{
  g_autoptr (RoundsOutboxItem) kept = NULL;

  if (edit->stored == NULL)
    return TRUE;

  kept = dex_await_boxed (g_steal_pointer (&edit->stored), error);
  if (kept == NULL)
    return FALSE;
  edit->item->has_base = kept->has_base;
  edit->item->base_status = kept->base_status;
  g_set_str (&edit->item->base_notes, kept->base_notes);
  return TRUE;
}

/* The cache could not keep it, so it never was. */
static void
lose (RoundsSync *self, RoundsSyncEdit *edit, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    rounds_sync_note_failure (self, error);
  rounds_sync_forget_edit (self, edit, error);
}

/* Awaits. Whoever waits hears the reason, and has what was entered; otherwise the edit stays, with
 * the reason, until somebody decides. */
static void
give_back (RoundsSync *self, RoundsSyncEdit *edit, const GError *refusal, RoundsOutboxState state)
{
  g_autoptr (GError) error = NULL;

  if (!g_error_matches (refusal, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID))
    self->fetch_is_due = TRUE;

  if (state == ROUNDS_OUTBOX_REFUSED && !edit->was_refused && rounds_sync_edit_is_awaited (edit))
    {
      if (!dex_await (rounds_store_drop_edit (self->store, edit->item, edit->typed), &error))
        rounds_sync_note_failure (self, error);
      rounds_sync_forget_edit (self, edit, refusal);
      return;
    }

  edit->item->state = state;
  g_set_str (&edit->item->reason, refusal->message);
  if (!dex_await (rounds_store_update_edit (self->store, edit->item), &error))
    rounds_sync_note_failure (self, error);
  rounds_sync_edit_reject (edit, refusal);
  rounds_sync_notify_unsent (self);
}

static RoundsSyncEdit *
find_awaited (RoundsSync *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      RoundsSyncEdit *edit = g_ptr_array_index (self->edits, i);

      if (edit->promise != NULL)
        return edit;
    }
  return NULL;
}

/* Awaits. Nobody has to wait for a connection: what they did is kept and shown. */
static void
answer_with_ours (RoundsSync *self)
{
  RoundsSyncEdit *edit;

  while ((edit = find_awaited (self)) != NULL)
    {
      g_autoptr (RoundsEntry) entry = NULL;
      g_autoptr (GError) error = NULL;

      self->carried = edit;
      if (!await_stored (edit, &error))
        lose (self, edit, error);
      else
        {
          entry = dex_await_object (
              rounds_store_get_entry (self->store, edit->item->kind, edit->item->record), &error);
          if (entry != NULL)
            rounds_sync_edit_resolve (edit, entry);
          else
            rounds_sync_edit_reject (edit, error);
        }
      self->carried = NULL;
    }
}

/* Awaits. It stays in the queue; so do those behind it. */
static void
put_off (RoundsSync *self, const GError *error)
{
  self->carried = NULL;
  rounds_sync_note_failure (self, error);
  self->holds_back = TRUE;
  self->n_put_off++;
  self->send_retry_after = rounds_net_error_get_retry_after (error);
  /* Where nothing can be reached a listing cannot either. */
  if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE))
    self->fetch_is_due = FALSE;
  g_clear_error (&self->unsent);
  self->unsent = g_error_copy (error);
  answer_with_ours (self);
}

/* Awaits. */
static void
send (RoundsSync *self, RoundsSyncEdit *edit)
{
  g_autoptr (RoundsEntry) answer = NULL;
  g_autoptr (GError) error = NULL;
  RoundsSendResult result = rounds_sync_send_edit (self, edit, &answer, &error);

  if (result == ROUNDS_SEND_TAKEN && !rounds_sync_settle_edit (self, edit, answer, &error))
    result = ROUNDS_SEND_LATER;

  if (result != ROUNDS_SEND_LATER && result != ROUNDS_SEND_AGAIN)
    self->n_put_off = 0;
  switch (result)
    {
    case ROUNDS_SEND_TAKEN:
      break;
    case ROUNDS_SEND_REFUSED:
      give_back (self, edit, error, ROUNDS_OUTBOX_REFUSED);
      break;
    case ROUNDS_SEND_CONFLICT:
      give_back (self, edit, error, ROUNDS_OUTBOX_IN_CONFLICT);
      break;
    case ROUNDS_SEND_LATER:
    case ROUNDS_SEND_AGAIN:
    default:
      put_off (self, error);
    }
}

void
rounds_sync_carry_edit (RoundsSync *self)
{
  RoundsSyncEdit *edit = rounds_sync_find_next (self);
  g_autoptr (GError) error = NULL;

  g_assert (edit != NULL);

  /* Whether the server answers now will show: if it did not before, the cache has to catch up. */
  if (self->settled_state == ROUNDS_SYNC_OFFLINE)
    self->fetch_is_due = TRUE;

  self->carried = edit;
  if (await_stored (edit, &error))
    send (self, edit);
  else
    lose (self, edit, error);
  self->carried = NULL;
}
