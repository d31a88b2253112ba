/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The pairs of roles that a meeting can be between, and the rules about its people.
 * It sees roles only; whose record it is, is rounds-access.c's matter.
 */

#include "rounds-role.h"

#include <string.h>

#define BIT(role) (1u << (role))

/* api.md's table. The roles are in the order in which the wire writes them. */
static const struct
{
  const char *word;
  RoundsRole first;
  RoundsRole second;
  guint creators;
} contexts[ROUNDS_N_ROLE_CONTEXTS] = {
  [ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR]
  = { "patient-doctor", ROUNDS_ROLE_PATIENT, ROUNDS_ROLE_DOCTOR,
      BIT (ROUNDS_ROLE_DOCTOR) | BIT (ROUNDS_ROLE_HOSPITAL) | BIT (ROUNDS_ROLE_ADMIN) },
  [ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL]
  = { "patient-hospital", ROUNDS_ROLE_PATIENT, ROUNDS_ROLE_HOSPITAL,
      BIT (ROUNDS_ROLE_HOSPITAL) | BIT (ROUNDS_ROLE_ADMIN) },
  [ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR]
  = { "doctor-doctor", ROUNDS_ROLE_DOCTOR, ROUNDS_ROLE_DOCTOR,
      BIT (ROUNDS_ROLE_DOCTOR) | BIT (ROUNDS_ROLE_HOSPITAL) | BIT (ROUNDS_ROLE_ADMIN) },
  [ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL]
  = { "doctor-hospital", ROUNDS_ROLE_DOCTOR, ROUNDS_ROLE_HOSPITAL,
      BIT (ROUNDS_ROLE_DOCTOR) | BIT (ROUNDS_ROLE_HOSPITAL) | BIT (ROUNDS_ROLE_ADMIN) },
  [ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN] = { "doctor-admin", ROUNDS_ROLE_DOCTOR, ROUNDS_ROLE_ADMIN,
                                         BIT (ROUNDS_ROLE_DOCTOR) | BIT (ROUNDS_ROLE_ADMIN) },
  [ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL]
  = { "hospital-hospital", ROUNDS_ROLE_HOSPITAL, ROUNDS_ROLE_HOSPITAL,
      BIT (ROUNDS_ROLE_HOSPITAL) | BIT (ROUNDS_ROLE_ADMIN) },
  [ROUNDS_ROLE_CONTEXT_HOSPITAL_ADMIN]
  = { "hospital-admin", ROUNDS_ROLE_HOSPITAL, ROUNDS_ROLE_ADMIN,
      BIT (ROUNDS_ROLE_HOSPITAL) | BIT (ROUNDS_ROLE_ADMIN) },
};

static gboolean
find_pair (RoundsRole a, RoundsRole b, RoundsRoleContext *out)
{
  for (int i = 0; i < ROUNDS_N_ROLE_CONTEXTS; i++)
    {
      if ((contexts[i].first == a && contexts[i].second == b)
          || (contexts[i].first == b && contexts[i].second == a))
        {
          *out = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_context (RoundsRoleContext context)
{
  return (guint)context < ROUNDS_N_ROLE_CONTEXTS;
}

static gboolean
is_role (RoundsRole role)
{
  return (guint)role < ROUNDS_N_ROLES;
}

const char *
rounds_role_context_to_string (RoundsRoleContext context)
{
  g_return_val_if_fail (is_context (context), NULL);

  return contexts[context].word;
}

gboolean
rounds_role_context_from_string (const char *text, RoundsRoleContext *out)
{
  const char *dash = text != NULL ? strchr (text, '-') : NULL;
  g_autofree char *left = NULL;
  RoundsRole a, b;

  g_return_val_if_fail (out != NULL, FALSE);

  if (dash == NULL)
    return FALSE;

  left = g_strndup (text, dash - text);
  return rounds_role_from_string (left, &a) && rounds_role_from_string (dash + 1, &b)
         && find_pair (a, b, out);
}

gboolean
rounds_role_context_has_role (RoundsRoleContext context, RoundsRole role)
{
  g_return_val_if_fail (is_context (context), FALSE);

  return contexts[context].first == role || contexts[context].second == role;
}

gboolean
rounds_role_context_may_be_created_by (RoundsRoleContext context, RoundsRole creator)
{
  g_return_val_if_fail (is_context (context) && is_role (creator), FALSE);

  return (contexts[context].creators & BIT (creator)) != 0;
}

/* The set of roles among @roles, as bits; 0 when one of them is no role. */
static guint
collect_roles (const RoundsRole *roles, gsize n_roles)
{
  guint set = 0;

  for (gsize i = 0; i < n_roles; i++)
    {
      if (!is_role (roles[i]))
        return 0;
      set |= BIT (roles[i]);
    }
  return set;
}

static RoundsRole
take_lowest (guint *set)
{
  RoundsRole role = g_bit_nth_lsf (*set, -1);

  *set &= ~BIT (role);
  return role;
}

RoundsPeopleVerdict
rounds_role_context_work_out (RoundsRole creator, const RoundsRole *roles, gsize n_roles,
                              gboolean creator_takes_part, RoundsRoleContext *context)
{
  RoundsRole first, second;
  guint set;

  g_return_val_if_fail (is_role (creator), ROUNDS_PEOPLE_NO_CONTEXT);
  g_return_val_if_fail (roles != NULL || n_roles == 0, ROUNDS_PEOPLE_NOBODY);
  g_return_val_if_fail (context != NULL, ROUNDS_PEOPLE_NO_CONTEXT);

  if (n_roles == 0)
    return ROUNDS_PEOPLE_NOBODY;

  set = collect_roles (roles, n_roles);
  g_return_val_if_fail (set != 0, ROUNDS_PEOPLE_NO_CONTEXT);

  if (creator_takes_part)
    set |= BIT (creator);
  first = take_lowest (&set);
  if (set != 0)
    {
      second = take_lowest (&set);
      if (set != 0)
        return ROUNDS_PEOPLE_NO_CONTEXT;
    }
  else
    {
      RoundsRoleContext among_themselves;
      gboolean creator_stays_out = !creator_takes_part && creator != first;

      second = creator;
      if (n_roles >= 2 && creator_stays_out && find_pair (first, first, &among_themselves))
        second = first;
    }

  if (!find_pair (first, second, context))
    return ROUNDS_PEOPLE_NO_CONTEXT;

  return rounds_role_context_may_be_created_by (*context, creator) ? ROUNDS_PEOPLE_OK
                                                                   : ROUNDS_PEOPLE_NOT_ALLOWED;
}

static gsize
count_role (RoundsRole role, const RoundsRole *roles, gsize n_roles)
{
  gsize count = 0;

  for (gsize i = 0; i < n_roles; i++)
    {
      if (roles[i] == role)
        count++;
    }
  return count;
}

RoundsPeopleVerdict
rounds_role_context_check (RoundsRoleContext context, RoundsRole creator, const RoundsRole *roles,
                           gsize n_roles, gsize *culprit)
{
  RoundsRole first, second;
  gsize n_first, n_second;

  g_return_val_if_fail (is_context (context), ROUNDS_PEOPLE_NO_CONTEXT);
  g_return_val_if_fail (is_role (creator), ROUNDS_PEOPLE_NOT_ALLOWED);
  g_return_val_if_fail (roles != NULL || n_roles == 0, ROUNDS_PEOPLE_NOBODY);

  /* Security: first of all, so that somebody who may not create it learns no role of others. */
  if (!rounds_role_context_may_be_created_by (context, creator))
    return ROUNDS_PEOPLE_NOT_ALLOWED;
  if (n_roles == 0)
    return ROUNDS_PEOPLE_NOBODY;

  for (gsize i = 0; i < n_roles; i++)
    {
      if (rounds_role_context_has_role (context, roles[i]))
        continue;
      if (culprit != NULL)
        *culprit = i;
      return ROUNDS_PEOPLE_WRONG_ROLE;
    }

  first = contexts[context].first;
  second = contexts[context].second;
  n_first = count_role (first, roles, n_roles) + (creator == first);
  n_second = count_role (second, roles, n_roles) + (creator == second);
  if (first == second)
    return n_first >= 2 ? ROUNDS_PEOPLE_OK : ROUNDS_PEOPLE_MISSING_ROLE;
  return n_first > 0 && n_second > 0 ? ROUNDS_PEOPLE_OK : ROUNDS_PEOPLE_MISSING_ROLE;
}
