/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Reading JSON that somebody else wrote: limits first, then typed members, each mistake named.
 * It knows no document of ours; those are in wire.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-problems.h"

G_BEGIN_DECLS

#define ROUNDS_JSON_ERROR (rounds_json_error_quark ())
GQuark rounds_json_error_quark (void);

typedef enum
{
  ROUNDS_JSON_ERROR_SYNTAX = 1,
  ROUNDS_JSON_ERROR_TOO_DEEP,
  ROUNDS_JSON_ERROR_NOT_AN_OBJECT,
  ROUNDS_JSON_ERROR_NOT_UTF8,
} RoundsJsonError;

#define ROUNDS_JSON_MAX_DEPTH 32

/**
 * rounds_json_parse_object:
 * Parses @length bytes whose top level has to be an object. The depth is checked before json-glib
 * sees the text (its parser recurses). JavaScript comments are taken, since the guide's examples
 * carry them; otherwise it is strict. Of two members with one name the last counts. U+0000 in a
 * text is refused, since C strings would end there. No message quotes the text. Returns: (transfer
 * full): the object, or %NULL with a %ROUNDS_JSON_ERROR.
 */
JsonObject *rounds_json_parse_object (const char *text, gssize length, GError **error);

/* Each of these reads a member. Absent or null: returns FALSE and, when @required, adds a problem.
 * Wrong type: FALSE and a problem that names the field as @path_prefix + member. @out is left alone
 * on FALSE. Borrowed strings live as long as @object. */
typedef struct
{
  JsonObject *object; /* borrowed */
  const char *prefix; /* "" or "patientDetails." */
  RoundsProblems *problems; /* borrowed */
} RoundsJsonReader;

gboolean rounds_json_read_string (RoundsJsonReader *reader, const char *member, gboolean required,
                                  const char **out);
/* Like the above, for text longer than @max_chars (UTF-8 characters) or with control characters
 * other than tab and newline: a problem. */
gboolean rounds_json_read_text (RoundsJsonReader *reader, const char *member, gboolean required,
                                gsize max_chars, const char **out);
gboolean rounds_json_read_int (RoundsJsonReader *reader, const char *member, gboolean required,
                               gint64 minimum, gint64 maximum, gint64 *out);
gboolean rounds_json_read_boolean (RoundsJsonReader *reader, const char *member, gboolean required,
                                   gboolean *out);
/* RFC 3339 → µs UTC. */
gboolean rounds_json_read_time (RoundsJsonReader *reader, const char *member, gboolean required,
                                gint64 *out);
gboolean rounds_json_read_id (RoundsJsonReader *reader, const char *member, gboolean required,
                              const char **out);
gboolean rounds_json_read_object (RoundsJsonReader *reader, const char *member, gboolean required,
                                  JsonObject **out);
gboolean rounds_json_read_array (RoundsJsonReader *reader, const char *member, gboolean required,
                                 JsonArray **out);

/* µs UTC → "2024-01-15T14:00:00.000Z" (milliseconds, always Z). (transfer full) */
char *rounds_time_to_rfc3339 (gint64 moment);
/* The same into @text. A moment out of years 1…9999 is a defect, and an empty text. */
#define ROUNDS_RFC3339_SIZE 25
void rounds_time_format_rfc3339 (gint64 moment, char text[static ROUNDS_RFC3339_SIZE]);
/* RFC 3339 with any offset → µs UTC; FALSE when it is not one or out of years 1…9999. */
gboolean rounds_time_from_rfc3339 (const char *text, gint64 *out);

/* The member's text, or its object; NULL where it is absent or something else. Borrowed. */
const char *rounds_json_peek_text (JsonObject *object, const char *member);
JsonObject *rounds_json_peek_object (JsonObject *object, const char *member);

/* @node as compact JSON text. (transfer full) */
char *rounds_json_to_text (JsonNode *node);

G_END_DECLS
