/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One thing that a person did and that the server has to hear of.
 * It waits in the engine's queue; nothing is kept over the program's end.
 */

#include "config.h"

#include "rounds-sync-edit.h"

#include <glib/gi18n-lib.h>

static RoundsAppointmentDraft *
copy_appointment_draft (const RoundsAppointmentDraft *draft)
{
  RoundsAppointmentDraft *copy = rounds_appointment_draft_new ();

  g_set_str (&copy->hospital_id, draft->hospital_id);
  g_set_str (&copy->department, draft->department);
  copy->type = draft->type;
  g_set_str (&copy->date, draft->date);
  g_set_str (&copy->time, draft->time);
  copy->duration_minutes = draft->duration_minutes;
  g_set_str (&copy->reason, draft->reason);
  g_set_str (&copy->patient.full_name, draft->patient.full_name);
  g_set_str (&copy->patient.email, draft->patient.email);
  g_set_str (&copy->patient.phone, draft->patient.phone);
  copy->patient.age = draft->patient.age;
  g_set_str (&copy->patient.gender, draft->patient.gender);
  g_set_str (&copy->doctor_id, draft->doctor_id);
  g_set_str (&copy->patient_id, draft->patient_id);
  return copy;
}

static RoundsMeetingDraft *
copy_meeting_draft (const RoundsMeetingDraft *draft)
{
  RoundsMeetingDraft *copy = rounds_meeting_draft_new ();

  g_strfreev (copy->participants);
  copy->participants = g_strdupv (draft->participants);
  copy->has_role_context = draft->has_role_context;
  copy->role_context = draft->role_context;
  g_set_str (&copy->title, draft->title);
  g_set_str (&copy->description, draft->description);
  copy->scheduled_at = draft->scheduled_at;
  copy->type = draft->type;
  copy->expected_minutes = draft->expected_minutes;
  return copy;
}

static RoundsSyncEdit *
new_edit (RoundsEntryKind kind)
{
  RoundsSyncEdit *self = g_new0 (RoundsSyncEdit, 1);

  self->kind = kind;
  self->promise = dex_promise_new ();
  return self;
}

static gboolean
is_cancellation_without_words (const RoundsSyncEdit *self)
{
  return self->status == ROUNDS_MEETING_CANCELLED && (self->notes == NULL || *self->notes == '\0');
}

RoundsSyncEdit *
rounds_sync_edit_new_creation (const RoundsAppointmentDraft *appointment,
                               const RoundsMeetingDraft *meeting)
{
  RoundsSyncEdit *self;

  g_assert ((appointment == NULL) != (meeting == NULL));

  self = new_edit (appointment != NULL ? ROUNDS_ENTRY_APPOINTMENT : ROUNDS_ENTRY_MEETING);
  if (appointment != NULL)
    self->appointment = copy_appointment_draft (appointment);
  else
    self->meeting = copy_meeting_draft (meeting);
  return self;
}

RoundsSyncEdit *
rounds_sync_edit_new_change (RoundsEntryKind kind, const char *id, int status, const char *notes)
{
  RoundsSyncEdit *self = new_edit (kind);

  g_assert (id != NULL);

  self->id = g_strdup (id);
  self->status = status;
  self->notes = g_strdup (notes);
  return self;
}

void
rounds_sync_edit_free (RoundsSyncEdit *self)
{
  if (dex_future_is_pending (DEX_FUTURE (self->promise)))
    dex_promise_reject (self->promise,
                        g_error_new_literal (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_STOPPED,
                                             _ ("Not sent: you are signing out.")));

  dex_clear (&self->promise);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->appointment, rounds_appointment_draft_free);
  g_clear_pointer (&self->meeting, rounds_meeting_draft_free);
  g_clear_pointer (&self->notes, g_free);
  g_free (self);
}

DexFuture *
rounds_sync_edit_send (const RoundsSyncEdit *self, RoundsApi *api)
{
  if (self->appointment != NULL)
    return rounds_api_create_appointment (api, self->appointment);
  if (self->meeting != NULL)
    return rounds_api_create_meeting (api, self->meeting);
  if (self->kind == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_api_change_appointment_status (api, self->id, self->status, self->notes);

  /* The guide's way to cancel a meeting takes no words; a change of its status does. */
  if (is_cancellation_without_words (self))
    return rounds_api_cancel_meeting (api, self->id);
  return rounds_api_change_meeting_status (api, self->id, self->status, self->notes);
}

RoundsEntry *
rounds_sync_edit_read_answer (const RoundsSyncEdit *self, DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_assert (value != NULL);

  if (self->kind == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_entry_new_for_appointment (g_value_get_boxed (value));
  return rounds_entry_new_for_meeting (g_value_get_boxed (value));
}
