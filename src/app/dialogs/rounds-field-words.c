/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a record and their values in words, one at a time: for comparing two versions.
 * How a whole record is told is in rounds-entry-words.h.
 */

#include "config.h"

#include "rounds-field-words.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-status-look.h"
#include "rounds-time-words.h"

static const struct
{
  RoundsSyncFields field;
  const char *name;
} fields[] = {
  { ROUNDS_SYNC_FIELD_STATUS, N_ ("Status") },
  { ROUNDS_SYNC_FIELD_WHEN, N_ ("When") },
  { ROUNDS_SYNC_FIELD_DURATION, N_ ("Length") },
  { ROUNDS_SYNC_FIELD_DOCTOR, N_ ("Doctor") },
  { ROUNDS_SYNC_FIELD_DEPARTMENT, N_ ("Department") },
  { ROUNDS_SYNC_FIELD_REASON, N_ ("Reason") },
  { ROUNDS_SYNC_FIELD_PATIENT, N_ ("Patient") },
  { ROUNDS_SYNC_FIELD_TITLE, N_ ("Title") },
  { ROUNDS_SYNC_FIELD_DESCRIPTION, N_ ("Description") },
  { ROUNDS_SYNC_FIELD_PARTICIPANTS, N_ ("People") },
  { ROUNDS_SYNC_FIELD_CONTEXT, N_ ("Context") },
  { ROUNDS_SYNC_FIELD_KIND, N_ ("Kind") },
  { ROUNDS_SYNC_FIELD_NOTES, N_ ("Notes") },
};

static char *
join_patient (const RoundsPatientDetails *patient)
{
  g_autofree char *age = patient->age >= 0 ? g_strdup_printf ("%d", patient->age) : NULL;
  const char *parts[]
      = { patient->full_name, age, patient->gender, patient->email, patient->phone };
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL && *parts[i] != '\0')
        g_strv_builder_add (known, parts[i]);
    }
  strv = g_strv_builder_end (known);
  return g_strjoinv (" · ", strv);
}

static char *
dup_doctor (const RoundsAppointment *appointment, RoundsStore *store)
{
  RoundsUser *doctor = appointment->doctor_id != NULL
                           ? rounds_store_lookup_user (store, appointment->doctor_id)
                           : NULL;

  return g_strdup (doctor != NULL ? doctor->name : _ ("Nobody assigned yet"));
}

static char *
dup_appointment_value (const RoundsAppointment *appointment, RoundsSyncFields field,
                       RoundsStore *store)
{
  if (field == ROUNDS_SYNC_FIELD_DOCTOR)
    return dup_doctor (appointment, store);
  if (field == ROUNDS_SYNC_FIELD_DEPARTMENT)
    return g_strdup (appointment->department);
  if (field == ROUNDS_SYNC_FIELD_REASON)
    return g_strdup (appointment->reason);
  if (field == ROUNDS_SYNC_FIELD_PATIENT)
    return join_patient (&appointment->patient);
  if (field == ROUNDS_SYNC_FIELD_NOTES)
    return g_strdup (appointment->notes);
  return NULL;
}

static char *
dup_meeting_value (RoundsMeeting *meeting, RoundsSyncFields field, RoundsUser *viewer,
                   RoundsStore *store)
{
  if (field == ROUNDS_SYNC_FIELD_TITLE)
    return g_strdup (meeting->title);
  if (field == ROUNDS_SYNC_FIELD_DESCRIPTION)
    return g_strdup (meeting->description);
  if (field == ROUNDS_SYNC_FIELD_PARTICIPANTS)
    return rounds_entry_words_people (meeting, viewer, store);
  if (field == ROUNDS_SYNC_FIELD_CONTEXT)
    return g_strdup (rounds_role_context_words (meeting->role_context));
  if (field == ROUNDS_SYNC_FIELD_NOTES)
    return g_strdup (meeting->notes);
  return NULL;
}

static char *
dup_value (RoundsEntry *entry, RoundsSyncFields field, RoundsUser *viewer, RoundsStore *store,
           gint64 now)
{
  RoundsTimeRange range = rounds_entry_get_range (entry);

  if (field == ROUNDS_SYNC_FIELD_STATUS)
    return g_strdup (rounds_status_look_of_entry (entry).word);
  if (field == ROUNDS_SYNC_FIELD_WHEN)
    return rounds_time_words_when (range.start, now);
  if (field == ROUNDS_SYNC_FIELD_DURATION)
    return rounds_time_words_minutes ((int)((range.end - range.start) / ROUNDS_MINUTE));
  if (field == ROUNDS_SYNC_FIELD_KIND)
    return g_strdup (rounds_entry_words_kind (entry));
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT)
    return dup_appointment_value (rounds_entry_get_appointment (entry), field, store);
  return dup_meeting_value (rounds_entry_get_meeting (entry), field, viewer, store);
}

static gboolean
patients_differ (RoundsEntry *a, RoundsEntry *b)
{
  g_autofree char *one = join_patient (&rounds_entry_get_appointment (a)->patient);
  g_autofree char *other = join_patient (&rounds_entry_get_appointment (b)->patient);

  return !g_str_equal (one, other);
}

static gboolean
people_differ (RoundsEntry *a, RoundsEntry *b)
{
  char **one = rounds_entry_get_meeting (a)->participants;
  char **other = rounds_entry_get_meeting (b)->participants;
  gboolean differ = g_strv_length (one) != g_strv_length (other);

  for (gsize i = 0; !differ && one[i] != NULL; i++)
    differ = !g_strv_contains ((const char *const *)other, one[i]);
  return differ;
}

static RoundsSyncFields
pick (gboolean differ, RoundsSyncFields field)
{
  return differ ? field : ROUNDS_SYNC_NO_FIELDS;
}

static RoundsSyncFields
compare_appointments (RoundsEntry *one, RoundsEntry *other)
{
  const RoundsAppointment *a = rounds_entry_get_appointment (one);
  const RoundsAppointment *b = rounds_entry_get_appointment (other);

  return pick (a->status != b->status, ROUNDS_SYNC_FIELD_STATUS)
         | pick (g_strcmp0 (a->notes, b->notes) != 0, ROUNDS_SYNC_FIELD_NOTES)
         | pick (g_strcmp0 (a->doctor_id, b->doctor_id) != 0, ROUNDS_SYNC_FIELD_DOCTOR)
         | pick (g_strcmp0 (a->department, b->department) != 0, ROUNDS_SYNC_FIELD_DEPARTMENT)
         | pick (g_strcmp0 (a->reason, b->reason) != 0, ROUNDS_SYNC_FIELD_REASON)
         | pick (patients_differ (one, other), ROUNDS_SYNC_FIELD_PATIENT);
}

static RoundsSyncFields
compare_meetings (RoundsEntry *one, RoundsEntry *other)
{
  const RoundsMeeting *a = rounds_entry_get_meeting (one);
  const RoundsMeeting *b = rounds_entry_get_meeting (other);

  return pick (a->status != b->status, ROUNDS_SYNC_FIELD_STATUS)
         | pick (g_strcmp0 (a->notes, b->notes) != 0, ROUNDS_SYNC_FIELD_NOTES)
         | pick (g_strcmp0 (a->title, b->title) != 0, ROUNDS_SYNC_FIELD_TITLE)
         | pick (g_strcmp0 (a->description, b->description) != 0, ROUNDS_SYNC_FIELD_DESCRIPTION)
         | pick (people_differ (one, other), ROUNDS_SYNC_FIELD_PARTICIPANTS)
         | pick (a->role_context != b->role_context, ROUNDS_SYNC_FIELD_CONTEXT)
         | pick (a->type != b->type, ROUNDS_SYNC_FIELD_KIND);
}

/**
 * rounds_field_words_compare:
 * @a: one version of a record
 * @b: another one of the same record
 *
 * Returns: the fields that are not the same
 */
RoundsSyncFields
rounds_field_words_compare (RoundsEntry *a, RoundsEntry *b)
{
  RoundsTimeRange one, other;
  RoundsSyncFields differing;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (a) && ROUNDS_IS_ENTRY (b), ROUNDS_SYNC_NO_FIELDS);
  g_return_val_if_fail (rounds_entry_get_kind (a) == rounds_entry_get_kind (b),
                        ROUNDS_SYNC_NO_FIELDS);

  one = rounds_entry_get_range (a);
  other = rounds_entry_get_range (b);
  differing = rounds_entry_get_kind (a) == ROUNDS_ENTRY_APPOINTMENT ? compare_appointments (a, b)
                                                                    : compare_meetings (a, b);
  return differing | pick (one.start != other.start, ROUNDS_SYNC_FIELD_WHEN)
         | pick (one.end - one.start != other.end - other.start, ROUNDS_SYNC_FIELD_DURATION);
}

/**
 * rounds_field_words_name:
 * @field: one field
 *
 * Returns: what a person calls it; static
 */
const char *
rounds_field_words_name (RoundsSyncFields field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i].field == field)
        return _ (fields[i].name);
    }
  g_return_val_if_reached ("");
}

/**
 * rounds_field_words_value:
 * @viewer: who looks at it
 * @now: µs, UTC
 *
 * Returns: (transfer full): the value that @entry has, never empty
 */
char *
rounds_field_words_value (RoundsEntry *entry, RoundsSyncFields field, RoundsUser *viewer,
                          RoundsStore *store, gint64 now)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);
  g_return_val_if_fail (viewer != NULL, NULL);
  g_return_val_if_fail (ROUNDS_IS_STORE (store), NULL);

  value = dup_value (entry, field, viewer, store, now);
  if (value == NULL || *value == '\0')
    return g_strdup (C_ ("value of a field", "None"));
  return g_steal_pointer (&value);
}

/**
 * rounds_field_words_list:
 *
 * Returns: (transfer full): what a person calls @fields, one after the other
 */
char *
rounds_field_words_list (RoundsSyncFields wanted)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if ((wanted & fields[i].field) != 0)
        g_strv_builder_add (names, _ (fields[i].name));
    }
  strv = g_strv_builder_end (names);
  return g_strjoinv (C_ ("between names", ", "), strv);
}
