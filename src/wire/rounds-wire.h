/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * JSON of api.md to model and back, shared by app and server.
 * No HTTP and no database; limits and typed reading come from rounds-json.h.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-appointment-draft.h"
#include "rounds-hospital.h"
#include "rounds-json-writer.h"
#include "rounds-meeting-draft.h"
#include "rounds-problems.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* Documents. Each to_json gives a new object with both `_id` and `id`; @link is the caller's
 * personal link or NULL (then the member is left out). What is not known is left out as well, in
 * every document; only a user's `hospital` is null where there is none, as api.md has it.
 *
 * Each from_json gives a new model object, or NULL after adding problems; unknown members are
 * ignored, null is the same as absent, and members of api.md's ★ kind may be missing: an
 * appointment without `startsAt` begins at its date and time on the clock of its `timezone`, or of
 * this machine when it names none; one without `status` is confirmed. Ids of other records may be
 * populated objects with an `_id`. A wrong type is a problem that names the field. All of these are
 * thread-safe. (transfer full) */
JsonObject *
rounds_wire_appointment_to_json (const RoundsAppointment *appointment, const char *link);
RoundsAppointment *rounds_wire_appointment_from_json (JsonObject *object, RoundsProblems *problems);
JsonObject *rounds_wire_meeting_to_json (const RoundsMeeting *meeting, const char *link);
RoundsMeeting *rounds_wire_meeting_from_json (JsonObject *object, RoundsProblems *problems);
JsonObject *rounds_wire_user_to_json (const RoundsUser *user);
RoundsUser *rounds_wire_user_from_json (JsonObject *object, RoundsProblems *problems);
JsonObject *rounds_wire_hospital_to_json (const RoundsHospital *hospital);
RoundsHospital *rounds_wire_hospital_from_json (JsonObject *object, RoundsProblems *problems);

/* What a request says of a person or a hospital, put over what @user or @hospital has: members that
 * are absent or null change nothing, an empty text takes one away. Problems for wrong types only;
 * the model's checks do the rest. Ids, versions, roles of the request's `id` are not read. */
void rounds_wire_user_apply (JsonObject *object, RoundsUser *user, RoundsProblems *problems);
void
rounds_wire_hospital_apply (JsonObject *object, RoundsHospital *hospital, RoundsProblems *problems);

/* The same documents as text, without a tree: what the server does thousands of times a second. As
 * @member of the object that is being written, or NULL in an array. */
void rounds_wire_write_appointment (RoundsJsonWriter *writer, const char *member,
                                    const RoundsAppointment *appointment, const char *link);
void rounds_wire_write_meeting (RoundsJsonWriter *writer, const char *member,
                                const RoundsMeeting *meeting, const char *link);

/* Request bodies. from_json adds problems for wrong types only; the model's …_draft_check() does
 * the rest. It never returns NULL. */
JsonObject *rounds_wire_appointment_draft_to_json (const RoundsAppointmentDraft *draft);
RoundsAppointmentDraft *
rounds_wire_appointment_draft_from_json (JsonObject *object, RoundsProblems *problems);
JsonObject *rounds_wire_meeting_draft_to_json (const RoundsMeetingDraft *draft);
RoundsMeetingDraft *
rounds_wire_meeting_draft_from_json (JsonObject *object, RoundsProblems *problems);

/* {status, notes} of the PATCH calls; @notes may be NULL. */
JsonObject *rounds_wire_status_change_to_json (const char *status, const char *notes);
/* Reads it: @status and @notes are borrowed from @object. FALSE after adding problems. */
gboolean rounds_wire_status_change_from_json (JsonObject *object, const char **status,
                                              const char **notes, RoundsProblems *problems);

/* JSend envelopes. @data and @problems may be NULL; @data is taken. */
JsonObject *rounds_wire_success (JsonObject *data);
JsonObject *
rounds_wire_fail (const char *code, const char *message, const RoundsProblems *problems);
JsonObject *rounds_wire_error (const char *message);

/* What an answer's envelope said. */
typedef struct
{
  gboolean success;
  JsonObject *data; /* the `data` object (an empty one when missing), success only */
  char *code; /* or NULL */
  char *message; /* or NULL */
  RoundsProblems *problems; /* never NULL */
} RoundsWireAnswer;

/* Opens a JSend envelope, whatever HTTP status it came with. NULL with a ROUNDS_JSON_ERROR when
 * @text is not one. A refusal's problems come from api.md's `errors` and from JSend's own
 * `data: {field: message}`. (transfer full) */
RoundsWireAnswer *rounds_wire_answer_parse (const char *text, gssize length, GError **error);
void rounds_wire_answer_free (RoundsWireAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsWireAnswer, rounds_wire_answer_free)

G_END_DECLS
