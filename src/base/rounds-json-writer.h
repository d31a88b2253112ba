/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * JSON text written from front to back, with no tree in between: for what is written thousands of
 * times a second. What is written seldom is a tree of json-glib.
 * It knows no document of ours; those are in wire.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* On its owner's stack: { text }. */
typedef struct
{
  GString *text; /* borrowed; what is written is appended */
  gboolean needs_comma;
} RoundsJsonWriter;

/* Each of these writes a member of an object; @member is NULL in an array, and never needs
 * escaping. Values that are not known (NULL, ROUNDS_TIME_NONE) write nothing at all. */
void rounds_json_write_text (RoundsJsonWriter *self, const char *member, const char *value);
void rounds_json_write_int (RoundsJsonWriter *self, const char *member, gint64 value);
void rounds_json_write_boolean (RoundsJsonWriter *self, const char *member, gboolean value);
/* µs UTC as in rounds_time_to_rfc3339(). */
void rounds_json_write_time (RoundsJsonWriter *self, const char *member, gint64 moment);
void rounds_json_write_strv (RoundsJsonWriter *self, const char *member, char *const *values);

/* The digits of @value, in @digits. */
#define ROUNDS_JSON_INT_SIZE 24
const char *rounds_json_format_int (gint64 value, char digits[static ROUNDS_JSON_INT_SIZE]);

/* Opens an object or an array as a member; end with the like. */
void rounds_json_begin_object (RoundsJsonWriter *self, const char *member);
void rounds_json_end_object (RoundsJsonWriter *self);
void rounds_json_begin_array (RoundsJsonWriter *self, const char *member);
void rounds_json_end_array (RoundsJsonWriter *self);

G_END_DECLS
