/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Roles and the words for them.
 * Pairs of roles are in rounds-role-context.c.
 */

#include "rounds-role.h"

#include "rounds-words-private.h"

static const char *const words[ROUNDS_N_ROLES] = {
  [ROUNDS_ROLE_PATIENT] = "patient",
  [ROUNDS_ROLE_DOCTOR] = "doctor",
  [ROUNDS_ROLE_HOSPITAL] = "hospital",
  [ROUNDS_ROLE_ADMIN] = "admin",
};

const char *
rounds_role_to_string (RoundsRole role)
{
  g_return_val_if_fail ((guint)role < ROUNDS_N_ROLES, NULL);

  return words[role];
}

gboolean
rounds_role_from_string (const char *text, RoundsRole *out)
{
  int position = rounds_words_find (words, ROUNDS_N_ROLES, text);

  g_return_val_if_fail (out != NULL, FALSE);

  if (position < 0)
    return FALSE;

  *out = position;
  return TRUE;
}
