/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An appointment's record, and what a change of its state does to it.
 * What a valid new one is, is in rounds-appointment-draft.c.
 */

#include "rounds-appointment.h"

#include "rounds-wipe.h"

G_DEFINE_BOXED_TYPE (RoundsAppointment, rounds_appointment, rounds_appointment_ref,
                     rounds_appointment_unref)

const char *
rounds_appointment_type_to_string (RoundsAppointmentType type)
{
  switch (type)
    {
    case ROUNDS_APPOINTMENT_VIRTUAL:
      return "virtual";
    case ROUNDS_APPOINTMENT_IN_PERSON:
      return "in-person";
    default:
      g_return_val_if_reached (NULL);
    }
}

gboolean
rounds_appointment_type_from_string (const char *text, RoundsAppointmentType *out)
{
  static const struct
  {
    const char *word;
    RoundsAppointmentType type;
  } words[] = {
    { "virtual", ROUNDS_APPOINTMENT_VIRTUAL },     { "in-person", ROUNDS_APPOINTMENT_IN_PERSON },
    { "in_person", ROUNDS_APPOINTMENT_IN_PERSON }, { "inperson", ROUNDS_APPOINTMENT_IN_PERSON },
    { "physical", ROUNDS_APPOINTMENT_IN_PERSON },
  };

  g_return_val_if_fail (out != NULL, FALSE);

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    {
      if (g_ascii_strcasecmp (words[i].word, text) == 0)
        {
          *out = words[i].type;
          return TRUE;
        }
    }
  return FALSE;
}

static void
clear_appointment (gpointer data)
{
  RoundsAppointment *self = data;

  g_free (self->id);
  g_free (self->hospital_id);
  g_free (self->department);
  g_free (self->date);
  g_free (self->time);
  g_free (self->timezone);
  g_free (self->reason);
  g_free (self->patient.full_name);
  g_free (self->patient.email);
  g_free (self->patient.phone);
  g_free (self->patient.gender);
  g_free (self->doctor_id);
  g_free (self->patient_id);
  g_free (self->notes);
  g_free (self->room_name);
  rounds_wipe_free (self->meeting_link);
}

RoundsAppointment *
rounds_appointment_new (void)
{
  RoundsAppointment *self = g_atomic_rc_box_new0 (RoundsAppointment);

  self->starts_at = ROUNDS_TIME_NONE;
  self->duration_minutes = ROUNDS_APPOINTMENT_DEFAULT_MINUTES;
  self->patient.age = -1;
  self->arrived_at = ROUNDS_TIME_NONE;
  self->started_at = ROUNDS_TIME_NONE;
  self->ended_at = ROUNDS_TIME_NONE;
  self->created_at = ROUNDS_TIME_NONE;
  self->updated_at = ROUNDS_TIME_NONE;
  return self;
}

RoundsAppointment *
rounds_appointment_copy (const RoundsAppointment *self)
{
  RoundsAppointment *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = rounds_appointment_new ();
  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->hospital_id = g_strdup (self->hospital_id);
  copy->department = g_strdup (self->department);
  copy->date = g_strdup (self->date);
  copy->time = g_strdup (self->time);
  copy->timezone = g_strdup (self->timezone);
  copy->reason = g_strdup (self->reason);
  copy->patient.full_name = g_strdup (self->patient.full_name);
  copy->patient.email = g_strdup (self->patient.email);
  copy->patient.phone = g_strdup (self->patient.phone);
  copy->patient.gender = g_strdup (self->patient.gender);
  copy->doctor_id = g_strdup (self->doctor_id);
  copy->patient_id = g_strdup (self->patient_id);
  copy->notes = g_strdup (self->notes);
  copy->room_name = g_strdup (self->room_name);
  copy->meeting_link = g_strdup (self->meeting_link);
  return copy;
}

RoundsAppointment *
rounds_appointment_ref (RoundsAppointment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_appointment_unref (RoundsAppointment *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_appointment);
}

static gboolean
moments_are_equal (const RoundsAppointment *a, const RoundsAppointment *b)
{
  return a->starts_at == b->starts_at && a->arrived_at == b->arrived_at
         && a->started_at == b->started_at && a->ended_at == b->ended_at
         && a->created_at == b->created_at && a->updated_at == b->updated_at;
}

static gboolean
patients_are_equal (const RoundsPatientDetails *a, const RoundsPatientDetails *b)
{
  return a->age == b->age && g_strcmp0 (a->full_name, b->full_name) == 0
         && g_strcmp0 (a->email, b->email) == 0 && g_strcmp0 (a->phone, b->phone) == 0
         && g_strcmp0 (a->gender, b->gender) == 0;
}

gboolean
rounds_appointment_equal (const RoundsAppointment *a, const RoundsAppointment *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b
         || (a->type == b->type && a->duration_minutes == b->duration_minutes
             && a->status == b->status && a->no_show_cause == b->no_show_cause
             && a->version == b->version && moments_are_equal (a, b)
             && patients_are_equal (&a->patient, &b->patient) && g_strcmp0 (a->id, b->id) == 0
             && g_strcmp0 (a->hospital_id, b->hospital_id) == 0
             && g_strcmp0 (a->department, b->department) == 0 && g_strcmp0 (a->date, b->date) == 0
             && g_strcmp0 (a->time, b->time) == 0 && g_strcmp0 (a->timezone, b->timezone) == 0
             && g_strcmp0 (a->reason, b->reason) == 0 && g_strcmp0 (a->doctor_id, b->doctor_id) == 0
             && g_strcmp0 (a->patient_id, b->patient_id) == 0 && g_strcmp0 (a->notes, b->notes) == 0
             && g_strcmp0 (a->room_name, b->room_name) == 0);
}

RoundsTimeRange
rounds_appointment_get_range (const RoundsAppointment *self)
{
  RoundsTimeRange nowhere = { 0, 0 };

  g_return_val_if_fail (self != NULL, nowhere);

  if (self->starts_at == ROUNDS_TIME_NONE)
    return nowhere;
  return rounds_time_range_new (self->starts_at,
                                self->starts_at + MAX (self->duration_minutes, 0) * ROUNDS_MINUTE);
}

RoundsAppointment *
rounds_appointment_with_status (const RoundsAppointment *self, RoundsAppointmentStatus to,
                                const char *notes, gint64 at)
{
  RoundsAppointment *changed = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (to < ROUNDS_N_APPOINTMENT_STATUSES, NULL);

  changed = rounds_appointment_copy (self);
  changed->status = to;
  changed->no_show_cause = ROUNDS_CAUSE_NONE;
  changed->updated_at = at;
  if (notes != NULL)
    g_set_str (&changed->notes, *notes != '\0' ? notes : NULL);

  if (to == ROUNDS_APPOINTMENT_ARRIVED)
    changed->arrived_at = at;
  else if (to == ROUNDS_APPOINTMENT_ACTIVE)
    changed->started_at = at;
  else if (to == ROUNDS_APPOINTMENT_COMPLETED)
    /* A clock that was set back makes no visit that ends before it began. */
    changed->ended_at = MAX (at, self->started_at);
  return changed;
}
