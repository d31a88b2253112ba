/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One edit in the engine's hands: its draft, its request, and who waits for it.
 * What is kept of it over the program's end is the store's item.
 */

#include "config.h"

#include "rounds-sync-edit.h"

#include <glib/gi18n-lib.h>

#include "rounds-json.h"
#include "rounds-sync-local.h"
#include "rounds-wire.h"

static RoundsSyncEdit *
new_edit (RoundsOutboxItem *item)
{
  RoundsSyncEdit *self = g_new0 (RoundsSyncEdit, 1);

  self->item = item;
  return self;
}

static char *
write_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return rounds_json_to_text (node);
}

/* Takes @object. */
static char *
write_draft (JsonObject *object)
{
  g_autoptr (JsonObject) owned = object;

  return write_object (owned);
}

static gboolean
read_draft (RoundsSyncEdit *self)
{
  g_autoptr (JsonObject) object = rounds_json_parse_object (self->item->draft, -1, NULL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  if (object == NULL)
    return FALSE;
  if (self->item->kind == ROUNDS_ENTRY_MEETING)
    self->meeting = rounds_wire_meeting_draft_from_json (object, problems);
  else
    self->appointment = rounds_wire_appointment_draft_from_json (object, problems);
  return rounds_problems_get_length (problems) == 0;
}

RoundsSyncEdit *
rounds_sync_edit_new_creation (const RoundsAppointmentDraft *appointment,
                               const RoundsMeetingDraft *meeting, gint64 made_at)
{
  g_autofree char *id = rounds_sync_local_id_new ();
  RoundsSyncEdit *self;

  g_assert ((appointment == NULL) != (meeting == NULL));

  self = new_edit (rounds_outbox_item_new (
      appointment != NULL ? ROUNDS_ENTRY_APPOINTMENT : ROUNDS_ENTRY_MEETING, id, made_at));
  self->item->draft
      = write_draft (appointment != NULL ? rounds_wire_appointment_draft_to_json (appointment)
                                         : rounds_wire_meeting_draft_to_json (meeting));
  if (!read_draft (self))
    g_assert_not_reached ();
  return self;
}

RoundsSyncEdit *
rounds_sync_edit_new_change (RoundsEntryKind kind, const char *id, int status, const char *notes,
                             gint64 made_at)
{
  RoundsSyncEdit *self;

  g_assert (id != NULL);

  self = new_edit (rounds_outbox_item_new (kind, id, made_at));
  self->item->status = status;
  self->item->notes = g_strdup (notes);
  return self;
}

void
rounds_sync_edit_set_changes (RoundsOutboxItem *item, JsonObject *changes, JsonObject *base)
{
  g_free (item->changes);
  item->changes = write_object (changes);
  g_free (item->base_changes);
  item->base_changes = write_object (base);
  item->has_base = TRUE;
}

RoundsSyncEdit *
rounds_sync_edit_new_fields (RoundsEntryKind kind, const char *id, JsonObject *changes,
                             JsonObject *base, gint64 made_at)
{
  RoundsSyncEdit *self;

  g_assert (id != NULL && json_object_get_size (changes) > 0);

  self = new_edit (rounds_outbox_item_new (kind, id, made_at));
  rounds_sync_edit_set_changes (self->item, changes, base);
  return self;
}

static gboolean
is_readable (RoundsSyncEdit *self)
{
  g_autoptr (JsonObject) changes = NULL;
  g_autoptr (JsonObject) base = NULL;

  if (self->item->draft != NULL)
    return read_draft (self);
  if (self->item->changes == NULL)
    return TRUE;
  changes = rounds_json_parse_object (self->item->changes, -1, NULL);
  base = rounds_json_parse_object (self->item->base_changes, -1, NULL);
  return changes != NULL && base != NULL;
}

RoundsSyncEdit *
rounds_sync_edit_new_kept (RoundsOutboxItem *item)
{
  RoundsSyncEdit *self = new_edit (item);

  if (!is_readable (self))
    {
      rounds_sync_edit_free (self);
      return NULL;
    }
  return self;
}

void
rounds_sync_edit_free (RoundsSyncEdit *self)
{
  g_autoptr (GError) error = g_error_new_literal (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_STOPPED,
                                                  _ ("Not sent: you are signing out."));

  rounds_sync_edit_reject (self, error);
  dex_clear (&self->stored);
  g_clear_pointer (&self->item, rounds_outbox_item_free);
  g_clear_pointer (&self->typed, rounds_store_draft_free);
  g_clear_pointer (&self->appointment, rounds_appointment_draft_free);
  g_clear_pointer (&self->meeting, rounds_meeting_draft_free);
  g_free (self);
}

gboolean
rounds_sync_edit_is_about (RoundsSyncEdit *self, RoundsEntryKind kind, const char *id)
{
  return self->item->kind == kind && g_strcmp0 (self->item->record, id) == 0;
}

static DexFuture *
pass_on_cb (DexFuture *future, gpointer user_data)
{
  return dex_ref (future);
}

DexFuture *
rounds_sync_edit_await (RoundsSyncEdit *self)
{
  g_assert (self->promise == NULL);

  /* Only a future that hangs on the promise discards it when it is dropped. */
  self->promise = dex_promise_new_cancellable ();
  return dex_future_finally (dex_ref (DEX_FUTURE (self->promise)), pass_on_cb, NULL, NULL);
}

gboolean
rounds_sync_edit_is_awaited (RoundsSyncEdit *self)
{
  return self->promise != NULL
         && !g_cancellable_is_cancelled (dex_promise_get_cancellable (self->promise));
}

void
rounds_sync_edit_resolve (RoundsSyncEdit *self, RoundsEntry *entry)
{
  g_autoptr (DexPromise) promise = g_steal_pointer (&self->promise);
  g_autoptr (DexFuture) resolved = rounds_sync_resolve_to_entry (entry);

  if (promise != NULL)
    dex_promise_resolve (promise, dex_future_get_value (resolved, NULL));
}

DexFuture *
rounds_sync_resolve_to_entry (RoundsEntry *entry)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT)
    return dex_future_new_take_boxed (
        ROUNDS_TYPE_APPOINTMENT, rounds_appointment_ref (rounds_entry_get_appointment (entry)));
  return dex_future_new_take_boxed (ROUNDS_TYPE_MEETING,
                                    rounds_meeting_ref (rounds_entry_get_meeting (entry)));
}

void
rounds_sync_edit_reject (RoundsSyncEdit *self, const GError *error)
{
  g_autoptr (DexPromise) promise = g_steal_pointer (&self->promise);

  if (promise != NULL)
    dex_promise_reject (promise, g_error_copy (error));
}

static gboolean
is_cancellation_without_words (const RoundsOutboxItem *item)
{
  return item->status == ROUNDS_MEETING_CANCELLED && item->notes == NULL;
}

static DexFuture *
send_changes (const RoundsOutboxItem *item, RoundsApi *api, const RoundsApiGuard *guard)
{
  GError *error = NULL;
  JsonObject *changes = rounds_json_parse_object (item->changes, -1, &error);

  if (changes == NULL)
    return dex_future_new_for_error (error);
  return item->kind == ROUNDS_ENTRY_APPOINTMENT
             ? rounds_api_edit_appointment (api, item->record, changes, guard)
             : rounds_api_edit_meeting (api, item->record, changes, guard);
}

DexFuture *
rounds_sync_edit_send (const RoundsSyncEdit *self, RoundsApi *api, gint64 version)
{
  const RoundsOutboxItem *item = self->item;
  const RoundsApiGuard guard = { item->key, version };

  if (self->appointment != NULL)
    return rounds_api_create_appointment (api, self->appointment, &guard);
  if (self->meeting != NULL)
    return rounds_api_create_meeting (api, self->meeting, &guard);
  if (item->changes != NULL)
    return send_changes (item, api, &guard);
  if (item->kind == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_api_change_appointment_status (
        api, item->record, (RoundsAppointmentStatus)item->status, item->notes, &guard);

  /* The guide's way to cancel a meeting takes no words; a change of its status does. */
  if (is_cancellation_without_words (item))
    return rounds_api_cancel_meeting (api, item->record, &guard);
  return rounds_api_change_meeting_status (api, item->record, (RoundsMeetingStatus)item->status,
                                           item->notes, &guard);
}

RoundsEntry *
rounds_sync_edit_read_answer (const RoundsSyncEdit *self, DexFuture *future)
{
  const GValue *value = dex_future_get_value (future, NULL);

  g_assert (value != NULL);

  if (self->item->kind == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_entry_new_for_appointment (g_value_get_boxed (value));
  return rounds_entry_new_for_meeting (g_value_get_boxed (value));
}
