/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How the files of one resource each make a call: what goes out, and who reads what comes back.
 * Only net and its tests include this.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-api.h"
#include "rounds-wire.h"

G_BEGIN_DECLS

/* Reads the record out of a successful answer. Runs on the main thread or, for a large answer, on
 * another: it touches only what it is given. Returns a value of the call's type, or NULL with a
 * ROUNDS_NET_ERROR. */
typedef gpointer (*RoundsApiReadFunc) (RoundsWireAnswer *answer, GBytes *body, GError **error);

typedef enum
{
  ROUNDS_API_CALL_NORMAL = 0,
  ROUNDS_API_CALL_ANONYMOUS = 1 << 0, /* without the token; a 401 says nothing about it */
  ROUNDS_API_CALL_WAITS = 1 << 1, /* the server may be silent for a minute before it answers */
} RoundsApiCallFlags;

/* Sends one request. @path comes from rounds_api_path() and is taken, so is @body (or NULL).
 * Resolves to what @read gave, a boxed @type. Every failure is a ROUNDS_NET_ERROR. */
DexFuture *
rounds_api_call (RoundsApi *self, const char *method, char *path, JsonObject *body, GType type,
                 RoundsApiReadFunc read, RoundsApiCallFlags flags) G_GNUC_WARN_UNUSED_RESULT;

/* The same with what goes with an edit; @guard NULL: nothing. */
DexFuture *rounds_api_call_guarded (RoundsApi *self, const char *method, char *path,
                                    JsonObject *body, GType type, RoundsApiReadFunc read,
                                    const RoundsApiGuard *guard) G_GNUC_WARN_UNUSED_RESULT;

/* "/api/a/b/…" of escaped segments, NULL-terminated. */
char *rounds_api_path (const char *first, ...) G_GNUC_NULL_TERMINATED;

/* Takes @path; "?name=value" or "&name=value" behind it, escaped. */
char *rounds_api_add_query (char *path, const char *name, const char *value);

/* Takes @path; `from` and `to` behind it, unless @range is empty. */
char *rounds_api_add_range (char *path, RoundsTimeRange range);

/* Whether @id can stand in a path: not empty, and no "." or ".." that would climb out of it. */
gboolean rounds_api_is_id (const char *id);

/* The object of @member in @answer; a server that puts the record right into `data` is understood
 * too. Borrowed, or NULL when there is none. */
JsonObject *rounds_api_find_record (RoundsWireAnswer *answer, const char *member);

typedef gpointer (*RoundsApiParseFunc) (JsonObject *object, RoundsProblems *problems);

/* Parses that record, which has to be there: NULL with ROUNDS_NET_ERROR_BAD_ANSWER. */
gpointer rounds_api_read_record (RoundsWireAnswer *answer, const char *member,
                                 RoundsApiParseFunc parse, GError **error);
/* Parses the array of @member (or `data` itself, where that is one) into a RoundsListing. Records
 * that make no sense are counted; if none does, the answer is not believed. */
gpointer
rounds_api_read_listing (RoundsWireAnswer *answer, GBytes *body, const char *member,
                         RoundsApiParseFunc parse, GDestroyNotify free_record, GError **error);
/* For calls whose answer carries nothing of interest: @body itself (G_TYPE_BYTES). */
gpointer rounds_api_read_nothing (RoundsWireAnswer *answer, GBytes *body, GError **error);

/* How long one call may take in all. Tests shorten it. */
void rounds_api_set_deadline (RoundsApi *self, guint milliseconds);

G_END_DECLS
