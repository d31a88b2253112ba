/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the cells of the access matrix need: a record of the right relation and a body for it.
 * Who may do what with it is written in test-api-matrix.c.
 */

#pragma once

#include "api-world.h"
#include "rounds-route.h"

G_BEGIN_DECLS

/* Whose a record is. */
typedef enum
{
  API_OWN, /* the first doctor's and first patient's; of their hospital */
  API_OTHERS, /* the second doctor's and second patient's, at the same hospital */
  API_FOREIGN, /* of the other hospital */
  API_UNKNOWN, /* nobody's: there is no such record */
} ApiRelation;
#define API_N_RELATIONS 4

const char *api_relation_to_string (ApiRelation relation);

/* A request's body about a record of @relation. (transfer full) */
typedef char *(*ApiBody) (ApiWorld *world, ApiRelation relation);

char *api_body_empty (ApiWorld *world, ApiRelation relation);
char *api_body_visit (ApiWorld *world, ApiRelation relation);
char *api_body_meeting (ApiWorld *world, ApiRelation relation);
char *api_body_person (ApiWorld *world, ApiRelation relation);
char *api_body_phone (ApiWorld *world, ApiRelation relation);
char *api_body_hospital (ApiWorld *world, ApiRelation relation);
char *api_body_guest (ApiWorld *world, ApiRelation relation);
char *api_body_quality (ApiWorld *world, ApiRelation relation);
char *api_body_notes (ApiWorld *world, ApiRelation relation);
char *api_body_arrived (ApiWorld *world, ApiRelation relation);
char *api_body_active (ApiWorld *world, ApiRelation relation);

/* @route's path, its parameter filled in with a fresh record of @relation, and the query that it
 * cannot do without. (transfer full) */
char *api_matrix_path (ApiWorld *world, const RoundsRoute *route, ApiRelation relation);
/* The token to call @route with: one of its own where the call ends it. (transfer full) */
char *api_matrix_token (ApiWorld *world, const RoundsRoute *route, ApiPerson who);

G_END_DECLS
