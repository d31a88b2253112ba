/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Changes of fields as the app asks for them: what is different becomes an edit.
 * New records, steps of the status and cancelling are in rounds-sync-edits.c.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include "rounds-wire-changes.h"
#include "rounds-wire.h"

static DexFuture *
resolve_to_seen_cb (DexFuture *removed, gpointer seen)
{
  return rounds_sync_resolve_to_entry (seen);
}

/* There is no difference, and so nothing to send. */
static DexFuture *
end_draft (RoundsSync *self, RoundsEntry *seen, const RoundsStoreDraft *typed)
{
  if (typed == NULL)
    return rounds_sync_resolve_to_entry (seen);
  return dex_future_then (rounds_store_remove_draft (self->store, typed->kind,
                                                     rounds_sync_resolve_id (self, typed->record)),
                          resolve_to_seen_cb, g_object_ref (seen), g_object_unref);
}

/* Takes @changes and @document, the record as the person saw it. */
static DexFuture *
queue_changes (RoundsSync *self, RoundsEntry *seen, JsonObject *changes, JsonObject *document,
               const RoundsStoreDraft *typed)
{
  g_autoptr (JsonObject) owned_changes = changes;
  g_autoptr (JsonObject) owned_document = document;
  g_autoptr (JsonObject) base = rounds_wire_changes_find_base (changes, document);
  RoundsSyncEdit *edit;
  DexFuture *future;

  if (json_object_get_size (changes) == 0)
    return end_draft (self, seen, typed);

  edit = rounds_sync_edit_new_fields (rounds_entry_get_kind (seen),
                                      rounds_sync_resolve_id (self, rounds_entry_get_id (seen)),
                                      changes, base, rounds_clock_now (self->clock));
  future = rounds_sync_edit_await (edit);
  rounds_sync_queue_edit (self, edit, NULL, typed);
  return future;
}

DexFuture *
rounds_sync_edit_appointment (RoundsSync *self, const RoundsAppointment *before,
                              const RoundsAppointmentDraft *after, const RoundsStoreDraft *typed)
{
  g_autoptr (RoundsAppointment) copy = NULL;
  g_autoptr (RoundsEntry) seen = NULL;

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (before != NULL && after != NULL);

  copy = rounds_appointment_copy (before);
  seen = rounds_entry_new_for_appointment (copy);
  return queue_changes (self, seen, rounds_wire_changes_of_appointment (before, after),
                        rounds_wire_appointment_to_json (before, NULL), typed);
}

DexFuture *
rounds_sync_edit_meeting (RoundsSync *self, const RoundsMeeting *before,
                          const RoundsMeetingDraft *after, const RoundsStoreDraft *typed)
{
  g_autoptr (RoundsMeeting) copy = NULL;
  g_autoptr (RoundsEntry) seen = NULL;

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (before != NULL && after != NULL);

  copy = rounds_meeting_copy (before);
  seen = rounds_entry_new_for_meeting (copy);
  return queue_changes (self, seen, rounds_wire_changes_of_meeting (before, after),
                        rounds_wire_meeting_to_json (before, NULL), typed);
}

DexFuture *
rounds_sync_set_notes (RoundsSync *self, RoundsEntry *entry, const char *notes,
                       const RoundsStoreDraft *typed)
{
  RoundsAppointment *appointment;
  RoundsMeeting *meeting;
  const char *before;
  JsonObject *changes;

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (ROUNDS_IS_ENTRY (entry));
  dex_return_error_if_fail (notes != NULL);

  appointment = rounds_entry_get_appointment (entry);
  meeting = rounds_entry_get_meeting (entry);
  before = appointment != NULL ? appointment->notes : meeting->notes;
  changes = json_object_new ();
  if (g_strcmp0 (before != NULL ? before : "", notes) != 0)
    json_object_set_string_member (changes, "notes", notes);
  return queue_changes (self, entry, changes,
                        appointment != NULL ? rounds_wire_appointment_to_json (appointment, NULL)
                                            : rounds_wire_meeting_to_json (meeting, NULL),
                        typed);
}
