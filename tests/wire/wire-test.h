/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the tests of this room share: JSON in one line of C, problems compared.
 * No program uses it.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-problems.h"

G_BEGIN_DECLS

#define HOSPITAL_ID "65a4f0c2b7e8d9f000000001"
#define DOCTOR_ID "65a4f0c2b7e8d9f000000002"
#define PATIENT_ID "65a4f0c2b7e8d9f000000003"
#define RECORD_ID "65a4f0c2b7e8d9f000000004"

/* @text with ' for ", as an object; it has to be one. (transfer full) */
JsonObject *wire_test_object (const char *text);
/* A document as a server that knows only the guide answers it, with @member (or NULL) replaced by
 * the JSON @value, or left out when that is NULL. (transfer full) */
JsonObject *wire_test_appointment (const char *member, const char *value);
JsonObject *wire_test_meeting (const char *member, const char *value);
/* @object's members as text, which has to be the same JSON as @expected (with ' for "). */
void wire_test_assert_json (JsonObject *object, const char *expected);
/* Exactly one problem, of @field. */
void wire_test_assert_problem (const RoundsProblems *problems, const char *field);
void wire_test_assert_no_problem (const RoundsProblems *problems);

G_END_DECLS
