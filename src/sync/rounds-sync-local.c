/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a draft looks like as a record, before and after the server has made one of it.
 * Rules about drafts are in model; here they are only carried over.
 */

#include "config.h"

#include "rounds-sync-local.h"

#include "rounds-id.h"
#include "rounds-wall-time.h"

#define LOCAL_PREFIX "00000000"
#define LOCAL_RANDOM_BYTES 8

char *
rounds_sync_local_id_new (void)
{
  g_autofree char *random = rounds_random_hex (LOCAL_RANDOM_BYTES);

  return g_strconcat (LOCAL_PREFIX, random, NULL);
}

gboolean
rounds_sync_is_local_id (const char *id)
{
  g_return_val_if_fail (id != NULL, FALSE);

  return g_str_has_prefix (id, LOCAL_PREFIX) && rounds_id_is_valid (id);
}

/* Where the hospital is not known its clock is taken to be this machine's. A time that cannot be
 * resolved will be refused; until then the record stands at the moment of its making. */
static void
set_start (RoundsAppointment *self, const RoundsAppointmentDraft *draft, gint64 made_at)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *zone = self->timezone != NULL ? self->timezone : g_time_zone_get_identifier (local);

  g_set_str (&self->date, draft->date);
  g_set_str (&self->time, draft->time);
  if (draft->date != NULL && draft->time != NULL
      && rounds_wall_time_to_moment (zone, draft->date, draft->time, &self->starts_at, NULL))
    return;

  self->starts_at = made_at;
  g_clear_pointer (&self->date, g_free);
  g_clear_pointer (&self->time, g_free);
  rounds_wall_time_from_moment (zone, made_at, &self->date, &self->time);
}

static void
copy_patient (RoundsPatientDetails *to, const RoundsPatientDetails *from)
{
  g_set_str (&to->full_name, from->full_name != NULL ? from->full_name : "");
  g_set_str (&to->email, from->email);
  g_set_str (&to->phone, from->phone);
  to->age = from->age;
  g_set_str (&to->gender, from->gender);
}

static void
fill_in_caller (RoundsAppointment *self, RoundsUser *user)
{
  if (user->role == ROUNDS_ROLE_PATIENT)
    g_set_str (&self->patient_id, user->id);
  if (user->role == ROUNDS_ROLE_DOCTOR && self->doctor_id == NULL)
    g_set_str (&self->doctor_id, user->id);
  /* A patient asks; whoever works there decides. */
  self->status = user->role == ROUNDS_ROLE_PATIENT ? ROUNDS_APPOINTMENT_REQUESTED
                                                   : ROUNDS_APPOINTMENT_CONFIRMED;
}

static RoundsEntry *
make_appointment (RoundsSyncEdit *edit, RoundsUser *user, RoundsStore *store)
{
  const RoundsAppointmentDraft *draft = edit->appointment;
  RoundsHospital *hospital = draft->hospital_id != NULL
                                 ? rounds_store_lookup_hospital (store, draft->hospital_id)
                                 : NULL;
  g_autoptr (RoundsAppointment) self = rounds_appointment_new ();

  g_set_str (&self->id, edit->item->record);
  g_set_str (&self->hospital_id, draft->hospital_id);
  g_set_str (&self->department, draft->department != NULL ? draft->department : "");
  self->type
      = draft->type == ROUNDS_APPOINTMENT_TYPE_NONE ? ROUNDS_APPOINTMENT_IN_PERSON : draft->type;
  g_set_str (&self->timezone, hospital != NULL ? hospital->timezone : NULL);
  set_start (self, draft, edit->item->made_at);
  self->duration_minutes
      = draft->duration_minutes > 0 ? draft->duration_minutes : ROUNDS_APPOINTMENT_DEFAULT_MINUTES;
  g_set_str (&self->reason, draft->reason);
  copy_patient (&self->patient, &draft->patient);
  g_set_str (&self->doctor_id, draft->doctor_id);
  g_set_str (&self->patient_id, draft->patient_id);
  fill_in_caller (self, user);
  return rounds_entry_new_for_appointment (self);
}

/* As far as the roles of the people are known. */
static RoundsRoleContext
work_out_context (const RoundsMeetingDraft *draft, RoundsUser *user, RoundsStore *store)
{
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (RoundsRole));
  RoundsRoleContext context = ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR;
  gboolean takes_part = FALSE;

  for (gsize i = 0; draft->participants[i] != NULL; i++)
    {
      RoundsUser *person = rounds_store_lookup_user (store, draft->participants[i]);

      if (g_strcmp0 (draft->participants[i], user->id) == 0)
        takes_part = TRUE;
      else if (person != NULL)
        g_array_append_val (roles, person->role);
    }
  rounds_role_context_work_out (user->role, (const RoundsRole *)roles->data, roles->len, takes_part,
                                &context);
  return context;
}

static RoundsEntry *
make_meeting (RoundsSyncEdit *edit, RoundsUser *user, RoundsStore *store)
{
  const RoundsMeetingDraft *draft = edit->meeting;
  g_autoptr (RoundsMeeting) self = rounds_meeting_new ();

  g_set_str (&self->id, edit->item->record);
  g_set_str (&self->created_by, user->id);
  g_strfreev (self->participants);
  self->participants = g_strdupv (draft->participants);
  self->role_context
      = draft->has_role_context ? draft->role_context : work_out_context (draft, user, store);
  g_set_str (&self->title, draft->title != NULL ? draft->title : "");
  g_set_str (&self->description, draft->description);
  self->type = draft->type;
  self->scheduled_at
      = draft->scheduled_at != ROUNDS_TIME_NONE ? draft->scheduled_at : edit->item->made_at;
  if (draft->expected_minutes > 0)
    self->expected_minutes = draft->expected_minutes;
  g_set_str (&self->room_name, "");
  return rounds_entry_new_for_meeting (self);
}

RoundsEntry *
rounds_sync_local_entry_new (RoundsSyncEdit *edit, RoundsUser *user, RoundsStore *store)
{
  g_assert (edit->appointment != NULL || edit->meeting != NULL);

  return edit->appointment != NULL ? make_appointment (edit, user, store)
                                   : make_meeting (edit, user, store);
}

static gboolean
is_twin_appointment (const RoundsAppointmentDraft *draft, RoundsAppointment *record)
{
  return draft->type == record->type && g_strcmp0 (draft->hospital_id, record->hospital_id) == 0
         && g_strcmp0 (draft->department, record->department) == 0
         && g_strcmp0 (draft->date, record->date) == 0 && g_strcmp0 (draft->time, record->time) == 0
         && g_strcmp0 (draft->reason, record->reason) == 0
         && g_strcmp0 (draft->patient.full_name, record->patient.full_name) == 0
         && (draft->doctor_id == NULL || g_strcmp0 (draft->doctor_id, record->doctor_id) == 0);
}

static gboolean
is_twin_meeting (const RoundsMeetingDraft *draft, RoundsMeeting *record, RoundsUser *user)
{
  for (gsize i = 0; draft->participants[i] != NULL; i++)
    if (!rounds_meeting_has_participant (record, draft->participants[i]))
      return FALSE;
  return g_strcmp0 (record->created_by, user->id) == 0 && draft->type == record->type
         && g_strcmp0 (draft->title, record->title) == 0
         && g_strcmp0 (draft->description, record->description) == 0
         && (draft->scheduled_at == ROUNDS_TIME_NONE
             || draft->scheduled_at == record->scheduled_at);
}

gboolean
rounds_sync_is_twin (RoundsSyncEdit *edit, RoundsEntry *entry, RoundsUser *user)
{
  if (edit->appointment != NULL)
    return is_twin_appointment (edit->appointment, rounds_entry_get_appointment (entry));
  return edit->meeting != NULL
         && is_twin_meeting (edit->meeting, rounds_entry_get_meeting (entry), user);
}
