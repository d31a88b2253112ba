/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Reading members of what the meeting's page sent, whatever it sent.
 * It reports no problem: what is missing or of another type is simply not there.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Borrowed from @object; NULL when absent, null or of another type. */
const char *rounds_call_json_get_text (JsonObject *object, const char *member);
JsonObject *rounds_call_json_get_object (JsonObject *object, const char *member);
/* FALSE when absent or of another type. */
gboolean rounds_call_json_get_boolean (JsonObject *object, const char *member);
/* @fallback when absent or no number; also reads whole numbers. */
double rounds_call_json_get_double (JsonObject *object, const char *member, double fallback);
/* 0 when absent or no whole number. */
gint64 rounds_call_json_get_number (JsonObject *object, const char *member);

G_END_DECLS
