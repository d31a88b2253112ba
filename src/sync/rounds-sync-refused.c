/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What people decide about edits that did not get through, and taking back those not sent yet.
 * An edit that is under way can be neither: its outcome is not known.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-future.h"

typedef struct
{
  RoundsSync *sync;
  char *name;
  RoundsSyncFields mine;
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_clear_object (&decision->sync);
  g_free (decision->name);
  g_free (decision);
}

static DexFuture *
spawn_decision (RoundsSync *self, const char *name, RoundsSyncFields mine, DexFiberFunc fiber)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->sync = g_object_ref (self);
  decision->name = g_strdup (name);
  decision->mine = mine;
  return rounds_spawn (fiber, decision, decision_free);
}

static DexFuture *
reject_too_late (void)
{
  return dex_future_new_reject (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_TOO_LATE, "%s",
                                _ ("This is already on its way or done."));
}

/* Awaits. NULL when there is none, whatever the reason: the list says what it knows. */
static RoundsEntry *
await_entry (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  return dex_await_object (future, &error);
}

static RoundsEntry *
apply_mine (RoundsEntry *theirs, const RoundsOutboxItem *item)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (RoundsOutboxItem) copy = rounds_outbox_item_copy (item);

  copy->state = ROUNDS_OUTBOX_WAITING;
  g_ptr_array_add (items, copy);
  return rounds_outbox_items_apply (theirs, items);
}

static RoundsSyncFields
find_conflicts (RoundsSync *self, const RoundsOutboxItem *item, RoundsEntry *theirs)
{
  g_autoptr (RoundsOutboxItem) copy = rounds_outbox_item_copy (item);
  RoundsSyncFields conflicts;

  rounds_sync_rebase (self, copy, theirs, &conflicts);
  return item->state == ROUNDS_OUTBOX_IN_CONFLICT ? conflicts : ROUNDS_SYNC_NO_FIELDS;
}

/* Awaits. */
static RoundsRefusal *
await_refusal (RoundsSync *self, const RoundsOutboxItem *item)
{
  RoundsRefusal *refusal = g_new0 (RoundsRefusal, 1);

  refusal->name = g_strdup (item->name);
  refusal->is_conflict = item->state == ROUNDS_OUTBOX_IN_CONFLICT;
  refusal->reason = g_strdup (item->reason);
  refusal->made_at = item->made_at;
  if (item->draft != NULL)
    refusal->mine = await_entry (rounds_store_get_entry (self->store, item->kind, item->record));
  else
    refusal->theirs
        = await_entry (rounds_store_get_original (self->store, item->kind, item->record));
  if (refusal->theirs != NULL)
    {
      refusal->mine = apply_mine (refusal->theirs, item);
      refusal->fields = find_conflicts (self, item, refusal->theirs);
    }
  return refusal;
}

static DexFuture *
list_fiber (gpointer data)
{
  Decision *decision = data;
  RoundsSync *self = decision->sync;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) refusals
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_refusal_free);
  GError *error = NULL;

  items = dex_await_boxed (rounds_store_list_edits (self->store), &error);
  if (items == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < items->len; i++)
    if (!rounds_outbox_item_is_active (g_ptr_array_index (items, i)))
      g_ptr_array_add (refusals, await_refusal (self, g_ptr_array_index (items, i)));
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&refusals));
}

DexFuture *
rounds_sync_list_refused (RoundsSync *self)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));

  return spawn_decision (self, NULL, ROUNDS_SYNC_NO_FIELDS, list_fiber);
}

static RoundsSyncEdit *
find_refused (RoundsSync *self, const char *name)
{
  RoundsSyncEdit *edit = rounds_sync_find_by_name (self, name);

  return edit != NULL && !rounds_outbox_item_is_active (edit->item) ? edit : NULL;
}

/* Forgets it here and in the file. */
static DexFuture *
drop (RoundsSync *self, RoundsSyncEdit *edit)
{
  g_autoptr (GError) error = g_error_new_literal (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_NOT_HELD,
                                                  _ ("This was taken back."));
  DexFuture *dropped = rounds_store_drop_edit (self->store, edit->item, NULL);

  rounds_sync_forget_edit (self, edit, error);
  return dropped;
}

/* Nothing of the edit is left: what the server has is what the person wants. Awaits. */
static DexFuture *
end_with_theirs (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry *theirs)
{
  GError *error = NULL;

  if (!dex_await (drop (self, edit), &error))
    return dex_future_new_for_error (error);
  return rounds_sync_resolve_to_entry (theirs);
}

static DexFuture *
resolve_fiber (gpointer data)
{
  Decision *decision = data;
  RoundsSync *self = decision->sync;
  RoundsSyncEdit *edit = find_refused (self, decision->name);
  g_autoptr (RoundsEntry) theirs = NULL;
  DexFuture *future;

  if (edit == NULL)
    return reject_too_late ();
  if (edit->item->draft == NULL)
    theirs = await_entry (
        rounds_store_get_original (self->store, edit->item->kind, edit->item->record));

  edit = find_refused (self, decision->name);
  if (edit == NULL || self->is_stopping)
    return reject_too_late ();
  if (theirs != NULL && !rounds_sync_decide (self, edit->item, theirs, decision->mine))
    return end_with_theirs (self, edit, theirs);
  edit->was_refused = TRUE;
  rounds_outbox_item_renew_key (edit->item);
  g_clear_pointer (&edit->item->reason, g_free);
  future = rounds_sync_edit_await (edit);
  rounds_sync_release_edit (self, edit);
  return future;
}

DexFuture *
rounds_sync_resolve (RoundsSync *self, const char *name, RoundsSyncFields mine)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (name != NULL);

  return spawn_decision (self, name, mine, resolve_fiber);
}

DexFuture *
rounds_sync_discard (RoundsSync *self, const char *name)
{
  RoundsSyncEdit *edit;

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (name != NULL);

  edit = find_refused (self, name);
  return edit != NULL && edit != self->carried ? drop (self, edit) : reject_too_late ();
}

DexFuture *
rounds_sync_take_back (RoundsSync *self, RoundsEntryKind kind, const char *id)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (id != NULL);

  for (guint i = self->edits->len; i > 0; i--)
    {
      RoundsSyncEdit *edit = g_ptr_array_index (self->edits, i - 1);

      if (!rounds_sync_edit_is_about (edit, kind, id))
        continue;
      if (edit->item->attempts > 0 || edit == self->carried
          || !rounds_outbox_item_is_active (edit->item))
        break;
      return drop (self, edit);
    }
  return reject_too_late ();
}
