/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A running roundsd with the demo's people signed in, for the tests of the API.
 * Processes and HTTP are server-fixture.h's.
 */

#pragma once

#include "server-fixture.h"

G_BEGIN_DECLS

/* What tokens are signed with; long enough for HS256. */
#define API_SECRET "test-secret-of-forty-characters-0123456789"
#define API_DOMAIN "meet.example.org"
#define API_APP_ID "rounds-test"

/* An id that nobody and nothing has. */
#define API_UNKNOWN_ID "ffffffffffffffffffffffff"

typedef enum
{
  DOCTOR,
  DOCTOR2,
  DESK,
  DESK2, /* of another hospital */
  ADMIN,
  PATIENT,
  PATIENT2,
  NOBODY, /* no token */
} ApiPerson;
#define API_N_PEOPLE 7

typedef struct
{
  ServerFixture *server;
  char *tokens[API_N_PEOPLE + 1];
  char *ids[API_N_PEOPLE];
  char *hospital; /* of all but DESK2 and ADMIN */
  char *other_hospital; /* of DESK2 */
} ApiWorld;

/* "doctor", "nobody"… for messages. */
const char *api_person_to_string (ApiPerson person);

/* Starts a roundsd and signs everybody in. */
ApiWorld *api_world_new (void);
/* The same with links to another Jitsi. */
ApiWorld *api_world_new_for_jitsi (const char *domain);
/* The same with more settings, "NAME=value". */
ApiWorld *api_world_new_with (const char *const *environment);
void api_world_free (ApiWorld *self);
/* Stops the roundsd and starts it again on the same data: what is written by and by, like the audit
 * log's reads, is written then, and nothing is in its memory any more. */
void api_restart (ApiWorld *self);

/* One call as @who. @body may be NULL. */
ServerReply *
api_call (ApiWorld *self, ApiPerson who, const char *method, const char *path, const char *body);
/* The same, and the test fails unless it is answered with @status. */
ServerReply *api_expect (ApiWorld *self, guint status, ApiPerson who, const char *method,
                         const char *path, const char *body);
/* `data.@member` of a success. Borrowed. */
JsonObject *api_document (ServerReply *reply, const char *member);
/* Text of @object's member, or NULL. Borrowed. */
const char *api_text (JsonObject *object, const char *member);

/* The guide's appointment at @hospital with more members added: "\"doctor\":\"…\"", or NULL.
 * (transfer full) */
char *api_appointment_body (const char *hospital, const char *more);
/* The same body at a time at which no other body of this test is: every half hour once. (transfer
 * full) */
char *api_at_free_time (const char *body);
/* One call with one more header line, "If-Match: \"3\"" and the like. */
ServerReply *api_call_with (ApiWorld *self, ApiPerson who, const char *method, const char *path,
                            const char *header, const char *body);
/* The same, and the test fails unless it is answered with @status. */
ServerReply *api_expect_with (ApiWorld *self, guint status, ApiPerson who, const char *method,
                              const char *path, const char *header, const char *body);
/* Ids of new records, appointments each at a time of its own. (transfer full) */
char *api_make_appointment (ApiWorld *self, ApiPerson who, const char *more);
char *api_make_meeting (ApiWorld *self, ApiPerson who, ApiPerson a, ApiPerson b);

/* "/api/meetings/<id>/status" and the like: @format with one %s. (transfer full) */
char *api_path (const char *format, const char *id) G_GNUC_FORMAT (1);
/* {"status":"…"} (transfer full) */
char *api_status_body (const char *status);
/* @text with @member set to @value (JSON text); @value NULL takes it away. A dot leads inside.
 * (transfer full) */
char *api_with_member (const char *text, const char *member, const char *value);

/* Fails unless @reply is a JSend failure without a trace of a record or a link. */
void api_assert_refused (ServerReply *reply);
/* Fails unless `errors` names @field. */
void api_assert_names_field (ServerReply *reply, const char *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ApiWorld, api_world_free)

G_END_DECLS
