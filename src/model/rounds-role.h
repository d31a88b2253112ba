/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The four roles of people, and the pairs of roles that a meeting can be between.
 * What a role may do with a record is in rounds-access.h.
 */

#pragma once

#include <glib.h>

#include "rounds-problems.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_ROLE_PATIENT,
  ROUNDS_ROLE_DOCTOR,
  ROUNDS_ROLE_HOSPITAL, /* staff of one hospital */
  ROUNDS_ROLE_ADMIN,
} RoundsRole;
#define ROUNDS_N_ROLES 4

/* "patient", "doctor", "hospital", "admin". */
const char *rounds_role_to_string (RoundsRole role);
gboolean rounds_role_from_string (const char *text, RoundsRole *out);

/* The guide's `roleContext`: between whom a meeting is. */
typedef enum
{
  ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR,
  ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL,
  ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR,
  ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL,
  ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN,
  ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL,
  ROUNDS_ROLE_CONTEXT_HOSPITAL_ADMIN,
} RoundsRoleContext;
#define ROUNDS_N_ROLE_CONTEXTS 7

/* "patient-doctor" …; from_string takes the two roles in either order. */
const char *rounds_role_context_to_string (RoundsRoleContext context);
gboolean rounds_role_context_from_string (const char *text, RoundsRoleContext *out);
gboolean rounds_role_context_has_role (RoundsRoleContext context, RoundsRole role);

/* api.md's table: whether somebody with @creator's role may create a meeting of @context. */
gboolean rounds_role_context_may_be_created_by (RoundsRoleContext context, RoundsRole creator);

/* What a rule about a meeting's people found. */
typedef enum
{
  ROUNDS_PEOPLE_OK,
  ROUNDS_PEOPLE_NOBODY, /* no participant but the creator */
  ROUNDS_PEOPLE_NO_CONTEXT, /* these roles make none of the seven contexts */
  ROUNDS_PEOPLE_WRONG_ROLE, /* a participant has a role outside the context */
  ROUNDS_PEOPLE_MISSING_ROLE, /* one of the context's roles is not there */
  ROUNDS_PEOPLE_NOT_ALLOWED, /* the creator's role may not create this context */
} RoundsPeopleVerdict;

/**
 * rounds_role_context_work_out:
 * @creator: role of the person who creates the meeting
 * @roles: roles of the other participants (the creator left out)
 * @creator_takes_part: whether the creator was listed as a participant
 * @context: (out): set when the answer is %ROUNDS_PEOPLE_OK or %ROUNDS_PEOPLE_NOT_ALLOWED
 *
 * The context of a meeting whose request names none (the guide's curl example). Two different roles
 * among those who take part make the pair; a single role makes the pair with itself when two or
 * more others have it and such a context exists and the creator has another role and is not listed,
 * otherwise the pair with the creator's role.
 */
RoundsPeopleVerdict
rounds_role_context_work_out (RoundsRole creator, const RoundsRole *roles, gsize n_roles,
                              gboolean creator_takes_part, RoundsRoleContext *context);

/* Checks a context that the request names. @culprit (out, optional): position in @roles of the
 * first participant with a wrong role. The creator counts as present when his role is one of the
 * two. */
RoundsPeopleVerdict
rounds_role_context_check (RoundsRoleContext context, RoundsRole creator, const RoundsRole *roles,
                           gsize n_roles, gsize *culprit);

G_END_DECLS
