/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The people of a new meeting in words: how many of which role, and what meeting that makes.
 * The rule itself is rounds_role_context_work_out() in model.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-meeting-people.h"

#include "rounds-entry-words.h"

static char *
count_role (RoundsRole role, guint n)
{
  switch (role)
    {
    case ROUNDS_ROLE_PATIENT:
      return g_strdup_printf (ngettext ("%u patient", "%u patients", n), n);
    case ROUNDS_ROLE_DOCTOR:
      return g_strdup_printf (ngettext ("%u doctor", "%u doctors", n), n);
    case ROUNDS_ROLE_HOSPITAL:
      return g_strdup_printf (ngettext ("%u of the staff", "%u of the staff", n), n);
    case ROUNDS_ROLE_ADMIN:
    default:
      return g_strdup_printf (ngettext ("%u administrator", "%u administrators", n), n);
    }
}

/* Doctors first: the order in which people think of a meeting. */
static const RoundsRole spoken_order[ROUNDS_N_ROLES]
    = { ROUNDS_ROLE_DOCTOR, ROUNDS_ROLE_HOSPITAL, ROUNDS_ROLE_ADMIN, ROUNDS_ROLE_PATIENT };

static char *
list_roles (const guint counts[ROUNDS_N_ROLES])
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (gsize i = 0; i < ROUNDS_N_ROLES; i++)
    {
      if (counts[spoken_order[i]] > 0)
        g_strv_builder_take (parts, count_role (spoken_order[i], counts[spoken_order[i]]));
    }
  strv = g_strv_builder_end (parts);
  /* Translators: between the parts of "2 doctors, 1 administrator" */
  return g_strjoinv (C_ ("list of roles", ", "), strv);
}

/**
 * rounds_meeting_people_count:
 * @roles: roles of the chosen people, the creator left out
 *
 * Returns: (transfer full) (nullable): how many people there are of which role
 */
char *
rounds_meeting_people_count (const RoundsRole *roles, gsize n_roles)
{
  guint counts[ROUNDS_N_ROLES] = { 0 };
  g_autofree char *list = NULL;

  g_return_val_if_fail (roles != NULL || n_roles == 0, NULL);

  if (n_roles == 0)
    return NULL;

  for (gsize i = 0; i < n_roles; i++)
    counts[roles[i]]++;
  list = list_roles (counts);
  /* Translators: the second part is a list such as "2 doctors, 1 administrator" */
  return g_strdup_printf (
      ngettext ("%u person besides you: %s", "%u people besides you: %s", (gulong)n_roles),
      (guint)n_roles, list);
}

static char *
explain_misfit (RoundsRole creator, const RoundsRole *roles, gsize n_roles)
{
  gboolean only_creators_role = TRUE;
  guint n_distinct = 0;
  gboolean seen[ROUNDS_N_ROLES] = { FALSE };

  for (gsize i = 0; i < n_roles; i++)
    {
      only_creators_role = only_creators_role && roles[i] == creator;
      n_distinct += !seen[roles[i]];
      seen[roles[i]] = TRUE;
    }

  if (n_distinct > 2)
    return g_strdup (_ ("A meeting is between two roles; take out the people of one role."));
  if (only_creators_role && creator == ROUNDS_ROLE_ADMIN)
    return g_strdup (_ ("Administrators meet doctors or hospital staff; add one of them."));
  if (seen[ROUNDS_ROLE_PATIENT] && (seen[ROUNDS_ROLE_ADMIN] || creator == ROUNDS_ROLE_ADMIN))
    return g_strdup (_ ("Patients meet doctors or hospital staff, not administrators."));
  return g_strdup (_ ("People of these roles can’t meet here; choose others."));
}

/**
 * rounds_meeting_people_explain:
 * @creator: role of the person who fills in the form
 * @fits: (out): whether the meeting can be created with these people
 *
 * Returns: (transfer full): what meeting it will be, or what stands against it
 */
char *
rounds_meeting_people_explain (RoundsRole creator, const RoundsRole *roles, gsize n_roles,
                               gboolean *fits)
{
  RoundsRoleContext context = ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR;
  RoundsPeopleVerdict verdict;

  g_return_val_if_fail (fits != NULL, NULL);

  verdict = rounds_role_context_work_out (creator, roles, n_roles, FALSE, &context);
  *fits = verdict == ROUNDS_PEOPLE_OK;
  switch (verdict)
    {
    case ROUNDS_PEOPLE_OK:
      return g_strdup (rounds_role_context_words (context));
    case ROUNDS_PEOPLE_NOBODY:
      return g_strdup (_ ("Choose who takes part; Rounds works out what kind of meeting it is."));
    case ROUNDS_PEOPLE_NOT_ALLOWED:
      /* Translators: the kind of meeting, as in "Patient–hospital meeting" */
      return g_strdup_printf (_ ("%s: your role can’t arrange this one. Ask the hospital’s staff."),
                              rounds_role_context_words (context));
    case ROUNDS_PEOPLE_NO_CONTEXT:
    case ROUNDS_PEOPLE_WRONG_ROLE:
    case ROUNDS_PEOPLE_MISSING_ROLE:
    default:
      return explain_misfit (creator, roles, n_roles);
    }
}
