/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the documents of this room share: ids, references, texts, moments.
 * No other room includes it.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-appointment.h"
#include "rounds-json-writer.h"
#include "rounds-json.h"

G_BEGIN_DECLS

/* No record of any server lasts longer than a week. */
#define ROUNDS_WIRE_MAX_MINUTES (7 * 24 * 60)

/* Writing. What is not known (NULL, ROUNDS_TIME_NONE) is left out, in every document, so that a
 * client in JavaScript sees it as undefined. */
void rounds_wire_write_id (JsonObject *object, const char *id);
void rounds_wire_write_text (JsonObject *object, const char *member, const char *text);
void rounds_wire_write_time (JsonObject *object, const char *member, gint64 moment);
void rounds_wire_write_strv (JsonObject *object, const char *member, char *const *strv);
void rounds_wire_write_patient (JsonObject *object, const RoundsPatientDetails *patient);

/* The same for documents written as text. */
void rounds_wire_put_id (RoundsJsonWriter *writer, const char *id);
void rounds_wire_put_patient (RoundsJsonWriter *writer, const RoundsPatientDetails *patient);
/* `version`, `createdAt`, `updatedAt`. */
void rounds_wire_put_history (RoundsJsonWriter *writer, gint64 version, gint64 created_at,
                              gint64 updated_at);
/* The tree of a document that was just written. (transfer full) */
JsonObject *rounds_wire_text_to_json (const GString *text);

/* Reading. @out is replaced, and left alone on FALSE; the rules are those of rounds-json.h. */
gboolean rounds_wire_read_id (RoundsJsonReader *reader, char **out);
gboolean
rounds_wire_read_text (RoundsJsonReader *reader, const char *member, gboolean required, char **out);
/* The id of another record: plain, or in a populated object, as servers on MongoDB often answer. */
gboolean rounds_wire_read_reference (RoundsJsonReader *reader, const char *member,
                                     gboolean required, char **out);
/* A list of texts or (with @references) of ids and populated objects; doubles are dropped. An
 * element that is neither is a problem named "member[2]". NULL-terminated. */
gboolean rounds_wire_read_strv (RoundsJsonReader *reader, const char *member, gboolean references,
                                char ***out);
void rounds_wire_read_history (RoundsJsonReader *reader, gint64 *version, gint64 *created_at,
                               gint64 *updated_at);
/* The members of a `patientDetails`; @reader stands in it. */
void rounds_wire_read_patient (RoundsJsonReader *reader, RoundsPatientDetails *patient);

/* The reader of an object inside another one's. */
RoundsJsonReader
rounds_wire_reader_inside (const RoundsJsonReader *outer, JsonObject *object, const char *prefix);

/* "2024-01-15" + "10:00 AM" → µs UTC on the clock of @zone, or of this machine when it is NULL. A
 * time that DST skips means the moment that comes after it: what a server has booked must be
 * shown. */
gboolean rounds_wire_resolve_moment (const char *zone, const char *date, const char *time,
                                     gint64 *moment, GError **error);

G_END_DECLS
