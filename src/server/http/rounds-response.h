/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One HTTP answer: a status and a JSend body.
 * It is built by a handler and sent by the listener; nothing internal ever stands in it.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-json-writer.h"
#include "rounds-problems.h"

G_BEGIN_DECLS

/* One owner. */
typedef struct _RoundsResponse RoundsResponse;

/* {"status":"success","data":@data}; @data is taken, may be NULL. */
RoundsResponse *rounds_response_success (guint http_status, JsonObject *data);
/* The same for data that is text: begin, write `data`'s members, then finish, which takes @writer's
 * text. For what is asked for thousands of times a second. */
void rounds_response_begin (RoundsJsonWriter *writer);
RoundsResponse *rounds_response_finish (guint http_status, RoundsJsonWriter *writer);
/* {"status":"fail","code":…,"message":…,"errors":[…]}; @problems may be NULL. */
RoundsResponse *rounds_response_fail (guint http_status, const char *code, const char *message,
                                      const RoundsProblems *problems);
/* The same with a `data` that helps the client on, or NULL; @data is taken. */
RoundsResponse *rounds_response_fail_with_data (guint http_status, const char *code,
                                                const char *message, JsonObject *data);
/* 400 `invalid` when @problems come from wrong types, 422 `impossible` when well-formed. */
RoundsResponse *rounds_response_problems (guint http_status, const RoundsProblems *problems);
/* The same, or NULL when there are none: all is well. */
RoundsResponse *rounds_response_any_problems (guint http_status, const RoundsProblems *problems);
/* 404 with the one wording for what is unknown and what is invisible. @what: "appointment". */
RoundsResponse *rounds_response_not_found (const char *what);
RoundsResponse *rounds_response_forbidden (const char *message);
/* 409 `illegal_transition`: no step leads from state @from of a @what ("meeting") to @to. */
RoundsResponse *rounds_response_illegal_step (const char *what, const char *from, const char *to);
/* A database or internal failure: logs @error (redacted), answers 503 for BUSY, FULL and
 * OPEN, else 500. */
RoundsResponse *rounds_response_from_error (const GError *error);

/* The `ETag` of an answer that holds one record in this @version. */
void rounds_response_set_version (RoundsResponse *self, gint64 version);
/* @name is static; @value is copied. */
void rounds_response_add_header (RoundsResponse *self, const char *name, const char *value);
/* The same for a value that is static too, and ours. */
void rounds_response_add_fixed_header (RoundsResponse *self, const char *name, const char *value);
void rounds_response_free (RoundsResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsResponse, rounds_response_free)

G_END_DECLS
