/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of roles and roleContext: every creator with every crowd of up to three people.
 * Whose record it is, is tested in test-access.c.
 */

#include "rounds-role.h"

#include <string.h>

#include "rounds-init.h"

#define P ROUNDS_ROLE_PATIENT
#define D ROUNDS_ROLE_DOCTOR
#define H ROUNDS_ROLE_HOSPITAL
#define A ROUNDS_ROLE_ADMIN

/* api.md's table, written down a second time. */
static const struct
{
  RoundsRoleContext context;
  const char *word;
  const char *turned;
  RoundsRole first;
  RoundsRole second;
  gboolean creators[ROUNDS_N_ROLES]; /* patient, doctor, hospital, admin */
} table[] = {
  { ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR,
    "patient-doctor",
    "doctor-patient",
    P,
    D,
    { FALSE, TRUE, TRUE, TRUE } },
  { ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL,
    "patient-hospital",
    "hospital-patient",
    P,
    H,
    { FALSE, FALSE, TRUE, TRUE } },
  { ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR,
    "doctor-doctor",
    "doctor-doctor",
    D,
    D,
    { FALSE, TRUE, TRUE, TRUE } },
  { ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL,
    "doctor-hospital",
    "hospital-doctor",
    D,
    H,
    { FALSE, TRUE, TRUE, TRUE } },
  { ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN,
    "doctor-admin",
    "admin-doctor",
    D,
    A,
    { FALSE, TRUE, FALSE, TRUE } },
  { ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL,
    "hospital-hospital",
    "hospital-hospital",
    H,
    H,
    { FALSE, FALSE, TRUE, TRUE } },
  { ROUNDS_ROLE_CONTEXT_HOSPITAL_ADMIN,
    "hospital-admin",
    "admin-hospital",
    H,
    A,
    { FALSE, FALSE, TRUE, TRUE } },
};
G_STATIC_ASSERT (G_N_ELEMENTS (table) == ROUNDS_N_ROLE_CONTEXTS);

static void
test_role_words (void)
{
  static const char *const words[] = { "patient", "doctor", "hospital", "admin" };
  static const char *const wrong[]
      = { NULL, "", "Patient", "doctor ", " doctor", "doctors", "nurse", "0", "admin\n" };
  RoundsRole role = A;

  for (int i = 0; i < ROUNDS_N_ROLES; i++)
    {
      g_assert_cmpstr (rounds_role_to_string (i), ==, words[i]);
      g_assert_true (rounds_role_from_string (words[i], &role));
      g_assert_cmpint (role, ==, i);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      role = H;
      g_assert_false (rounds_role_from_string (wrong[i], &role));
      g_assert_cmpint (role, ==, H);
    }
}

static void
test_context_words (void)
{
  static const char *const wrong[] = {
    NULL,
    "",
    "-",
    "doctor",
    "doctor-",
    "-doctor",
    "patient-patient",
    "admin-admin",
    "patient-admin",
    "admin-patient",
    "doctor-nurse",
    "Doctor-Patient",
    "doctor_patient",
    "patient-doctor-doctor",
    "patient--doctor",
    "patient-doctor ",
  };
  RoundsRoleContext context;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_cmpint (table[i].context, ==, i);
      g_assert_cmpstr (rounds_role_context_to_string (table[i].context), ==, table[i].word);
      g_assert_true (rounds_role_context_from_string (table[i].word, &context));
      g_assert_cmpint (context, ==, table[i].context);
      g_assert_true (rounds_role_context_from_string (table[i].turned, &context));
      g_assert_cmpint (context, ==, table[i].context);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      context = ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN;
      g_assert_false (rounds_role_context_from_string (wrong[i], &context));
      g_assert_cmpint (context, ==, ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN);
    }
}

static void
test_creators (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      for (int role = 0; role < ROUNDS_N_ROLES; role++)
        {
          g_assert_cmpint (rounds_role_context_may_be_created_by (table[i].context, role), ==,
                           table[i].creators[role]);
          g_assert_cmpint (rounds_role_context_has_role (table[i].context, role), ==,
                           table[i].first == (RoundsRole)role
                               || table[i].second == (RoundsRole)role);
        }
    }
}

#define NONE ((RoundsRoleContext) - 1)

static const struct
{
  const char *what;
  RoundsRole creator;
  gsize n_roles;
  RoundsRole roles[3];
  gboolean takes_part;
  RoundsPeopleVerdict verdict;
  RoundsRoleContext context;
} worked_out[] = {
  { "nobody", D, 0, { 0 }, FALSE, ROUNDS_PEOPLE_NOBODY, NONE },
  { "only the creator", D, 0, { 0 }, TRUE, ROUNDS_PEOPLE_NOBODY, NONE },
  { "doctor, patient", D, 1, { P }, FALSE, ROUNDS_PEOPLE_OK, ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR },
  { "doctor listed, patient",
    D,
    1,
    { P },
    TRUE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR },
  { "doctor, two patients",
    D,
    2,
    { P, P },
    FALSE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR },
  { "doctor, doctor", D, 1, { D }, FALSE, ROUNDS_PEOPLE_OK, ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR },
  { "doctor listed, two doctors",
    D,
    2,
    { D, D },
    TRUE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR },
  { "doctor, patient and doctor",
    D,
    2,
    { P, D },
    FALSE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR },
  { "doctor, patient and desk",
    D,
    2,
    { P, H },
    FALSE,
    ROUNDS_PEOPLE_NOT_ALLOWED,
    ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL },
  { "doctor listed, patient and desk", D, 2, { P, H }, TRUE, ROUNDS_PEOPLE_NO_CONTEXT, NONE },
  { "doctor, two of the desk",
    D,
    2,
    { H, H },
    FALSE,
    ROUNDS_PEOPLE_NOT_ALLOWED,
    ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL },
  { "doctor listed, two of the desk",
    D,
    2,
    { H, H },
    TRUE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL },
  { "doctor, admin", D, 1, { A }, FALSE, ROUNDS_PEOPLE_OK, ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN },
  { "desk, patient", H, 1, { P }, FALSE, ROUNDS_PEOPLE_OK, ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL },
  { "desk, two doctors",
    H,
    2,
    { D, D },
    FALSE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR },
  { "desk listed, two doctors",
    H,
    2,
    { D, D },
    TRUE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL },
  { "desk, one doctor", H, 1, { D }, FALSE, ROUNDS_PEOPLE_OK, ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL },
  { "desk, doctor and patient",
    H,
    2,
    { D, P },
    FALSE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR },
  { "desk, doctor and admin",
    H,
    2,
    { D, A },
    FALSE,
    ROUNDS_PEOPLE_NOT_ALLOWED,
    ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN },
  { "desk, desk", H, 1, { H }, FALSE, ROUNDS_PEOPLE_OK, ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL },
  { "admin, one doctor", A, 1, { D }, FALSE, ROUNDS_PEOPLE_OK, ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN },
  { "admin, two doctors",
    A,
    2,
    { D, D },
    FALSE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR },
  { "admin, two of the desk",
    A,
    2,
    { H, H },
    FALSE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL },
  { "admin, patient", A, 1, { P }, FALSE, ROUNDS_PEOPLE_NO_CONTEXT, NONE },
  { "admin, two patients", A, 2, { P, P }, FALSE, ROUNDS_PEOPLE_NO_CONTEXT, NONE },
  { "admin, admin", A, 1, { A }, FALSE, ROUNDS_PEOPLE_NO_CONTEXT, NONE },
  { "admin, doctor and patient",
    A,
    2,
    { D, P },
    FALSE,
    ROUNDS_PEOPLE_OK,
    ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR },
  { "admin listed, doctor and patient", A, 2, { D, P }, TRUE, ROUNDS_PEOPLE_NO_CONTEXT, NONE },
  { "admin, doctor, patient and desk", A, 3, { D, P, H }, FALSE, ROUNDS_PEOPLE_NO_CONTEXT, NONE },
  { "patient, doctor",
    P,
    1,
    { D },
    FALSE,
    ROUNDS_PEOPLE_NOT_ALLOWED,
    ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR },
  { "patient, patient", P, 1, { P }, FALSE, ROUNDS_PEOPLE_NO_CONTEXT, NONE },
  { "patient, desk",
    P,
    1,
    { H },
    TRUE,
    ROUNDS_PEOPLE_NOT_ALLOWED,
    ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL },
};

static void
test_work_out (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (worked_out); i++)
    {
      RoundsRoleContext context = NONE;
      RoundsPeopleVerdict verdict = rounds_role_context_work_out (
          worked_out[i].creator, worked_out[i].roles, worked_out[i].n_roles,
          worked_out[i].takes_part, &context);

      g_test_message ("%s", worked_out[i].what);
      g_assert_cmpint (verdict, ==, worked_out[i].verdict);
      g_assert_cmpint (context, ==, worked_out[i].context);
    }
}

typedef void (*CrowdFunc) (RoundsRole creator, const RoundsRole *roles, gsize n_roles);

/* Calls @func with every creator and every list of one to three roles. */
static void
for_each_crowd (CrowdFunc func)
{
  for (int creator = 0; creator < ROUNDS_N_ROLES; creator++)
    {
      for (gsize n_roles = 1; n_roles <= 3; n_roles++)
        {
          for (guint code = 0; code < (1u << (2 * n_roles)); code++)
            {
              RoundsRole roles[3];

              for (gsize i = 0; i < n_roles; i++)
                roles[i] = (code >> (2 * i)) & 3;
              func (creator, roles, n_roles);
            }
        }
    }
}

static gboolean
is_in (RoundsRole role, const RoundsRole *roles, gsize n_roles)
{
  for (gsize i = 0; i < n_roles; i++)
    {
      if (roles[i] == role)
        return TRUE;
    }
  return FALSE;
}

/* What is worked out and allowed, passes as a named context too: the two rules agree. */
static void
check_agreement (RoundsRole creator, const RoundsRole *roles, gsize n_roles)
{
  for (int takes_part = 0; takes_part < 2; takes_part++)
    {
      RoundsRoleContext context = NONE;
      RoundsPeopleVerdict verdict
          = rounds_role_context_work_out (creator, roles, n_roles, takes_part, &context);

      g_assert_cmpint (verdict, !=, ROUNDS_PEOPLE_WRONG_ROLE);
      g_assert_cmpint (verdict, !=, ROUNDS_PEOPLE_MISSING_ROLE);
      if (verdict == ROUNDS_PEOPLE_OK)
        g_assert_cmpint (rounds_role_context_check (context, creator, roles, n_roles, NULL), ==,
                         ROUNDS_PEOPLE_OK);
      if (verdict == ROUNDS_PEOPLE_NOT_ALLOWED)
        g_assert_false (rounds_role_context_may_be_created_by (context, creator));
    }
}

static void
test_rules_agree (void)
{
  for_each_crowd (check_agreement);
}

/* The rule of api.md in its own words, against the answer. */
static void
check_named_contexts (RoundsRole creator, const RoundsRole *roles, gsize n_roles)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      RoundsRole all[4] = { creator };
      gsize culprit = 99;
      gsize first_outsider = 0;
      gboolean both_present;
      RoundsPeopleVerdict verdict
          = rounds_role_context_check (table[i].context, creator, roles, n_roles, &culprit);

      memcpy (all + 1, roles, n_roles * sizeof *roles);
      while (
          first_outsider < n_roles
          && (roles[first_outsider] == table[i].first || roles[first_outsider] == table[i].second))
        first_outsider++;
      both_present
          = is_in (table[i].first, all, n_roles + 1) && is_in (table[i].second, all, n_roles + 1);
      if (table[i].first == table[i].second)
        both_present = n_roles >= 2 || creator == table[i].first;

      if (!table[i].creators[creator])
        g_assert_cmpint (verdict, ==, ROUNDS_PEOPLE_NOT_ALLOWED);
      else if (first_outsider < n_roles)
        {
          g_assert_cmpint (verdict, ==, ROUNDS_PEOPLE_WRONG_ROLE);
          g_assert_cmpuint (culprit, ==, first_outsider);
        }
      else
        g_assert_cmpint (verdict, ==, both_present ? ROUNDS_PEOPLE_OK : ROUNDS_PEOPLE_MISSING_ROLE);
    }
}

static void
test_check (void)
{
  for_each_crowd (check_named_contexts);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      for (int creator = 0; creator < ROUNDS_N_ROLES; creator++)
        g_assert_cmpint (rounds_role_context_check (table[i].context, creator, NULL, 0, NULL), ==,
                         table[i].creators[creator] ? ROUNDS_PEOPLE_NOBODY
                                                    : ROUNDS_PEOPLE_NOT_ALLOWED);
    }
}

static void
test_no_role (void)
{
  RoundsRole roles[] = { D, (RoundsRole)77 };
  RoundsRoleContext context = NONE;
  gsize culprit = 0;

  g_test_expect_message ("rounds-model", G_LOG_LEVEL_CRITICAL, "*set*");
  g_assert_cmpint (rounds_role_context_work_out (D, roles, 2, FALSE, &context), ==,
                   ROUNDS_PEOPLE_NO_CONTEXT);
  g_test_assert_expected_messages ();
  g_assert_cmpint (
      rounds_role_context_check (ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR, D, roles, 2, &culprit), ==,
      ROUNDS_PEOPLE_WRONG_ROLE);
  g_assert_cmpuint (culprit, ==, 1);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-role");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Model/Role/words", test_role_words);
  g_test_add_func ("/Rounds/Model/RoleContext/words", test_context_words);
  g_test_add_func ("/Rounds/Model/RoleContext/creators", test_creators);
  g_test_add_func ("/Rounds/Model/RoleContext/work-out", test_work_out);
  g_test_add_func ("/Rounds/Model/RoleContext/rules-agree", test_rules_agree);
  g_test_add_func ("/Rounds/Model/RoleContext/check", test_check);
  g_test_add_func ("/Rounds/Model/RoleContext/no-role", test_no_role);

  return g_test_run ();
}
