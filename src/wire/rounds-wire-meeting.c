/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The meeting document and the body that asks for a new one.
 * Whether these people make a meeting is decided by model.
 */

#include "config.h"

#include "rounds-wire.h"

#include "rounds-wire-private.h"

#include <math.h>

void
rounds_wire_write_meeting (RoundsJsonWriter *writer, const char *member,
                           const RoundsMeeting *meeting, const char *link)
{
  g_return_if_fail (writer != NULL && meeting != NULL);

  rounds_json_begin_object (writer, member);
  rounds_wire_put_id (writer, meeting->id);
  rounds_json_write_text (writer, "createdBy", meeting->created_by);
  rounds_json_write_strv (writer, "participants", meeting->participants);
  rounds_json_write_text (writer, "roleContext",
                          rounds_role_context_to_string (meeting->role_context));
  rounds_json_write_text (writer, "title", meeting->title);
  rounds_json_write_text (writer, "description", meeting->description);
  rounds_json_write_text (writer, "meetingType", rounds_meeting_type_to_string (meeting->type));
  rounds_json_write_text (writer, "status", rounds_meeting_status_to_string (meeting->status));
  rounds_json_write_time (writer, "scheduledAt", meeting->scheduled_at);
  rounds_json_write_int (writer, "expectedDuration", meeting->expected_minutes);
  rounds_json_write_time (writer, "startedAt", meeting->started_at);
  rounds_json_write_time (writer, "endedAt", meeting->ended_at);
  if (meeting->duration >= 0)
    rounds_json_write_int (writer, "duration", meeting->duration);
  rounds_json_write_text (writer, "notes", meeting->notes);
  rounds_json_write_text (writer, "roomName", meeting->room_name);
  rounds_json_write_text (writer, "jitsiLink", link);
  rounds_wire_put_history (writer, meeting->version, meeting->created_at, meeting->updated_at);
  rounds_json_end_object (writer);
}

JsonObject *
rounds_wire_meeting_to_json (const RoundsMeeting *meeting, const char *link)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RoundsJsonWriter writer = { text };

  g_return_val_if_fail (meeting != NULL, NULL);

  rounds_wire_write_meeting (&writer, NULL, meeting, link);
  return rounds_wire_text_to_json (text);
}

/* The guide says "etc." after its contexts, and its own curl example sends none. It is shown, and
 * decides nothing, so that a meeting without a known one is still a meeting. */
static void
read_role_context (RoundsJsonReader *reader, RoundsMeeting *self)
{
  const char *word = NULL;

  if (!rounds_json_read_string (reader, "roleContext", FALSE, &word)
      || !rounds_role_context_from_string (word, &self->role_context))
    self->role_context = ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL;
}

static void
read_status (RoundsJsonReader *reader, RoundsMeeting *self)
{
  const char *word = NULL;

  self->status = ROUNDS_MEETING_SCHEDULED;
  if (!rounds_json_read_string (reader, "status", FALSE, &word)
      || rounds_meeting_status_from_string (word, &self->status))
    return;
  if (g_ascii_strcasecmp (word, "canceled") == 0)
    self->status = ROUNDS_MEETING_CANCELLED;
  else
    rounds_problems_add (reader->problems, "status",
                         "Has to be scheduled, active, completed or cancelled");
}

static void
read_type (RoundsJsonReader *reader, RoundsMeetingType *type)
{
  const char *word = NULL;

  *type = ROUNDS_MEETING_VIDEO;
  if (rounds_json_read_string (reader, "meetingType", FALSE, &word)
      && !rounds_meeting_type_from_string (word, type))
    rounds_problems_add (reader->problems, "meetingType", "Has to be video, audio or chat");
}

/* The guide's "Number, in minutes": other servers divide and do not round. Before a meeting is over
 * some send their database's default of 0. */
static void
read_duration (RoundsJsonReader *reader, RoundsMeeting *self)
{
  JsonNode *node = json_object_get_member (reader->object, "duration");
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double minutes = 0;

  self->duration = -1;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    minutes = json_node_get_double (node);
  if ((type != G_TYPE_INT64 && type != G_TYPE_DOUBLE) || !(minutes >= 0 && minutes < G_MAXINT))
    rounds_problems_add (reader->problems, "duration", "Has to be a number of minutes");
  else if (self->status == ROUNDS_MEETING_COMPLETED)
    self->duration = (int)floor (minutes);
}

static void
read_times (RoundsJsonReader *reader, RoundsMeeting *self)
{
  gint64 minutes = ROUNDS_MEETING_DEFAULT_MINUTES;

  rounds_wire_read_history (reader, &self->version, &self->created_at, &self->updated_at);
  /* The guide's curl example names no time: such a meeting is for now. */
  if (!rounds_json_read_time (reader, "scheduledAt", self->created_at == ROUNDS_TIME_NONE,
                              &self->scheduled_at))
    self->scheduled_at = self->created_at;
  rounds_json_read_int (reader, "expectedDuration", FALSE, 1, ROUNDS_WIRE_MAX_MINUTES, &minutes);
  self->expected_minutes = (int)minutes;
  rounds_json_read_time (reader, "startedAt", FALSE, &self->started_at);
  rounds_json_read_time (reader, "endedAt", FALSE, &self->ended_at);
  read_duration (reader, self);
}

RoundsMeeting *
rounds_wire_meeting_from_json (JsonObject *object, RoundsProblems *problems)
{
  g_autoptr (RoundsMeeting) self = NULL;
  RoundsJsonReader reader = { object, "", problems };
  guint before = 0;

  g_return_val_if_fail (object != NULL && problems != NULL, NULL);

  before = rounds_problems_get_length (problems);
  self = rounds_meeting_new ();
  rounds_wire_read_id (&reader, &self->id);
  rounds_wire_read_reference (&reader, "createdBy", TRUE, &self->created_by);
  rounds_wire_read_strv (&reader, "participants", TRUE, &self->participants);
  read_role_context (&reader, self);
  rounds_wire_read_text (&reader, "title", TRUE, &self->title);
  rounds_wire_read_text (&reader, "description", FALSE, &self->description);
  read_type (&reader, &self->type);
  read_status (&reader, self);
  read_times (&reader, self);
  rounds_wire_read_text (&reader, "notes", FALSE, &self->notes);
  rounds_wire_read_text (&reader, "roomName", TRUE, &self->room_name);
  rounds_wire_read_text (&reader, "jitsiLink", FALSE, &self->jitsi_link);
  if (rounds_problems_get_length (problems) > before)
    return NULL;
  return g_steal_pointer (&self);
}

JsonObject *
rounds_wire_meeting_draft_to_json (const RoundsMeetingDraft *draft)
{
  JsonObject *object = NULL;

  g_return_val_if_fail (draft != NULL, NULL);

  object = json_object_new ();
  rounds_wire_write_strv (object, "participants", draft->participants);
  if (draft->has_role_context)
    rounds_wire_write_text (object, "roleContext",
                            rounds_role_context_to_string (draft->role_context));
  rounds_wire_write_text (object, "title", draft->title);
  rounds_wire_write_text (object, "description", draft->description);
  rounds_wire_write_time (object, "scheduledAt", draft->scheduled_at);
  rounds_wire_write_text (object, "meetingType", rounds_meeting_type_to_string (draft->type));
  if (draft->expected_minutes > 0)
    json_object_set_int_member (object, "expectedDuration", draft->expected_minutes);
  return object;
}

static void
read_draft_role_context (RoundsJsonReader *reader, RoundsMeetingDraft *self)
{
  const char *word = NULL;

  if (!rounds_json_read_string (reader, "roleContext", FALSE, &word))
    return;
  self->has_role_context = rounds_role_context_from_string (word, &self->role_context);
  if (!self->has_role_context)
    rounds_problems_add (reader->problems, "roleContext",
                         "Has to name two roles that can meet, such as doctor-hospital");
}

RoundsMeetingDraft *
rounds_wire_meeting_draft_from_json (JsonObject *object, RoundsProblems *problems)
{
  RoundsMeetingDraft *self = NULL;
  RoundsJsonReader reader = { object, "", problems };
  gint64 minutes = 0;

  g_return_val_if_fail (object != NULL && problems != NULL, NULL);

  self = rounds_meeting_draft_new ();
  rounds_wire_read_strv (&reader, "participants", FALSE, &self->participants);
  read_draft_role_context (&reader, self);
  rounds_wire_read_text (&reader, "title", FALSE, &self->title);
  rounds_wire_read_text (&reader, "description", FALSE, &self->description);
  rounds_json_read_time (&reader, "scheduledAt", FALSE, &self->scheduled_at);
  read_type (&reader, &self->type);
  rounds_json_read_int (&reader, "expectedDuration", FALSE, 1, G_MAXINT, &minutes);
  self->expected_minutes = (int)minutes;
  return self;
}
