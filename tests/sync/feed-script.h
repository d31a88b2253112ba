/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a scripted server with a change feed answers, and what of it is in the cache.
 * The tests say when.
 */

#pragma once

#include "sync-world.h"

G_BEGIN_DECLS

#define CHANGES_ROUTE "GET /api/changes"
#define OTHER_MEETING_ID "64b0000000000000000000b2"

/* @capabilities: JSON strings with commas, or "". */
void feed_script_capabilities (SyncWorld *self, const char *capabilities);
/* @record: taken; NULL: it was removed. */
JsonObject *feed_make_change (const char *kind, const char *id, JsonObject *record);
JsonObject *feed_make_meeting (const char *id, const char *title);
/* Of what feed_make_change() gave, NULL at the end. */
JsonArray *feed_list (JsonObject *first, ...) G_GNUC_NULL_TERMINATED;
/* The next answer. @changes: taken, or NULL. */
void feed_script_page (SyncWorld *self, const char *cursor, gboolean reset, gboolean more,
                       JsonArray *changes);
/* All there is: an appointment, a meeting and the doctor; the cursor is "first". */
void feed_script_first_page (SyncWorld *self);

/* What is in the cache. */
char *feed_get_fact (SyncWorld *self, const char *name);
void feed_expect_cursor (SyncWorld *self, const char *expected);
gboolean feed_has_meeting (SyncWorld *self, const char *id);

G_END_DECLS
