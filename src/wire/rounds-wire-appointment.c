/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The appointment document and the body that asks for a new one.
 * Whether an appointment is possible is decided by model and the server.
 */

#include "config.h"

#include "rounds-wire.h"

#include "rounds-wall-time.h"
#include "rounds-wire-private.h"

#include <string.h>

/* Words for the state that the guide leaves open and that other servers use. */
static const struct
{
  const char *word;
  RoundsAppointmentStatus status;
} other_words[] = {
  { "pending", ROUNDS_APPOINTMENT_REQUESTED },  { "scheduled", ROUNDS_APPOINTMENT_CONFIRMED },
  { "booked", ROUNDS_APPOINTMENT_CONFIRMED },   { "approved", ROUNDS_APPOINTMENT_CONFIRMED },
  { "in-progress", ROUNDS_APPOINTMENT_ACTIVE }, { "canceled", ROUNDS_APPOINTMENT_CANCELLED },
  { "rejected", ROUNDS_APPOINTMENT_CANCELLED }, { "no_show", ROUNDS_APPOINTMENT_NO_SHOW },
};

void
rounds_wire_write_appointment (RoundsJsonWriter *writer, const char *member,
                               const RoundsAppointment *appointment, const char *link)
{
  g_return_if_fail (writer != NULL && appointment != NULL);

  rounds_json_begin_object (writer, member);
  rounds_wire_put_id (writer, appointment->id);
  rounds_json_write_text (writer, "hospital", appointment->hospital_id);
  rounds_json_write_text (writer, "department", appointment->department);
  rounds_json_write_text (writer, "appointmentType",
                          rounds_appointment_type_to_string (appointment->type));
  rounds_json_write_text (writer, "appointmentDate", appointment->date);
  rounds_json_write_text (writer, "appointmentTime", appointment->time);
  rounds_json_write_text (writer, "timezone", appointment->timezone);
  rounds_json_write_time (writer, "startsAt", appointment->starts_at);
  rounds_json_write_int (writer, "durationMinutes", appointment->duration_minutes);
  rounds_json_write_text (writer, "reasonForVisit", appointment->reason);
  rounds_wire_put_patient (writer, &appointment->patient);
  rounds_json_write_text (writer, "doctor", appointment->doctor_id);
  rounds_json_write_text (writer, "patient", appointment->patient_id);
  rounds_json_write_text (writer, "status",
                          rounds_appointment_status_to_string (appointment->status));
  rounds_json_write_text (writer, "noShowCause",
                          rounds_no_show_cause_to_string (appointment->no_show_cause));
  rounds_json_write_time (writer, "arrivedAt", appointment->arrived_at);
  rounds_json_write_time (writer, "startedAt", appointment->started_at);
  rounds_json_write_time (writer, "endedAt", appointment->ended_at);
  rounds_json_write_text (writer, "notes", appointment->notes);
  rounds_json_write_text (writer, "roomName", appointment->room_name);
  rounds_json_write_text (writer, "meetingLink", link);
  rounds_wire_put_history (writer, appointment->version, appointment->created_at,
                           appointment->updated_at);
  rounds_json_end_object (writer);
}

JsonObject *
rounds_wire_appointment_to_json (const RoundsAppointment *appointment, const char *link)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RoundsJsonWriter writer = { text };

  g_return_val_if_fail (appointment != NULL, NULL);

  rounds_wire_write_appointment (&writer, NULL, appointment, link);
  return rounds_wire_text_to_json (text);
}

/* The guide: "virtual" makes a link, so every other word is a visit in person. */
static void
read_type (RoundsJsonReader *reader, RoundsAppointment *self)
{
  const char *word = NULL;

  if (!rounds_json_read_string (reader, "appointmentType", FALSE, &word))
    self->type
        = self->room_name != NULL ? ROUNDS_APPOINTMENT_VIRTUAL : ROUNDS_APPOINTMENT_IN_PERSON;
  else if (!rounds_appointment_type_from_string (word, &self->type))
    self->type = ROUNDS_APPOINTMENT_IN_PERSON;
}

static void
read_status (RoundsJsonReader *reader, RoundsAppointment *self)
{
  const char *word = NULL;

  /* A server that knows only the guide has no states: what it lists is booked. */
  self->status = ROUNDS_APPOINTMENT_CONFIRMED;
  if (!rounds_json_read_string (reader, "status", FALSE, &word)
      || rounds_appointment_status_from_string (word, &self->status))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (other_words); i++)
    {
      if (g_ascii_strcasecmp (word, other_words[i].word) == 0)
        {
          self->status = other_words[i].status;
          return;
        }
    }
  /* Guessing could show a cancelled visit as due. */
  rounds_problems_add (reader->problems, "status", "Is not a state of an appointment");
}

/* A server on MongoDB may keep the day as a Date, and answer "2024-01-15T00:00:00.000Z". */
static void
cut_date (char *date)
{
  if (date != NULL && strlen (date) > 10 && date[10] == 'T')
    date[10] = '\0';
}

static void
check_wall_time (const RoundsAppointment *self, RoundsProblems *problems)
{
  int year = 0, month = 0, day = 0, minutes = 0;

  if (self->date != NULL && !rounds_wall_time_parse_date (self->date, &year, &month, &day))
    rounds_problems_add (problems, "appointmentDate", "Has to be a date such as 2024-01-15");
  if (self->time != NULL && !rounds_wall_time_parse_time (self->time, &minutes))
    rounds_problems_add (problems, "appointmentTime",
                         "Has to be a time of day such as 10:00 AM or 14:30");
}

/* Fills in what is not there: the moment from date and time, or those from the moment. */
static void
read_time (RoundsJsonReader *reader, RoundsAppointment *self)
{
  guint before = rounds_problems_get_length (reader->problems);
  gboolean has_moment = rounds_json_read_time (reader, "startsAt", FALSE, &self->starts_at);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  g_autoptr (GError) error = NULL;

  rounds_wire_read_text (reader, "timezone", FALSE, &self->timezone);
  rounds_wire_read_text (reader, "appointmentDate", !has_moment, &self->date);
  rounds_wire_read_text (reader, "appointmentTime", !has_moment, &self->time);
  cut_date (self->date);
  check_wall_time (self, reader->problems);
  if (rounds_problems_get_length (reader->problems) > before)
    return;
  if (!has_moment)
    {
      if (!rounds_wire_resolve_moment (self->timezone, self->date, self->time, &self->starts_at,
                                       &error))
        rounds_problems_add (
            reader->problems,
            g_error_matches (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_ZONE)
                ? "timezone"
                : "appointmentTime",
            "%s", error->message);
      return;
    }
  rounds_wall_time_from_moment (self->timezone != NULL ? self->timezone
                                                       : g_time_zone_get_identifier (local),
                                self->starts_at, &date, &time);
  if (self->date == NULL)
    self->date = g_steal_pointer (&date);
  if (self->time == NULL)
    self->time = g_steal_pointer (&time);
}

/* `patientDetails`; where a server sends none, the name in a populated `patient`. */
static void
read_patient (RoundsJsonReader *reader, RoundsAppointment *self)
{
  JsonNode *node = json_object_get_member (reader->object, "patient");
  RoundsJsonReader inside = { NULL, "patientDetails.", reader->problems };

  rounds_wire_read_reference (reader, "patient", FALSE, &self->patient_id);
  if (rounds_json_read_object (reader, "patientDetails", FALSE, &inside.object))
    rounds_wire_read_patient (&inside, &self->patient);
  else if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      inside = rounds_wire_reader_inside (reader, json_node_get_object (node), "patient.");
      rounds_wire_read_patient (&inside, &self->patient);
      if (self->patient.full_name == NULL)
        rounds_wire_read_text (&inside, "name", FALSE, &self->patient.full_name);
    }
  if (self->patient.full_name == NULL)
    self->patient.full_name = g_strdup ("");
}

static void
read_details (RoundsJsonReader *reader, RoundsAppointment *self)
{
  gint64 minutes = ROUNDS_APPOINTMENT_DEFAULT_MINUTES;
  const char *cause = NULL;

  rounds_wire_read_reference (reader, "hospital", TRUE, &self->hospital_id);
  if (!rounds_wire_read_text (reader, "department", FALSE, &self->department))
    g_set_str (&self->department, "");
  rounds_json_read_int (reader, "durationMinutes", FALSE, 1, ROUNDS_WIRE_MAX_MINUTES, &minutes);
  self->duration_minutes = (int)minutes;
  rounds_wire_read_text (reader, "reasonForVisit", FALSE, &self->reason);
  rounds_wire_read_reference (reader, "doctor", FALSE, &self->doctor_id);
  if (rounds_json_read_string (reader, "noShowCause", FALSE, &cause))
    self->no_show_cause = rounds_no_show_cause_from_string (cause);
  rounds_json_read_time (reader, "arrivedAt", FALSE, &self->arrived_at);
  rounds_json_read_time (reader, "startedAt", FALSE, &self->started_at);
  rounds_json_read_time (reader, "endedAt", FALSE, &self->ended_at);
  rounds_wire_read_text (reader, "notes", FALSE, &self->notes);
  rounds_wire_read_text (reader, "roomName", FALSE, &self->room_name);
  rounds_wire_read_text (reader, "meetingLink", FALSE, &self->meeting_link);
  rounds_wire_read_history (reader, &self->version, &self->created_at, &self->updated_at);
}

RoundsAppointment *
rounds_wire_appointment_from_json (JsonObject *object, RoundsProblems *problems)
{
  g_autoptr (RoundsAppointment) self = NULL;
  RoundsJsonReader reader = { object, "", problems };
  guint before = 0;

  g_return_val_if_fail (object != NULL && problems != NULL, NULL);

  before = rounds_problems_get_length (problems);
  self = rounds_appointment_new ();
  rounds_wire_read_id (&reader, &self->id);
  read_details (&reader, self);
  read_type (&reader, self);
  read_time (&reader, self);
  read_patient (&reader, self);
  read_status (&reader, self);
  if (rounds_problems_get_length (problems) > before)
    return NULL;
  return g_steal_pointer (&self);
}

JsonObject *
rounds_wire_appointment_draft_to_json (const RoundsAppointmentDraft *draft)
{
  JsonObject *object = NULL;

  g_return_val_if_fail (draft != NULL, NULL);

  object = json_object_new ();
  rounds_wire_write_text (object, "hospital", draft->hospital_id);
  rounds_wire_write_text (object, "department", draft->department);
  if (draft->type != ROUNDS_APPOINTMENT_TYPE_NONE)
    rounds_wire_write_text (object, "appointmentType",
                            rounds_appointment_type_to_string (draft->type));
  rounds_wire_write_text (object, "appointmentDate", draft->date);
  rounds_wire_write_text (object, "appointmentTime", draft->time);
  if (draft->duration_minutes > 0)
    json_object_set_int_member (object, "durationMinutes", draft->duration_minutes);
  rounds_wire_write_text (object, "reasonForVisit", draft->reason);
  rounds_wire_write_patient (object, &draft->patient);
  rounds_wire_write_text (object, "doctor", draft->doctor_id);
  rounds_wire_write_text (object, "patient", draft->patient_id);
  return object;
}

/* Absent or another word: the draft's check says what it has to be. */
static void
read_draft_type (RoundsJsonReader *reader, RoundsAppointmentType *type)
{
  const char *word = NULL;

  if (rounds_json_read_string (reader, "appointmentType", FALSE, &word))
    rounds_appointment_type_from_string (word, type);
}

RoundsAppointmentDraft *
rounds_wire_appointment_draft_from_json (JsonObject *object, RoundsProblems *problems)
{
  RoundsAppointmentDraft *self = NULL;
  RoundsJsonReader reader = { object, "", problems };
  RoundsJsonReader patient = { NULL, "patientDetails.", problems };
  gint64 minutes = 0;

  g_return_val_if_fail (object != NULL && problems != NULL, NULL);

  self = rounds_appointment_draft_new ();
  rounds_wire_read_text (&reader, "hospital", FALSE, &self->hospital_id);
  rounds_wire_read_text (&reader, "department", FALSE, &self->department);
  read_draft_type (&reader, &self->type);
  rounds_wire_read_text (&reader, "appointmentDate", FALSE, &self->date);
  rounds_wire_read_text (&reader, "appointmentTime", FALSE, &self->time);
  rounds_json_read_int (&reader, "durationMinutes", FALSE, 1, G_MAXINT, &minutes);
  self->duration_minutes = (int)minutes;
  rounds_wire_read_text (&reader, "reasonForVisit", FALSE, &self->reason);
  if (rounds_json_read_object (&reader, "patientDetails", FALSE, &patient.object))
    rounds_wire_read_patient (&patient, &self->patient);
  rounds_wire_read_text (&reader, "doctor", FALSE, &self->doctor_id);
  rounds_wire_read_text (&reader, "patient", FALSE, &self->patient_id);
  return self;
}
